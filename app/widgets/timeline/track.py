"""A timeline's track: a ruler, the stops with their pictures, and the playhead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from zscape.app.state.clipboard import recipe_in
from zscape.app.widgets.drops import answer
from zscape.app.widgets.timeline.paint import paint
from zscape.app.widgets.timeline.part import PartHandles
from zscape.app.widgets.timeline.scale import GRID, RULER, SIDE
from zscape.app.widgets.timeline.shown import ShownTrack
from zscape.models.timeline.stops import Stop

HEIGHT = RULER + SIDE + 16
TIP = (
    "Drag a key to move it, drag the ruler to look at another moment. "
    "Keys: arrows choose one, Ctrl+arrows move it, Shift+arrows move the playhead, Ctrl+D duplicates, Delete removes, "
    "I and O set the in and the out point"
)


class TimelineTrack(ShownTrack):
    """It does not know the timeline; it emits signals for what the user wants.

    scrubbed(time): the playhead is to go there. chosen(place): a stop was clicked, or reached by the arrow keys. grabbed(place):
    a drag begins; dragged(place, start): the new start of that stop, at every move; released(): the drag ends.
    nudged(place, by): moved by keys, in seconds. opened(place), duplicated(place), removed(place), menu_asked(place, global
    position), ruler_menu_asked(time, global position). dropped(Recipe, time): a point from elsewhere. play_asked(): the space
    bar. part: the handles of the played part.
    """

    scrubbed = Signal(float)
    chosen = Signal(int)
    grabbed = Signal(int)
    dragged = Signal(int, float)
    released = Signal()
    nudged = Signal(int, float)
    opened = Signal(int)
    duplicated = Signal(int)
    removed = Signal(int)
    menu_asked = Signal(int, QPoint)
    ruler_menu_asked = Signal(float, QPoint)
    dropped = Signal(object, float)
    play_asked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._pressed: tuple[int, QPointF, float] | None = None  # the stop, the mouse position, and the start of the stop
        self._dragging = self._scrubbing = False
        self.part = PartHandles(self)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Keys of the timeline")
        self.setToolTip(TIP)

    def show_timeline(
        self,
        stops: Sequence[Stop],
        seconds: float,
        diamonds: Sequence[float] = (),
        played: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Set the stops. seconds: the length, 0 for no timeline. diamonds: times at which the sheet has numbers. played: the
        start and end of what is played, in seconds.
        """
        self.part.begin, self.part.end = played
        self.show_stops(stops, seconds, diamonds)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint(self, self.part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.seconds:
            return
        if self.part.press(event):
            return
        place = self.place_at(event.position())
        if place >= 0:
            self._pressed = place, event.position(), self.stops[place].start
            self.choose(place)
        else:
            self._scrubbing = True
            self.scrubbed.emit(self.snapped_to_keys(self.scale.time(event.position().x()), event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.part.move(event):
            return
        if self._scrubbing:
            self.scrubbed.emit(self.snapped_to_keys(self.scale.time(event.position().x()), event))
        elif self._pressed is not None:
            place, where, start = self._pressed
            by = event.position() - where
            if not self._dragging and (place >= len(self.stops) or self.stops[place].start != start):
                self._let_go()  # meanwhile, undo or redo has changed which key it is
            elif not self._dragging and abs(by.x()) >= QApplication.startDragDistance():
                self._dragging = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.grabbed.emit(place)
            if self._dragging:
                self.dragged.emit(place, self._snapped(start + self.scale.length(by.x()), event, [self.time]))
        else:
            self._point_at(self.place_at(event.position()))
            if self.part.at(event.position()) is not None:
                self.setCursor(Qt.CursorShape.SizeHorCursor)
            elif self.hover < 0:
                self.setCursor(Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.part.release():
            return
        pressed, dragging = self._pressed, self._dragging
        self._let_go()
        if dragging:
            self.released.emit()
        elif pressed is not None:
            self.chosen.emit(pressed[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (place := self.place_at(event.position())) >= 0:
            self.opened.emit(place)

    def _let_go(self) -> None:
        self._pressed, self._dragging, self._scrubbing = None, False, False
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, place: int) -> None:
        if place != self.hover:
            self.hover = place
            self.setCursor(Qt.CursorShape.OpenHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        control, shift = held & Qt.KeyboardModifier.ControlModifier, held & Qt.KeyboardModifier.ShiftModifier
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        on_stop = 0 <= self.current < len(self.stops) and not self.stops[self.current].closes
        if not self.seconds:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self.part.take_back():
            return
        elif key in (Qt.Key.Key_I, Qt.Key.Key_O) and not held:
            self.part.moved.emit(key == Qt.Key.Key_O, self.time)
        elif key == Qt.Key.Key_Escape and self._dragging and self._pressed is not None:
            place, _, start = self._pressed
            self._let_go()
            self.dragged.emit(place, start)
            self.released.emit()
        elif way and shift:
            self.scrubbed.emit(min(max(round(self.time + way * 2 * GRID, 6), 0.0), self.seconds))
        elif way and control:
            if on_stop:
                self.nudged.emit(self.current, way * 2 * GRID)
        elif way:
            self._step(way)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.scrubbed.emit(0.0 if key == Qt.Key.Key_Home else self.seconds)
        elif key == Qt.Key.Key_Space:
            self.play_asked.emit()
        elif on_stop and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current)
        elif on_stop and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.current)
        elif on_stop and control and key == Qt.Key.Key_D:
            self.duplicated.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        last = len(self.stops) - 1 - bool(self.stops and self.stops[-1].closes)
        if last >= 0:
            self.choose(min(max(self.current + way, 0), last))
            self.chosen.emit(self.current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.current if by_key else self.place_at(QPointF(event.pos()))
        if not by_key and event.pos().y() < RULER and self.seconds:
            self.ruler_menu_asked.emit(self.scale.snapped(self.scale.time(event.pos().x()), []), event.globalPos())
        elif 0 <= place < len(self.stops) and not self.stops[place].closes:
            self.choose(place)
            self.menu_asked.emit(place, self.mapToGlobal(self.rect_of(place).center().toPoint()) if by_key else event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, recipe_in(event.mimeData()) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drop = event.position().x()
        answer(event, True)
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop = -1.0
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop = -1.0
        self.update()
        scale = self.scale
        if (recipe := recipe_in(event.mimeData())) is not None:
            self.dropped.emit(recipe, scale.snapped(scale.time(event.position().x()), [self.time]))
        answer(event, True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.stops:
            self.choose(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def tip_at(self, position: QPointF) -> str:
        place = self.place_at(position)
        caption = self.captions[place] if 0 <= place < len(self.captions) else ""
        return f"{caption}\n{self.stops[place].start:.2f} s" if caption else self.toolTip()

    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT)
