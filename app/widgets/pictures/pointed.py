"""A widget with several parts, such as pictures in rows, that tracks which one the mouse is on."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.tipped import Tipped


class Pointed(Tipped):
    """hovered(place): the mouse is on another part, -1 for none. pointed: the part it is on.

    A subclass calls `point_at` when the mouse moves. hand: whether a click on a part does something, which the cursor shows.
    """

    hovered = Signal(int)
    hand: ClassVar[bool] = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointed = -1
        self.setMouseTracking(True)

    def point_at(self, place: int) -> None:
        """The mouse is on that part, -1 for none."""
        if place == self.pointed:
            return
        self.pointed = place
        if self.hand:
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
        self.hovered.emit(place)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(-1)
