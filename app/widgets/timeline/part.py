"""The in and the out point of a timeline: two handles on its ruler."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette

from zscape.app.widgets.timeline.scale import RULER, SIDE
from zscape.app.widgets.timeline.shown import ShownTrack

WIDE = 9
"""The width of a handle in pixels, outside the played part, where nobody scrubs."""

LINE = 2.0
"""The line width of a handle."""


class PartHandles(QObject):
    """The handles of one track. begin, end: in seconds.

    grabbed(), released(): a drag begins and ends. moved(is_end, time): the new time of a handle.
    """

    grabbed = Signal()
    released = Signal()
    moved = Signal(bool, float)

    def __init__(self, track: ShownTrack) -> None:
        super().__init__(track)
        self._track = track
        self.begin = self.end = 0.0
        self._held: bool | None = None  # whether the out point is being dragged
        self._start = 0.0

    def rect_of(self, is_end: bool) -> QRectF:
        """The rectangle of a handle."""
        x = self._track.scale.x(self.end if is_end else self.begin)
        return QRectF(x if is_end else x - WIDE, 1, WIDE, RULER - 2)

    def at(self, position: QPointF) -> bool | None:
        """Whether the handle at `position` is the out point; None if there is no handle."""
        if not self._track.seconds:
            return None
        return next((is_end for is_end in (False, True) if self.rect_of(is_end).contains(position)), None)

    def press(self, event: QMouseEvent) -> bool:
        """Grab the handle there, if any; returns whether there is one."""
        self._held = self.at(event.position())
        if self._held is None:
            return False
        self._start = self.end if self._held else self.begin
        self.grabbed.emit()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Move the grabbed handle, if any; returns whether there is one."""
        if self._held is None:
            return False
        time = self._track.snapped_to_keys(self._track.scale.time(event.position().x()), event)
        self.moved.emit(self._held, time)
        return True

    def release(self) -> bool:
        """Release the grabbed handle, if any; returns whether there was one."""
        held, self._held = self._held, None
        if held is None:
            return False
        self.released.emit()
        return True

    def take_back(self) -> bool:
        """End a drag and restore the handle; returns False if there is none."""
        if self._held is None:
            return False
        self.moved.emit(self._held, self._start)
        return self.release()

    def paint(self, painter: QPainter) -> None:
        """Paint the handles, and a veil over what is not played."""
        track, palette = self._track, self._track.palette()
        scale = track.scale
        whole = self.begin <= 0 and self.end >= track.seconds
        veil = palette.color(QPalette.ColorRole.Window)
        veil.setAlphaF(0.7)
        for left, right in ((0.0, scale.x(self.begin)), (scale.x(self.end), float(track.width()))):
            if not whole:
                painter.fillRect(QRectF(left, RULER, right - left, SIDE + 16), veil)
        painter.setPen(Qt.PenStyle.NoPen)
        for is_end in (False, True):
            set_by_hand = self.end < track.seconds if is_end else self.begin > 0
            role = QPalette.ColorRole.Highlight if set_by_hand else QPalette.ColorRole.Midlight
            painter.setBrush(palette.color(role))
            rect = self.rect_of(is_end).adjusted(0, RULER - 9, 0, 0)  # below the numbers of the ruler
            x, way = (rect.left(), -1) if is_end else (rect.right(), 1)
            for top, wide in ((rect.top(), 6.0), (rect.top(), LINE), (rect.bottom() - LINE, 6.0)):  # [ and ]
                high = rect.height() if wide == LINE else LINE
                painter.drawRect(QRectF(x - way * LINE, top, way * wide, high).normalized())
