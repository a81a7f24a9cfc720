"""The strip of a view's own few controls, the same in every view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QSpacerItem, QWidget

from zscape.app.widgets.beside import together
from zscape.app.widgets.strip_layout import StripLayout

HEIGHT, ONE_LINE = 40, 32
"""Of a strip, the same in every view where its controls stand in one line, which may be so high."""
SIDE = 16
MARGIN = 6
"""Left and right of the controls, and above and below them where they need more than one line."""


class Words(QLabel):
    """On one line if it may be, on several where it must."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing())


def _named(control: QWidget, label: str) -> QWidget:
    """A control with its label before it."""
    words = QLabel(label)
    words.setBuddy(control)
    words.setProperty("role", "dim")
    if not control.accessibleName():
        control.setAccessibleName(label)
    return together(words, control, spacing=8)


class Strip(QWidget):
    """Labelled controls in a row, left to right, 8 pixels apart; where the window is narrow they go on in another line.

    lines_changed(): it is higher or lower than before, since it needs more lines or fewer.
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
        """Append `control`, named by `label` before it; returns the control."""
        self._row.addWidget(_named(control, label) if label else control)
        return control

    def add_together(self, *controls: QWidget | tuple[QWidget, str]) -> QWidget:
        """Append controls, or pairs of one and its label, that go on in another line all or not at all; returns their holder."""
        holder = together(*(_named(*each) if isinstance(each, tuple) else each for each in controls), spacing=8)
        self._row.addWidget(holder)
        return holder

    def add_gap(self) -> None:
        """A wider space between two groups of controls."""
        self._row.addItem(QSpacerItem(8, 0))

    def add_stretch(self) -> None:
        """What follows stands at the right end."""
        self._row.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))

    def add_words(self, text: str) -> QLabel:
        """A quiet hint; it shows only where the line of the controls has room for it: the picture above needs the rest."""
        words = Words(text)
        words.setProperty("role", "dim")
        self._row.addWidget(words)
        self._words.append(words)
        return words

    def begin_at(self, x: int) -> None:
        """Have the controls begin at pixel `x`, under what they are for; where they need no further line for that."""
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
        """As high as its lines need: one line stands in the middle of HEIGHT."""
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
        self._row.setGeometry(self.rect())  # a strip that is just being shown gets no second event for its new height
        if self.minimumHeight() != before:
            self.lines_changed.emit()
