"""A large button with a picture, a name and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

WIDTH, PICTURE, MARGIN = 156, 128, 12
LINES = 4
"""The maximum lines of the sentence."""


class PictureCard(QAbstractButton):
    """Chosen by a click, Space or Enter."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words = title, words
        self._picture = QImage()
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(WIDTH, MARGIN + PICTURE + 8 + line + 4 + LINES * line + MARGIN // 2)

    def show_picture(self, picture: QImage) -> None:
        """Show `picture`, a null image for none."""
        self._picture = picture
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture."""
        return not self._picture.isNull()

    def picture_rect(self) -> QRect:
        """The rectangle of the picture."""
        return QRect((WIDTH - PICTURE) // 2, MARGIN, PICTURE, PICTURE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        chosen = self.hasFocus() or self.isDown()  # the card for Enter stands out more than the one under the mouse
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(
                QPen(palette.color(role.Highlight if chosen or self.underMouse() else role.Midlight), 2 if chosen else 1)
            )
            painter.setBrush(palette.color(role.Base))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
            self._paint_picture(painter)
            line, top = painter.fontMetrics().lineSpacing(), MARGIN + PICTURE + 8
            place = QRect(MARGIN, top, WIDTH - 2 * MARGIN, line)
            font = QFont(self.font())
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(palette.color(role.WindowText))
            title = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 8 / 9)
            painter.setFont(font)
            painter.setPen(palette.color(role.PlaceholderText))
            rest = QRect(MARGIN, top + line + 4, WIDTH - 2 * MARGIN, LINES * line)
            painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.words)

    def _paint_picture(self, painter: QPainter) -> None:
        place = self.picture_rect()
        if self._picture.isNull():
            painter.fillRect(place, QColor(self.palette().color(QPalette.ColorRole.Mid)))
            return
        smaller = max(self._picture.width(), self._picture.height()) * self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smaller != PICTURE)
        size = self._picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRect(place.topLeft(), size)
        at.moveCenter(place.center())
        painter.drawImage(at, self._picture)
