"""One track of a timeline: its name, and its keys along the time axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QWidget

from zscape.app.widgets.timeline.row import TimelineRow
from zscape.app.widgets.timeline.scale import GRID

HEIGHT = 36
NAME = 14
"""The pixels at the top for the name."""
SIDE = 5.0
"""The distance from the middle of a key to its corners."""
REACH = 8.0
ROOM = 12.0
"""The pixels that a number key needs; with less space, only the curve and the selected key are shown."""
TIP = (
    "A double click adds a key, a drag moves one. "
    "Keys: arrows choose one, Ctrl+arrows move it, up and down change a number, Insert adds one at the playhead, Delete removes"
)


class TrackRow(TimelineRow):
    """Shows keys at `times`, and numbers also as a curve.

    grabbed(): a drag begins; moved(place, time): the new time of that key. added(time). stepped(place, steps): increase or
    decrease a number. across: the width in pixels of the whole time with its margins, of which a scroll bar may hide a part.
    """

    grabbed = Signal()
    moved = Signal(int, float)
    added = Signal(float)
    stepped = Signal(int, int)

    def __init__(self, name: str, across: Callable[[], int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(f"Track of {name}", TIP, parent)
        self._across = across or self.width
        self.name = name
        self.times: Sequence[float] = ()
        self.words: Sequence[str] = ()
        self._heights: Sequence[float] = ()
        self._curve: Sequence[tuple[float, float]] = ()
        self._pressed: tuple[int, float, float] | None = None  # the key, the position, and its time at the start
        self.setFixedHeight(HEIGHT)

    def show_keys(
        self,
        times: Sequence[float],
        words: Sequence[str],
        seconds: float,
        heights: Sequence[float] = (),
        curve: Sequence[tuple[float, float]] = (),
    ) -> None:
        """times, words: of each key. seconds: of the timeline. heights: of each number key, 0 (low) to 1 (high). curve: the curve
        between them, as (time, height).
        """
        self.times, self.words, self.seconds, self._heights, self._curve = times, words, seconds, heights, curve
        self.current = min(self.current, len(times) - 1)
        self.describe()

    def count(self) -> int:
        return len(self.times)

    def across(self) -> int:
        return self._across()

    def words_of(self, place: int) -> str:
        return f"Key {place + 1} of {len(self.times)} at {self.times[place]:.2f} s: {self.words[place]}"

    def tip_of(self, place: int) -> str:
        return f"{self.words[place]}\n{self.times[place]:.2f} s"

    def let_go(self) -> None:
        super().let_go()
        self._pressed = None

    def middle_of(self, place: int) -> QPointF:
        """The middle of a key."""
        return QPointF(self.scale.x(self.times[place]), self._y(self._heights[place] if self._heights else 0.5))

    @staticmethod
    def _y(height: float) -> float:
        return NAME + SIDE + (HEIGHT - NAME - 2 * SIDE - 2) * (1 - min(max(height, 0.0), 1.0))

    def place_at(self, position: QPointF) -> int:
        """The index of the key at `position`, -1 if there is none."""
        away = [abs(self.scale.x(time) - position.x()) for time in self.times]
        best = min(range(len(away)), key=away.__getitem__, default=-1)
        return best if best >= 0 and away[best] <= REACH else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role, scale = self.palette(), QPalette.ColorRole, self.scale
        accent, dim, line = (palette.color(each) for each in (role.Highlight, role.PlaceholderText, role.Midlight))
        with QPainter(self) as painter:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 8 / 9)
            painter.setFont(font)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(dim if self._curve else line, 1.5))
            if self._curve:
                painter.drawPolyline([QPointF(scale.x(time), self._y(height)) for time, height in self._curve])
            else:
                painter.drawLine(QPointF(scale.left, self._y(0.5)), QPointF(scale.left + scale.width, self._y(0.5)))
            every = range(len(self.times))
            crowded = bool(self._curve) and len(every) * ROOM > scale.width
            for place in every if not crowded else [k for k in every if k == self.current]:
                at, marked = self.middle_of(place), place == self.current
                painter.setPen(QPen(accent if marked else dim, 1.5))
                painter.setBrush(accent if marked else palette.color(role.Base))
                painter.drawPolygon(QPolygonF([at + QPointF(*by) for by in ((0, -SIDE), (SIDE, 0), (0, SIDE), (-SIDE, 0))]))
                self._write(painter, place, at)
            painter.fillRect(QRectF(scale.x(self.time) - 0.75, 0, 1.5, self.height()), accent)
            wide = painter.fontMetrics().horizontalAdvance(self.name)
            painter.fillRect(QRectF(16, 0, wide + 2, NAME), palette.color(role.Window))  # the playhead starts there
            painter.setPen(dim)
            painter.drawText(QRectF(16, 0, self.width() - 32, NAME), Qt.AlignmentFlag.AlignLeft, self.name)

    def _write(self, painter: QPainter, place: int, at: QPointF) -> None:
        """Paint the text of a key as far as there is space before the next; of the last key, only if all of it fits."""
        metrics, last = painter.fontMetrics(), place + 1 == len(self.times)
        after = float(self.width()) if last else self.scale.x(self.times[place + 1])
        room = QRectF(at.x() + SIDE + 4, self._y(0.5) - 8, after - at.x() - 2 * SIDE - 8, 16)
        whole = metrics.horizontalAdvance(self.words[place])
        if last and place and whole > room.width():
            before = self.middle_of(place - 1).x() + metrics.horizontalAdvance(self.words[place - 1]) + 2 * SIDE + 8
            room.moveRight(at.x() - SIDE - 4)
            room.setLeft(max(before, room.right() - whole))
        if self._curve or room.width() < 12:
            return
        words = metrics.elidedText(self.words[place], Qt.TextElideMode.ElideRight, int(room.width()))
        if words == "…":  # which says nothing
            return
        wide = metrics.horizontalAdvance(words)
        painter.fillRect(
            QRectF(room.left() - 2, room.top(), wide + 4, room.height()), self.palette().color(QPalette.ColorRole.Window)
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._pressed = place, event.position().x(), self.times[place]
            self.pick(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            there = self.place_at(event.position()) >= 0
            self.setCursor(Qt.CursorShape.OpenHandCursor if there else Qt.CursorShape.ArrowCursor)
            return
        place, x, time = self._pressed
        by = event.position().x() - x
        if not self._dragging and abs(by) >= QApplication.startDragDistance():
            self._dragging = True
            self.grabbed.emit()
        if self._dragging:
            free = event.modifiers() & Qt.KeyboardModifier.AltModifier
            to = time + self.scale.length(by)
            self.moved.emit(place, round(to, 3) if free else self.scale.snapped(to, [self.time]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position()) < 0:
            self.added.emit(self.scale.snapped(self.scale.time(event.position().x()), [self.time]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        step = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}.get(key, 0)
        there = 0 <= self.current < len(self.times)
        if key == Qt.Key.Key_Escape and self._dragging and self._pressed is not None:
            place, _, time = self._pressed
            self.let_go()
            self.moved.emit(place, time)
            self.released.emit()
        elif way and there and held & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(self.current, round(self.times[self.current] + way * 2 * GRID, 6))
        elif way and self.times:
            self.pick(min(max(self.current + way, 0), len(self.times) - 1))
        elif step and there and self._heights:
            self.stepped.emit(self.current, step)
        elif key == Qt.Key.Key_Insert:
            self.added.emit(self.time)
        elif there and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT)
