"""The form's scroll area: as high as the form if there is space; otherwise it scrolls, so that what is below stays visible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.layouts.tall_scroll import TallScroll

LEAST = 128
"""The minimum height in pixels: three or four fields."""
GAP = 4


class FormScroll(TallScroll):
    """Never higher than its content needs."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        self.setMinimumHeight(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._least(self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Put the scroll bar beside the fields, not at their edge."""
        super()._fit()
        content, bar = self.widget(), self.verticalScrollBar()
        if content is not None and content.height() > self.maximumViewportSize().height():
            content.resize(self.maximumViewportSize().width() - bar.sizeHint().width() - GAP, content.height())

    def _least(self, width: int) -> int:
        content = self.widget()
        if content is None:
            return 0
        # The preferred height: at the minimum height number boxes would be lower than other fields.
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
