"""A list of number rows of any length: only the rows in sight exist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from zscape.app.widgets.number_row import HEIGHT, NumberRow


@dataclass(frozen=True)
class Entry:
    """A number of the list. number: what its signals call it. label: short. name: in words. tip: what it does to the picture."""

    number: int
    label: str
    name: str
    tip: str


class NumberList(QAbstractScrollArea):
    """Shows `entries` one below the other with a slider and a spin box each.

    valueChanged(number, value), sliderPressed(), sliderReleased(), reset_asked(number). A row that is in sight keeps its widgets
    while the list scrolls, so that focus and a drag stay with it.
    """

    valueChanged = Signal(int, float)  # noqa: N815  as in Qt
    sliderPressed = Signal()  # noqa: N815
    sliderReleased = Signal()  # noqa: N815
    reset_asked = Signal(int)

    def __init__(
        self,
        slider_range: tuple[float, float],
        spin_range: tuple[float, float],
        label_width: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ranges, self._label_width = (slider_range, spin_range), label_width
        self._width = label_width
        self._entries: Sequence[Entry] = ()
        self._values: Sequence[float] = ()
        self._marked: Collection[int] = ()
        self._pool: list[NumberRow] = []
        self._shown: dict[NumberRow, Entry] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 2 * HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(256, max(2, len(self._entries)) * HEIGHT)

    @property
    def entries(self) -> Sequence[Entry]:
        """The numbers that are in the list, from the top."""
        return self._entries

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Which numbers are in the list, from the top."""
        self._entries = entries
        font = self.font()
        font.setBold(True)  # as the names of changed numbers are
        longest = max((QFontMetrics(font).horizontalAdvance(entry.label) for entry in entries), default=0)
        self._width = min(max(self._label_width, longest + 4), 2 * self._label_width)
        for row in self._pool:
            row.label.setFixedWidth(self._width)
        self._shown.clear()
        self._arrange()

    def show_values(self, values: Sequence[float], marked: Collection[int] = ()) -> None:
        """Show values[number] for each entry; those in `marked` were set by hand."""
        self._values, self._marked = values, marked
        for row, entry in self._shown.items():
            self._show_value(row, entry)

    def row(self, number: int) -> NumberRow | None:
        """The row of `number` if it is in sight."""
        return next((row for row, entry in self._shown.items() if entry.number == number), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Put a row of the pool under each entry in sight."""
        view, bar = self.viewport(), self.verticalScrollBar()
        bar.setRange(0, max(0, len(self._entries) * HEIGHT - view.height()))
        bar.setPageStep(view.height())
        wanted = min(view.height() // HEIGHT + 2, len(self._entries))
        while len(self._pool) < wanted:
            self._pool.append(self._new_row())
        top = bar.value()
        sight = range(top // HEIGHT, min(top // HEIGHT + wanted, len(self._entries)))
        held: set[NumberRow] = set()
        for index in sight:
            row, entry = self._pool[index % len(self._pool)], self._entries[index]
            held.add(row)
            row.setGeometry(0, index * HEIGHT - top, view.width() - 8, HEIGHT)
            if self._shown.get(row) is not entry:
                self._shown[row] = entry
                row.describe(entry.label, entry.name, entry.tip)
                self._show_value(row, entry)
            row.show()
        for row in self._pool:
            if row not in held:
                row.hide()
                self._shown.pop(row, None)

    def _new_row(self) -> NumberRow:
        row = NumberRow(*self._ranges, label_width=self._width, parent=self.viewport())
        row.valueChanged.connect(lambda value: self.valueChanged.emit(self._shown[row].number, value))
        row.reset_asked.connect(lambda: self.reset_asked.emit(self._shown[row].number))
        row.sliderPressed.connect(self.sliderPressed)
        row.sliderReleased.connect(self.sliderReleased)
        return row

    def _show_value(self, row: NumberRow, entry: Entry) -> None:
        if entry.number < len(self._values):
            row.setValue(self._values[entry.number])
            row.mark(entry.number in self._marked)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes down the list, past what is in sight too, and out of it at its ends."""
        focus = QApplication.focusWidget()
        for row, entry in self._shown.items():
            if focus in (row.slider, row.spin):
                place = 2 * self._entries.index(entry) + (focus is row.spin) + (1 if forward else -1)
                if 0 <= place < 2 * len(self._entries):
                    self._focus(*divmod(place, 2))
                    return True
                break
        in_order = sorted(self._shown, key=lambda each: each.y())
        for before, after in pairwise(in_order):
            self.setTabOrder(before.spin, after.slider)
        return super().focusNextPrevChild(forward)

    def _focus(self, index: int, part: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.value(), index * HEIGHT))
        bar.setValue(max(bar.value(), (index + 1) * HEIGHT - self.viewport().height()))
        row = self.row(self._entries[index].number)
        if row is not None:
            (row.slider, row.spin)[part].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.viewport().setEnabled(self.isEnabled())
