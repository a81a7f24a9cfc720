"""Drawing in colour: tools, and frequent colours of the open model's pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor

from zscape.app.widgets.drawing.colour_bar import ColourBar
from zscape.app.widgets.drawing.draw_pad import CRISP, PEN, SOFT, DrawPad, contrasting
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.model_colours import SIMPLE, ModelColours, colours_of

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


class Colouring(QObject):
    """Connects `pad` with the colours of `bar` if the open model draws in colour; otherwise it draws white on black.

    shown(): the bar was shown or hidden. grounded(): the user has changed the colour of a drawing's paper.
    """

    shown = Signal()
    grounded = Signal()

    def __init__(self, context: Context, pad: DrawPad, bar: ColourBar, parent: QObject) -> None:
        super().__init__(parent)
        self._pad, self._bar = pad, bar
        self._job = LatestJob(context.jobs, self)
        self._job.finished.connect(self._take)
        self._of: tuple[object, ...] = ()
        bar.hide()
        bar.tool_chosen.connect(self._use)
        bar.colour_chosen.connect(self._ink)
        bar.ground_asked.connect(self._ground)

    @property
    def busy(self) -> bool:
        """Whether the colours are being found."""
        return self._job.busy

    def follow(self, model: Model | None) -> None:
        """Follow the open model."""
        colour = model is not None and model.spec.image_shape[0] == 3
        of = (model.spec.name, model.spec.data, model.spec.image_shape) if model is not None and colour else ()
        if of == self._of:
            return
        self._of = of
        self._use(PEN)
        self._bar.choose_tool(PEN)
        self._pad.soft = CRISP if colour else SOFT
        if model is not None and colour:
            self._bar.show_colours(SIMPLE, SIMPLE[0])
            self._pad.set_ground(QColor(Qt.GlobalColor.white))
            self._job.start("Look at the colours", lambda: colours_of(model))
        else:
            self._job.cancel()
            self._pad.set_ground(QColor(Qt.GlobalColor.black))
            self._ink(QColor(Qt.GlobalColor.white))
        self._bar.setVisible(colour)
        self.shown.emit()

    def _take(self, found: ModelColours) -> None:
        ground = QColor(*found.ground)
        colours = [QColor(*each) for each in found.palette]
        far = max(colours, key=lambda each: abs(each.lightness() - ground.lightness()), default=contrasting(ground))
        self._bar.show_colours(colours, far)
        self._pad.set_ground(ground)

    def _use(self, tool: str) -> None:
        self._pad.tool = tool

    def _ink(self, colour: QColor) -> None:
        self._pad.ink = QColor(colour)

    def _ground(self, colour: QColor) -> None:
        self._pad.set_ground(colour)
        self.grounded.emit()
