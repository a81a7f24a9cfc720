"""The colours of the brushes: frequent colours of the open model, and of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from zscape.app.views.paint.bars import BrushBar
from zscape.app.views.paint.photo import prepared
from zscape.app.widgets.drawing.paint_pad import PaintPad
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.model_colours import SIMPLE, ModelColours, colours_of

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

GREYS = tuple(QColor(name) for name in ("white", "#808080", "black"))


class Inks(QObject):
    """Sets the brush and the colour of `pad` from `bar`, which offers colours of the open model."""

    def __init__(self, context: Context, pad: PaintPad, bar: BrushBar, parent: QObject) -> None:
        super().__init__(parent)
        self._pad, self._bar = pad, bar
        self._colours, self._preparing = LatestJob(context.jobs, self), LatestJob(context.jobs, self)
        self._of: tuple[object, ...] = ()
        self._brush = "must"  # the one before a colour is picked
        self._colours.finished.connect(self._take)
        pad.picked.connect(self._take_picked)
        bar.tool_chosen.connect(self._use)
        bar.colour_chosen.connect(self._ink)
        bar.width_changed.connect(self._widen)

    @property
    def busy(self) -> bool:
        """Whether the model is being prepared, or its colours are being found."""
        return self._colours.busy or self._preparing.busy

    def follow(self, model: Model) -> None:
        """Follow the open model, and prepare it for the first stroke."""
        of = (model.spec.name, model.spec.data, model.spec.image_shape)
        if of == self._of:
            return
        self._of = of
        self._preparing.start("Prepare painting", lambda: prepared(model))
        colour = model.spec.image_shape[0] == 3
        self._bar.show_colours(SIMPLE if colour else GREYS, SIMPLE[2] if colour else GREYS[0])
        if colour:
            self._colours.start("Look at the colours", lambda: colours_of(model))
        else:
            self._colours.cancel()

    def _take(self, found: ModelColours) -> None:
        colours = [QColor(*each) for each in found.palette]
        if colours:
            self._bar.show_colours(colours, max(colours, key=lambda each: each.saturation()))

    def _use(self, tool: str) -> None:
        if self._pad.tool in ("must", "must not"):
            self._brush = self._pad.tool
        self._pad.tool = tool

    def _ink(self, colour: QColor) -> None:
        self._pad.ink = QColor(colour)

    def _take_picked(self, colour: QColor) -> None:
        """Use a colour picked from the picture, and return to the previous brush."""
        self._bar.choose(colour)
        self._bar.choose_tool(self._brush)
        self._pad.tool = self._brush

    def _widen(self, share: float) -> None:
        self._pad.width_share = share
