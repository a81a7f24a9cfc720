"""A chip for each class, in lines; where there are many, a field finds them."""

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
from zscape.app.widgets.flow_layout import FlowLayout, lines
from zscape.app.widgets.one_stop import OneStop
from zscape.app.widgets.search_field import search_field

CHIP = 21
"""Least width of a chip: ten stand side by side in the narrowest panel."""
WIDE = 200
"""Most width of a chip; a longer name is cut and its tip has all of it."""
GAP = 2
LINES = 4
"""Most lines of chips in sight; further ones are scrolled to."""
WORDS = 72
"""Least width of the words behind the chips."""
MANY = 12
"""From more classes than this on there is a field to find one."""


class ClassChips(QWidget):
    """picked(number): a class was chosen.

    Typing into the field leaves the chips that hold what was typed. Enter picks the best match, Down goes to the chips, Escape
    shows all. The chips are one stop of the Tab key.
    """

    picked = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = tuple(names)
        self.search = search_field(
            f"Find one of {len(self.names)} classes",
            "Find a class",
            "Show only the classes that hold this; Enter picks the best match",
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
        """Have `widget` stand after the last chip, like one more word of the line."""
        self.area.add(widget)

    def say_last(self, words: QWidget) -> None:
        """Have `words` stand after all that, in what the last line leaves; below where lines are to be scrolled."""
        self._words = words
        self.area.add_words(words)
        # Behind the layout that is resizing them: it must not lose an item meanwhile.
        self.area.resized.connect(lambda: QTimer.singleShot(0, self, self._place_words))

    def _place_words(self) -> None:
        """It follows from the width alone: nothing moves as other words are said, or chips are searched."""
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
        """Show class `number` as the one that is chosen, -1 for none."""
        for place, chip in enumerate(self.chips):
            chip.setChecked(place == number)

    def take_focus(self) -> None:
        """Give the keyboard to the field, or to the chosen chip where there is none."""
        chosen = next((chip for chip in self.chips if chip.isChecked()), self.chips[0])
        (chosen if self.search.isHidden() else self.search).setFocus(Qt.FocusReason.PopupFocusReason)

    def found(self) -> list[int]:
        """The classes that hold what was typed, the best match first."""
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
    """Chips side by side, as many lines as they need; from LINES on it scrolls. resized(): it has another width."""

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
        """One more, after the others."""
        self._flow.addWidget(widget)
        self._lasting.append(widget)

    @property
    def has_room_for_words(self) -> bool:
        """Whether all chips and words after them are seen without scrolling, also while some are filtered out."""
        widths = [each.sizeHint().width() for each in self._lasting]
        return len(lines([*widths, WORDS], self.width(), GAP)) <= LINES

    def has(self, widget: QWidget) -> bool:
        """Whether `widget` stands among the chips."""
        return self._flow.indexOf(widget) >= 0

    def remove(self, widget: QWidget) -> None:
        """Take the words out again."""
        self._flow.removeWidget(widget)

    def add_words(self, widget: QWidget) -> None:
        """The last of all, in the rest of the last line."""
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
        """Be as high as the lines are, up to LINES of them."""
        most = LINES * (self._height + GAP) - GAP
        wanted = self._flow.heightForWidth(self.width())
        # Qt's own "as needed" keeps a bar that once was needed, where without it the lines would be fewer.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if wanted <= most else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(max(self._height, min(wanted, most)))

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now in self._lasting:
            self.ensureWidgetVisible(now, 0, 2)
