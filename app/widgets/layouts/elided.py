"""A line of text that is elided if it does not fit."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class Elided(QLabel):
    """Never makes its window wider; its tooltip is the full line, unless another one is set."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.whole = self._short = ""
        self.show_text(words)

    def show_text(self, words: str, short: str = "") -> None:
        """Show `words`, elided if needed; if `short` is given, that is shown instead when there is too little space."""
        if (words, short) != (self.whole, self._short):
            self.whole, self._short = words, short
            self.updateGeometry()  # setText does not, if the visible text is empty before and after
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(self._width(self.whole), self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        words = self._short if self._short and self._width(self.whole) > room else self.whole
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room))

    def _width(self, words: str) -> int:
        """The width in pixels in which `words` are not elided: rounded up, where QFontMetrics rounds to the nearest."""
        return ceil(QFontMetricsF(self.fontMetrics()).horizontalAdvance(words))
