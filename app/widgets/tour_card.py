"""A card that explains one control, and a ring around that control; the window stays usable meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zscape.app.widgets.greyed import grey

WIDTH = 320
GAP = 12
"""The pixels between the control and the card."""
STRIP = 40
"""The height of a line of controls."""
EDGE = 8
"""The minimum distance of the card from the window's edge."""


class Ring(QWidget):
    """A frame around a rectangle of its parent; mouse events pass through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def surround(self, place: QRect) -> None:
        """Surround the rectangle `place` of the parent."""
        self.setGeometry(place.adjusted(-4, -4, 4, 4).intersected(self._window.rect()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)


class TourCard(QFrame):
    """next_asked(), back_asked(), end_asked(). Keys: Right or Enter, Left, Escape."""

    next_asked = Signal()
    back_asked = Signal()
    end_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("tour")
        self.setAccessibleName("Tour")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self.title, self.words, self.count = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "large")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.MarkdownText)
        self.count.setProperty("role", "dim")
        self.end, self.back, self.next = QPushButton("End tour"), QPushButton("Back"), QPushButton("Next")
        self.next.setProperty("role", "primary")
        for button, asked, tip in (
            (self.end, self.end_asked, "Close the tour (Escape); the Help menu shows it again"),
            (self.back, self.back_asked, "The previous step (Left)"),
            (self.next, self.next_asked, "The next step (Right)"),
        ):
            button.setToolTip(tip)
            button.clicked.connect(asked)
            button.installEventFilter(self)  # otherwise the arrow keys would move between the buttons
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        row.addWidget(self.end)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(row)
        self.hide()

    def tell(self, title: str, words: str, number: int, count: int) -> None:
        """Show step `number` of `count`, counted from 1."""
        self.title.setText(title)
        self.words.setText(words)
        self.count.setText(f"{number} of {count}")
        grey(self.back, "" if number > 1 else "This is the first step")
        self.next.setText("Next" if number < count else "Done")
        self.setFixedHeight(self.heightForWidth(WIDTH))

    def stand_beside(self, place: QRect | None) -> None:
        """Move to the side of `place` with the most space; to the middle of the window if it is None."""
        window = self._window.rect()
        size = self.size()
        if place is None:
            at = window.center() - QPoint(size.width() // 2, size.height() // 2)
        else:
            middle = place.center() - QPoint(size.width() // 2, size.height() // 2)
            ways = {
                window.right() - place.right() - size.width(): QPoint(place.right() + GAP, middle.y()),
                place.left() - size.width(): QPoint(place.left() - GAP - size.width(), middle.y()),
                window.bottom() - place.bottom() - size.height(): QPoint(middle.x(), place.bottom() + GAP),
                place.top() - size.height(): QPoint(middle.x(), place.top() - GAP - size.height()),
            }
            room = max(ways)
            inside = QPoint(middle.x(), place.bottom() - EDGE - STRIP - size.height())  # above a view's controls
            at = ways[room] if room > GAP + EDGE else inside
        x = min(max(at.x(), EDGE), window.width() - size.width() - EDGE)
        y = min(max(at.y(), EDGE), window.height() - size.height() - EDGE)
        self.move(x, y)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._steer(Qt.Key(event.key()), (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._steer(Qt.Key(event.key()), (Qt.Key.Key_Right,))
        )

    def _steer(self, key: Qt.Key, forward: tuple[Qt.Key, ...]) -> bool:
        """Do what `key` means; returns whether it means something."""
        if key == Qt.Key.Key_Escape:
            self.end_asked.emit()
        elif key in forward:
            self.next_asked.emit()
        elif key == Qt.Key.Key_Left:
            if self.back.isEnabled():
                self.back_asked.emit()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(palette.color(role.Base))
            painter.setPen(QPen(palette.color(role.Highlight if self.hasFocus() else role.PlaceholderText), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
