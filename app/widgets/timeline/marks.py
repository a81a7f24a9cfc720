"""The row of a timeline's texts below its track: each is a bar for its duration."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from zscape.app.widgets.timeline.row import TimelineRow
from zscape.app.widgets.timeline.scale import GRID
from zscape.models.timeline.marks import Mark

LANE = 24
MOST_LANES = 4
EDGE = 6
"""The pixels at each end of a bar that are dragged to change its length."""
LEAST = 0.1
"""The shortest text, in seconds."""
TIP = (
    "Text in the film: drag a bar to move it, its ends to make it longer. "
    "Keys: arrows choose one, Ctrl+arrows move it, Shift+arrows make it longer or shorter, Enter edits, Delete removes"
)


class MarksRow(TimelineRow):
    """Shows `marks` along `seconds`.

    grabbed(place): a drag begins; changed(place, start, seconds): the new values for that text. edit_asked(place).
    """

    grabbed = Signal(int)
    changed = Signal(int, float, float)
    edit_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Texts of the timeline", TIP, parent)
        self.marks: Sequence[Mark] = ()
        self.keys: Sequence[float] = ()
        self._lanes: list[int] = []
        self._pressed: tuple[int, int, float, Mark] | None = None  # mark, end (0: whole bar), position, old mark

    def show_marks(self, marks: Sequence[Mark], seconds: float, keys: Sequence[float] = ()) -> None:
        """Set the texts. seconds: of the whole timeline. keys: times to which a dragged text snaps."""
        self.marks, self.seconds, self.keys = marks, seconds, keys
        self.current = min(self.current, len(marks) - 1)
        self._lanes = lanes(marks)
        self.setFixedHeight(LANE * (max(self._lanes, default=0) + 1) + 8)
        self.update()

    def count(self) -> int:
        return len(self.marks)

    def words_of(self, place: int) -> str:
        mark = self.marks[place]
        return f"Text {place + 1} of {len(self.marks)}, {mark.start:.2f} to {mark.end:.2f} s: {mark.text}"

    def tip_of(self, place: int) -> str:
        mark = self.marks[place]
        return f"{mark.text}\n{mark.start:.2f} to {mark.end:.2f} s"

    def middle_of(self, place: int) -> QPointF:
        return self.rect_of(place).center()

    def let_go(self) -> None:
        super().let_go()
        self._pressed = None

    def rect_of(self, place: int) -> QRectF:
        """The rectangle of a text's bar."""
        mark, scale = self.marks[place], self.scale
        left, right = scale.x(mark.start), scale.x(min(mark.end, self.seconds))
        return QRectF(left, 2 + LANE * self._lanes[place], max(8.0, right - left), LANE - 4)

    def place_at(self, position: QPointF) -> int:
        """The index of the text whose bar is at `position`, -1 if there is none."""
        found = [k for k in range(len(self.marks)) if self.rect_of(k).adjusted(-2, 0, 2, 0).contains(position)]
        return self.current if self.current in found else found[-1] if found else -1

    def _end_at(self, place: int, position: QPointF) -> int:
        """-1 at its start, 1 at its end, 0 between; a short bar is always 0."""
        rect = self.rect_of(place)
        edge = min(EDGE, rect.width() / 4)
        return -1 if position.x() < rect.left() + edge else 1 if position.x() > rect.right() - edge else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        accent = palette.color(role.Highlight)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, mark in enumerate(self.marks):
                rect = self.rect_of(place).adjusted(0.5, 0.5, -0.5, -0.5)
                chosen = place == self.current
                painter.setPen(QPen(accent if chosen else palette.color(role.Midlight), 1.5 if chosen else 1))
                painter.setBrush(palette.color(role.Midlight if mark.kind == "card" else role.Base))
                painter.drawRoundedRect(rect, 3, 3)
                painter.setPen(palette.color(role.Text))
                room = rect.adjusted(6, 0, -4, 0)
                words = painter.fontMetrics().elidedText(
                    mark.text or ("Picture" if mark.picture is not None else "…"), Qt.TextElideMode.ElideRight, int(room.width())
                )
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            painter.fillRect(QRectF(self.scale.x(self.time) - 0.75, 0, 1.5, self.height()), accent)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            return
        self._pressed = place, self._end_at(place, event.position()), event.position().x(), self.marks[place]
        self.pick(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            place = self.place_at(event.position())
            at_end = place >= 0 and self._end_at(place, event.position())
            shape = Qt.CursorShape.SizeHorCursor if at_end else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape if place >= 0 else Qt.CursorShape.ArrowCursor)
            return
        place, end, x, mark = self._pressed
        by = event.position().x() - x
        if not self._dragging and abs(by) >= QApplication.startDragDistance():
            self._dragging = True
            self.grabbed.emit(place)
        if not self._dragging:
            return
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        near = [
            self.time,
            *self.keys,
            *(edge for k, each in enumerate(self.marks) if k != place for edge in (each.start, each.end)),
        ]
        if end > 0:
            until = self._snapped(mark.end + self.scale.length(by), near, free)
            self.changed.emit(place, mark.start, max(LEAST, round(until - mark.start, 6)))
        else:
            last = mark.end - LEAST if end else max(0.0, self.seconds - mark.seconds)
            start = min(max(0.0, self._snapped(mark.start + self.scale.length(by), near, free)), last)
            self.changed.emit(place, start, round(mark.end - start, 6) if end else mark.seconds)

    def _snapped(self, time: float, near: Sequence[float], free: bool) -> float:
        """`time` snapped to a mark of the ruler, a key, another text or the playhead; with Alt nothing snaps."""
        return round(time, 3) if free else min(self.scale.snapped(time, near), self.seconds)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (place := self.place_at(event.position())) >= 0:
            self.edit_asked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        there = 0 <= self.current < len(self.marks)
        mark = self.marks[self.current] if there else None
        by = way * 2 * GRID
        if key == Qt.Key.Key_Escape and self._dragging and self._pressed is not None:
            place, _, _, before = self._pressed
            self.let_go()
            self.changed.emit(place, before.start, before.seconds)
            self.released.emit()
        elif way and mark is not None and held & Qt.KeyboardModifier.ControlModifier:
            self.changed.emit(self.current, max(0.0, round(mark.start + by, 6)), mark.seconds)
        elif way and mark is not None and held & Qt.KeyboardModifier.ShiftModifier:
            self.changed.emit(self.current, mark.start, max(LEAST, round(mark.seconds + by, 6)))
        elif way and self.marks:
            self.pick(min(max(self.current + way, 0), len(self.marks) - 1))
        elif there and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit(self.current)
        elif there and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())


def lanes(marks: Sequence[Mark]) -> list[int]:
    """The line of each text in the row: texts at the same time are below each other, as far as there are lines."""
    free: list[float] = []
    found = [0] * len(marks)
    for place in sorted(range(len(marks)), key=lambda k: marks[k].start):
        mark = marks[place]
        lane = next((k for k, end in enumerate(free) if end <= mark.start + 1e-6), len(free))
        lane = min(lane, MOST_LANES - 1)
        free[lane : lane + 1] = [mark.end]
        found[place] = lane
    return found
