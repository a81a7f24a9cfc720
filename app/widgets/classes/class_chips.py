"""A chip for each class, in lines; if there are many, with a search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zscape.app.widgets.classes.class_search import found
from zscape.app.widgets.controls.one_stop import OneStop
from zscape.app.widgets.controls.search_field import search_field
from zscape.app.widgets.layouts.flow_layout import FlowLayout, lines

CHIP = 21
"""The minimum width of a chip: ten fit side by side in the narrowest panel."""
WIDE = 200
"""The maximum width of a chip; a longer name is elided, and its tooltip shows all of it."""
GAP = 2
LINES = 4
"""The most visible lines of chips; the others are reached by scrolling."""
WORDS = 72
"""The minimum width of the text after the chips."""
MANY = 12
"""With more classes than this, there is a search field."""


class ClassChips(QWidget):
    """picked(number): a class was chosen.

    Typing in the field shows only the matching chips. Enter picks the best match, Down moves to the chips, Escape shows all. The
    chips are one tab stop.
    """

    picked = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = tuple(names)
        self.search = search_field(
            f"Find one of {len(self.names)} classes",
            "Find a class",
            "Show only the classes that contain this; Enter picks the best match",
        )
        if len(self.names) <= MANY:
            self.search.hide()
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._pick_found)
        self.search.installEventFilter(self)
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        self.line.addWidget(self.search, 1)
        self.nothing = QLabel("No class has such a name.")
        self.nothing.setProperty("role", "small")
        self.nothing.hide()
        self.chips = [self._chip(number, name) for number, name in enumerate(self.names)]
        self.area = _Lines(self.chips)
        self._words: QWidget | None = None
        self._stop = OneStop(self.chips, self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.line)
        column.addWidget(self.nothing)
        column.addWidget(self.area)

    def add_last(self, widget: QWidget) -> None:
        """Add `widget` after the last chip, in the same flow."""
        self.area.add(widget)

    def say_last(self, words: QWidget) -> None:
        """Add `words` after that, in the rest of the last line; below the chips if they are scrolled."""
        self._words = words
        self.area.add_words(words)
        # After the current resize, because its layout must not lose an item meanwhile.
        self.area.resized.connect(lambda: QTimer.singleShot(0, self, self._place_words))

    def _place_words(self) -> None:
        """It depends only on the width, so nothing moves when the text changes or chips are filtered."""
        if self._words is not None and self.area.has_room_for_words != self.area.has(self._words):
            if self.area.has(self._words):
                self.area.remove(self._words)
                self._column.addWidget(self._words)
            else:
                self._column.removeWidget(self._words)
                self.area.add_words(self._words)
            self.area.fit()

    def _chip(self, number: int, name: str) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        metrics = chip.fontMetrics()
        chip.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, WIDE - 12).replace("&", "&&"))
        chip.setFixedWidth(min(max(CHIP, metrics.horizontalAdvance(name) + 12), WIDE))
        chip.setToolTip(f"Draw class {name} alone")
        chip.setAccessibleName(f"Class {name}")
        chip.clicked.connect(lambda: self.picked.emit(number))
        return chip

    def mark(self, number: int) -> None:
        """Show class `number` as the chosen one, -1 for none."""
        for place, chip in enumerate(self.chips):
            chip.setChecked(place == number)

    def take_focus(self) -> None:
        """Give the focus to the field, or, if there is none, to the chosen chip."""
        chosen = next((chip for chip in self.chips if chip.isChecked()), self.chips[0])
        (chosen if self.search.isHidden() else self.search).setFocus(Qt.FocusReason.PopupFocusReason)

    def found(self) -> list[int]:
        """The classes that match the typed text, best match first."""
        return found(self.search.text().strip(), self.names)

    def _filter(self) -> None:
        held = set(self.found())
        for number, chip in enumerate(self.chips):
            chip.setVisible(number in held)
        self.nothing.setVisible(not held)
        self._stop.refresh()
        self.area.fit()

    def _pick_found(self) -> None:
        held = self.found()
        if held and self.search.text().strip():
            self.search.clear()
            self.picked.emit(held[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = self.found()
            if event.key() == Qt.Key.Key_Down and held:
                self.chips[min(held)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)


class _Lines(QScrollArea):
    """Chips in as many lines as needed; with more than LINES it scrolls. resized(): the width has changed."""

    resized = Signal()

    def __init__(self, chips: Sequence[QToolButton]) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        holder = QWidget()
        self._flow = FlowLayout(holder, GAP)
        self._lasting: list[QWidget] = []
        for chip in chips:
            self.add(chip)
        self._height = chips[0].sizeHint().height() if chips else 0
        self.setWidget(holder)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def add(self, widget: QWidget) -> None:
        """Add `widget` after the others."""
        self._flow.addWidget(widget)
        self._lasting.append(widget)

    @property
    def has_room_for_words(self) -> bool:
        """Whether all chips and the text after them are visible without scrolling, even while some are filtered out."""
        widths = [each.sizeHint().width() for each in self._lasting]
        return len(lines([*widths, WORDS], self.width(), GAP)) <= LINES

    def has(self, widget: QWidget) -> bool:
        """Whether `widget` is among the chips."""
        return self._flow.indexOf(widget) >= 0

    def remove(self, widget: QWidget) -> None:
        """Remove the text."""
        self._flow.removeWidget(widget)

    def add_words(self, widget: QWidget) -> None:
        """Add the text as the last item, in the rest of the last line."""
        self._flow.addWidget(widget)
        self._flow.fill_rest(widget, WORDS)

    def minimumSizeHint(self) -> QSize:
        return QSize(CHIP + GAP, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def fit(self) -> None:
        """Set the height to that of the lines, at most LINES of them."""
        most = LINES * (self._height + GAP) - GAP
        wanted = self._flow.heightForWidth(self.width())
        # Qt's "as needed" keeps a scroll bar that was once needed, even if without it there would be fewer lines.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if wanted <= most else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(max(self._height, min(wanted, most)))

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now in self._lasting:
            self.ensureWidgetVisible(now, 0, 2)
