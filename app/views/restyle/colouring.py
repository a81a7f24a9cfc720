"""Drawing in colour: tools, and the colours that are frequent in what the open model draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor

from zscape.app.widgets.colour_bar import ColourBar
from zscape.app.widgets.draw_pad import CRISP, PEN, SOFT, DrawPad, contrasting
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.palette import Colour

COUNT = 48
"""Pictures that are drawn to see which colours they have."""
SIMPLE = tuple(QColor(name) for name in ("black", "white", "#d33a2c", "#e8a33d", "#4b9b4b", "#3a6fd0", "#7a4a2b"))
"""What one can draw with until the model's own colours are known."""


@dataclass(frozen=True)
class WorldColours:
    """palette: what is frequent in what a model draws. ground: what is behind it."""

    palette: tuple[Colour, ...]
    ground: Colour


def colours_of(model: Model) -> Work[WorldColours]:
    """The colours of what a colour model draws."""
    yield Progress(0, 1, "Looking at the colours")
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.inputs.sampling import sample
    from zscape.models.media.palette import frequent_colours, ground_of

    images = GeneratorRunner(model, "cpu").draw(sample(model.space, COUNT, 1)).images
    return WorldColours(frequent_colours(images), ground_of(images))


class Colouring(QObject):
    """Gives `pad` the colours of `bar` while the open model draws in colour, else white on black.

    shown(): the bar has come or gone. grounded(): the paper of a drawing got another colour by a person.
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
        """Whether the colours are being looked at."""
        return self._job.busy

    def follow(self, model: Model | None) -> None:
        """Suit the open model."""
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

    def _take(self, found: WorldColours) -> None:
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
