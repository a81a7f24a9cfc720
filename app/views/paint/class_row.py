"""Every class in the style of the paint view's result, in a row below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.tiles import connect_sheet
from zscape.models.sweeps.single import ClassRow

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe

CHANNEL = "paint-classes"
ROW, LOW_ROW = 72, 36
"""The minimum height, and the one in a window so low that the view would scroll, or its pictures be small."""


class ClassSheet(Sheet):
    """A sheet of all classes at one point."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Every class in the style of the result appears here.", parent)
        self._context = context
        self._wanted = False
        self.setAccessibleName("All classes in this style")
        self.setMinimumHeight(LOW_ROW)
        connect_sheet(context.session, self)
        context.renderer.frame_ready.connect(self._take)

    def ask(self, point: Recipe, count: int, tile: QSize) -> None:
        """Request `count` classes at `point`, at the current moment of playback. tile: the size of a picture."""
        self._wanted, moment = True, self._context.moment
        columns = columns_that_fit(count, tile, self.room)
        row = ClassRow(point, (), -(-count // columns))
        self._context.renderer.request(CHANNEL, moment.of(row), Options(moment.moving))

    def clear(self, words: str | None = None) -> None:
        """Show no classes."""
        super().clear(words)
        self._wanted = False

    def _take(self, frame: Frame) -> None:
        if frame.channel == CHANNEL and frame.model is self._context.session.model and self._wanted:
            self.show_frame(frame)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._context.renderer.forget(CHANNEL)
