"""The strip of controls that belongs to a view, with the same look in every view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QSpacerItem, QWidget

from zscape.app.widgets.layouts.beside import together
from zscape.app.widgets.layouts.strip_layout import StripLayout

HEIGHT, ONE_LINE = 40, 32
"""The height of a strip with one line of controls, the same in every view, and the maximum height of that line."""
SIDE = 16
MARGIN = 6
"""The space at the sides of the controls, and above and below them if they need several lines."""


class Words(QLabel):
    """A label on one line if possible, otherwise on several."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing())


def named(control: QWidget, label: str) -> QWidget:
    """A control with its label before it."""
    words = QLabel(label)
    words.setBuddy(control)
    words.setProperty("role", "dim")
    if not control.accessibleName():
        control.setAccessibleName(label)
    return together(words, control, spacing=8)


class Strip(QWidget):
    """Labelled controls in a row, left to right, 8 pixels apart; in a narrow window they wrap to further lines.

    lines_changed(): the height has changed, because the number of lines has.
    """

    lines_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT)
        self._words: list[QWidget] = []
        self._left = SIDE
        self._row = StripLayout(self, gap=8)
        self._row.setContentsMargins(SIDE, 0, SIDE, 0)

    def add(self, control: QWidget, label: str = "") -> QWidget:
        """Append `control`, with the text `label` before it; returns the control."""
        self._row.addWidget(named(control, label) if label else control)
        return control

    def add_together(self, *controls: QWidget | tuple[QWidget, str]) -> QWidget:
        """Append controls, or (control, label) pairs, that wrap to another line only together; returns their container."""
        holder = together(*(named(*each) if isinstance(each, tuple) else each for each in controls), spacing=8)
        self._row.addWidget(holder)
        return holder

    def add_gap(self) -> None:
        """Add a wider space between two groups of controls."""
        self._row.addItem(QSpacerItem(8, 0))

    def add_stretch(self) -> None:
        """Align what follows at the right."""
        self._row.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))

    def add_words(self, text: str) -> QLabel:
        """Add a quiet hint, which gets no line of its own."""
        words = Words(text)
        words.setProperty("role", "dim")
        self._row.addWidget(words)
        self.make_optional(words)
        return words

    def make_optional(self, control: QWidget, optional: bool = True) -> None:
        """Leave `control` out where it would need a line of its own; or no longer."""
        if optional != (control in self._words):
            if optional:
                self._words.append(control)
            else:
                self._words.remove(control)
                control.show()
            self._arrange()

    def begin_at(self, x: int) -> None:
        """Let the controls begin at pixel `x`, below what they belong to, unless that requires another line."""
        if max(x, SIDE) != self._left:
            self._left = max(x, SIDE)
            self._arrange()

    def event(self, event: QEvent) -> bool:
        """A control that has changed its size may need another line."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Set the height for the lines; a single line is centred in HEIGHT."""
        left = self._left
        if left != SIDE and self._row.height_for(self.width(), left) > self._row.height_for(self.width(), SIDE):
            left = SIDE
        self._row.setContentsMargins(left, 0, SIDE, 0)
        room = self._row.has_room(self.width(), self._words)
        for words in self._words:
            if words.isHidden() == room:
                words.setVisible(room)
        before, lines = self.minimumHeight(), self._row.height_for(self.width())
        self.setFixedHeight(HEIGHT if lines <= ONE_LINE else lines + 2 * MARGIN)
        self._row.setGeometry(self.rect())  # a strip that is being shown gets no second event for its new height
        if self.minimumHeight() != before:
            self.lines_changed.emit()
