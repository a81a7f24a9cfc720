"""The common base of the rows below a timeline's track: items along the time axis, one of which is selected."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.timeline.scale import MARGIN, Scale
from zscape.app.widgets.tipped import Tipped


class TimelineRow(Tipped):
    """It does not know the timeline; it emits signals for what the user wants.

    chosen(place). released(): a drag ends. removed(place). menu_asked(place, global position): -1 for outside all items.
    current: the selected item, -1 for none. seconds: of the whole timeline. time: of the playhead.
    """

    chosen = Signal(int)
    released = Signal()
    removed = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seconds, self.time = 1.0, 0.0
        self.current = -1
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    # Implemented by each kind of row.

    def count(self) -> int:
        """The number of items."""
        raise NotImplementedError

    def place_at(self, position: QPointF) -> int:
        """The item at `position`, -1 if there is none."""
        raise NotImplementedError

    def middle_of(self, place: int) -> QPointF:
        """The position at which its menu opens."""
        raise NotImplementedError

    def words_of(self, place: int) -> str:
        """Its description, for screen readers."""
        raise NotImplementedError

    def tip_of(self, place: int) -> str:
        """Its tooltip."""
        raise NotImplementedError

    def across(self) -> int:
        """The width in pixels of the whole time with its margins."""
        return self.width()

    def let_go(self) -> None:
        """Drop what is being dragged."""
        self._dragging = False

    # Shared by all rows.

    @property
    def scale(self) -> Scale:
        """The mapping from times to pixels."""
        return Scale(self.seconds, MARGIN, self.across() - 2 * MARGIN)

    def show_time(self, time: float) -> None:
        """Set the playhead."""
        self.time = time
        self.update()

    def choose(self, place: int) -> None:
        """Select an item; -1 for none."""
        self.current = place
        self.describe()

    def describe(self) -> None:
        """Set the accessible description for the selected item, and repaint."""
        if 0 <= self.current < self.count():
            self.setAccessibleDescription(self.words_of(self.current))
        self.update()

    def pick(self, place: int) -> None:
        """Select an item at the user's request."""
        self.choose(place)
        self.chosen.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging = self._dragging
        self.let_go()
        if dragging:
            self.released.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.count() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.pick(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.current if by_key else self.place_at(QPointF(event.pos()))
        if place >= 0:
            self.pick(place)
        where = self.mapToGlobal(self.middle_of(place).toPoint()) if by_key and place >= 0 else event.globalPos()
        self.menu_asked.emit(place, where)

    def tip_at(self, position: QPointF) -> str:
        place = self.place_at(position)
        return self.tip_of(place) if place >= 0 else self.toolTip()
