"""An easing curve with two handles, which are dragged or moved by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from zscape.models.timeline.easing import Curve

SIDE = 160
MARGIN = 12
RADIUS = 5.0
REACH = 14.0
"""The distance in pixels from a handle's middle within which it is grabbed."""
STEP = 0.05


class CurvePad(QWidget):
    """Time runs to the right, progress upwards. grabbed(), changed(Curve), released(): by the user.

    Keys: Tab leaves the pad; Space switches the handle, arrows move it, with Shift a fifth as far.
    """

    grabbed = Signal()
    changed = Signal(object)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve = self._before = Curve(1 / 3, 0.0, 2 / 3, 1.0)  # now, and when the drag began
        self.handle = 0
        self._held = False
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Easing curve")
        self.setToolTip("Drag the two handles. Keys: arrows move one, Space changes to the other")

    def show_curve(self, curve: Curve) -> None:
        """Show another curve."""
        self.curve = curve
        self._describe()

    def _describe(self) -> None:
        c = self.curve
        words = f"Handle {self.handle + 1} of 2; handles at {c.x1:.2f}, {c.y1:.2f} and {c.x2:.2f}, {c.y2:.2f}"
        self.setAccessibleDescription(words)
        self.update()

    def spot(self, x: float, y: float) -> QPointF:
        """The pixel for a fraction of the time and a fraction of the progress."""
        side = SIDE - 2 * MARGIN
        return QPointF(MARGIN + side * x, SIDE - MARGIN - side * y)

    def spots(self) -> tuple[QPointF, QPointF]:
        """The positions of the handles."""
        c = self.curve
        return self.spot(c.x1, c.y1), self.spot(c.x2, c.y2)

    def _put(self, x: float, y: float) -> None:
        x, y = (round(min(max(each, 0.0), 1.0), 3) for each in (x, y))
        c = self.curve
        made = Curve(x, y, c.x2, c.y2) if self.handle == 0 else Curve(c.x1, c.y1, x, y)
        if made != c:
            self.show_curve(made)
            self.changed.emit(made)

    def _near(self, position: QPointF) -> int:
        """The handle at `position`, -1 if there is none."""
        away = [(spot - position).manhattanLength() for spot in self.spots()]
        best = away.index(min(away))
        return best if away[best] <= REACH else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near >= 0:
            self.handle, self._held, self._before = near, True, self.curve
            self.grabbed.emit()
            self._describe()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            side = SIDE - 2 * MARGIN
            self._put((event.position().x() - MARGIN) / side, (SIDE - MARGIN - event.position().y()) / side)
        else:
            there = self._near(event.position()) >= 0
            self.setCursor(Qt.CursorShape.SizeAllCursor if there else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            by = STEP / 5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            c = self.curve
            x, y = (c.x1, c.y1) if self.handle == 0 else (c.x2, c.y2)
            self._put(x + step[0] * by, y + step[1] * by)
        elif event.key() == Qt.Key.Key_Escape and self._held:  # the drag is taken back
            self._held = False
            if self.curve != self._before:
                self.show_curve(self._before)
                self.changed.emit(self._before)
            self.released.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.handle = 1 - self.handle
            self._describe()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        accent, line = palette.color(role.Highlight), palette.color(role.Midlight)
        start, end = self.spot(0, 0), self.spot(1, 1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(line, 1))
            painter.setBrush(palette.color(role.Base))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(start.x(), end.y(), end.x() - start.x(), start.y() - end.y()))
            painter.drawLine(start, end)
            first, second = self.spots()
            painter.setPen(QPen(palette.color(role.PlaceholderText), 1))
            painter.drawLine(start, first)
            painter.drawLine(end, second)
            path = QPainterPath(start)
            path.cubicTo(first, second, end)
            painter.setPen(QPen(palette.color(role.Text), 2))
            painter.drawPath(path)
            for place, spot in enumerate((first, second)):
                marked = self.hasFocus() and place == self.handle
                painter.setPen(QPen(accent, 2))
                painter.setBrush(accent if marked or (self._held and place == self.handle) else palette.color(role.Base))
                painter.drawEllipse(spot, RADIUS, RADIUS)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)
