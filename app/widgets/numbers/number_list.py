"""A list of number rows of any length; only the visible rows exist as widgets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from zscape.app.widgets.controls.fields import discard_typed
from zscape.app.widgets.layouts.sliver import sliver
from zscape.app.widgets.numbers.number_row import HEIGHT, NumberRow


@dataclass(frozen=True)
class Entry:
    """A number of the list. number: its id in signals. label: short. name: in words. tip: its effect on the picture."""

    number: int
    label: str
    name: str
    tip: str


class NumberList(QAbstractScrollArea):
    """Shows `entries` in rows, each with a slider and a spin box.

    valueChanged(number, value), sliderPressed(), sliderReleased(), reset_asked(number). entered(number): its row got the focus,
    by a click or a key. menu_asked(number, global position): the right button or the menu key on a row. A row that stays visible
    keeps its widgets while the list scrolls, so that focus and a drag stay with it. No row is cut off.

    The whole list is one tab stop. Up, Down, Page Up, Page Down, Home and End move from slider to slider, Left and Right change
    the number, Delete resets it; a digit or Enter goes to its spin box, Enter or Escape back.

    least: the minimum number of visible rows.
    """

    valueChanged = Signal(int, float)  # noqa: N815  as in Qt
    sliderPressed = Signal()  # noqa: N815
    sliderReleased = Signal()  # noqa: N815
    reset_asked = Signal(int)
    entered = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(
        self,
        slider_range: tuple[float, float],
        spin_range: tuple[float, float],
        label_width: int = 44,
        parent: QWidget | None = None,
        least: int = 2,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._ranges, self._label_width = (slider_range, spin_range), label_width
        self._width = label_width
        self._entries: Sequence[Entry] = ()
        self._places: dict[int, int] = {}  # number -> index of its entry
        self._values: Sequence[float] = ()
        self._marked: Collection[int] = ()
        self._pool: list[NumberRow] = []
        self._shown: dict[NumberRow, Entry] = {}
        self._current = 0  # the index of the entry that is the tab stop
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._least * HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(256, max(self._least, len(self._entries)) * HEIGHT)

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries of the list, from the top."""
        return self._entries

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Set the entries of the list, from the top."""
        self._entries = entries
        self._places = {entry.number: place for place, entry in enumerate(entries)}
        font = self.font()
        font.setBold(True)  # like the names of changed numbers
        longest = max((QFontMetrics(font).horizontalAdvance(entry.label) for entry in entries), default=0)
        self._width = min(max(self._label_width, longest + 4), 2 * self._label_width)
        for row in self._pool:
            discard_typed(row)  # what was typed for an entry that is gone is for no other
            row.label.setFixedWidth(self._width)
        self._shown.clear()
        self._current = 0
        self._fit()
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def show_values(self, values: Sequence[float], marked: Collection[int] = ()) -> None:
        """Show values[number] for each entry; those in `marked` were set by hand."""
        self._values, self._marked = values, marked
        for row, entry in self._shown.items():
            self._show_value(row, entry)

    def row(self, number: int) -> NumberRow | None:
        """The row of `number` if it is visible."""
        return next((row for row, entry in self._shown.items() if entry.number == number), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._arrange()

    def _fit(self) -> None:
        """Leave out a partial row, whose name would be cut off."""
        cut = sliver(self.height(), len(self._entries) * HEIGHT, HEIGHT)
        if cut != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, cut)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Assign a row of the pool to each visible entry. Rows are expensive, so they are created only when needed."""
        if not self.isVisible():
            return
        view, bar = self.viewport(), self.verticalScrollBar()
        bar.setRange(0, max(0, len(self._entries) * HEIGHT - view.height()))
        bar.setPageStep(view.height())
        wanted = min(view.height() // HEIGHT + 2, len(self._entries))
        while len(self._pool) < wanted:
            self._pool.append(self._new_row())
        top = round(bar.value() / HEIGHT) * HEIGHT
        sight = range(top // HEIGHT, min(top // HEIGHT + wanted, len(self._entries)))
        held: set[NumberRow] = set()
        for index in sight:
            row, entry = self._pool[index % len(self._pool)], self._entries[index]
            held.add(row)
            row.setGeometry(0, index * HEIGHT - top, view.width() - 8, HEIGHT)
            if self._shown.get(row) is not entry:
                self._leave(row)
                self._shown[row] = entry
                row.describe(entry.label, entry.name, entry.tip)
                self._show_value(row, entry)
            row.show()
        for row in self._pool:
            if row not in held:
                self._leave(row)
                row.hide()
                self._shown.pop(row, None)
        self._choose_stop()

    def _leave(self, row: NumberRow) -> None:
        """Before a row gets another entry: take what was typed for its own, and take the keyboard focus away."""
        if row in self._shown:
            row.finish()

    def _choose_stop(self) -> None:
        """Make the last focused slider the tab stop, or the first visible one."""
        rows = {self._place(row): row for row in self._shown}
        stop = rows.get(self._current) or rows.get(min(rows, default=0))
        for row in self._shown:
            row.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)

    def _place(self, row: NumberRow) -> int:
        return self._places[self._shown[row].number]

    def _new_row(self) -> NumberRow:
        row = NumberRow(*self._ranges, label_width=self._width, parent=self.viewport())
        row.valueChanged.connect(lambda value: self._change(row, value))
        row.reset_asked.connect(lambda: self.reset_asked.emit(self._shown[row].number))
        row.sliderPressed.connect(self.sliderPressed)
        row.sliderReleased.connect(self.sliderReleased)
        row.spin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row.slider.focused.connect(lambda: self._enter(row, row.slider))
        row.spin.focused.connect(lambda: self._enter(row, row.spin))
        return row

    def _change(self, row: NumberRow, value: float) -> None:
        if row in self._shown:
            self.valueChanged.emit(self._shown[row].number, value)

    def _enter(self, row: NumberRow, field: QWidget) -> None:
        """A field of `row` got the focus."""
        field.removeEventFilter(self)
        field.installEventFilter(self)  # runs before the filter of the field
        self._current = self._place(row)
        self._choose_stop()
        self.entered.emit(self._shown[row].number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Only on a name; the spin boxes have their own menus."""
        place = self.viewport().mapFromGlobal(event.globalPos())
        row = next((row for row in self._shown if row.geometry().contains(place)), None)
        if row is not None:
            self.menu_asked.emit(self._shown[row].number, event.globalPos())

    def _show_value(self, row: NumberRow, entry: Entry) -> None:
        if entry.number < len(self._values):
            row.setValue(self._values[entry.number])
            row.mark(entry.number in self._marked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = next((row for row in self._shown if watched in (row.slider, row.spin)), None)
            if row is not None:
                return self._press(row, event) if watched is row.slider else self._press_in_spin(row, event)
        return False

    def _press(self, row: NumberRow, event: QKeyEvent) -> bool:
        """Handle a key on a slider."""
        key, place, last = event.key(), self._place(row), len(self._entries) - 1
        page = max(1, self.viewport().height() // HEIGHT - 1)
        places = {
            Qt.Key.Key_Up: place - 1,
            Qt.Key.Key_Down: place + 1,
            Qt.Key.Key_PageUp: place - page,
            Qt.Key.Key_PageDown: place + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in places:
            self.focus_on(min(max(places[Qt.Key(key)], 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (event.text() and event.text() in "0123456789-.,"):
            row.spin.setFocus(Qt.FocusReason.OtherFocusReason)
            row.spin.selectAll()
            if event.text().isprintable():
                QApplication.sendEvent(row.spin, event)  # the first digit of the new number
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_asked.emit(self._shown[row].number)
        else:
            return False
        return True

    def _press_in_spin(self, row: NumberRow, event: QKeyEvent) -> bool:
        """Handle a key in a spin box: after the number is entered, the focus returns to the slider."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row.spin.interpretText()
            row.slider.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def take_focus_from(self, field: QWidget) -> bool:
        """Escape was pressed in `field`: give the focus to its slider; returns whether it belongs to the list."""
        row = next((row for row in self._shown if row.spin is field), None)
        if row is not None:
            row.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        return row is not None

    def focus_on(self, place: int) -> None:
        """Scroll to an entry and give its slider the focus."""
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.value(), place * HEIGHT))
        bar.setValue(max(bar.value(), (place + 1) * HEIGHT - self.viewport().height()))
        row = self.row(self._entries[place].number)
        if row is not None:
            row.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.viewport().setEnabled(self.isEnabled())
