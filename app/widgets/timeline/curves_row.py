"""The curves of a sound along a timeline, one below the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.timeline.row import TimelineRow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANE = 18
"""The height of one curve in pixels."""
NAMES = 16
"""The space left of a name."""
TIP = (
    "Curves of the sound: a click moves the playhead, a double click chooses what a curve drives. "
    "Keys: up and down choose a curve, Enter what it drives"
)


class CurvesRow(TimelineRow):
    """Shows `curves`, name -> numbers from 0 to 1, along the time.

    current: the selected curve. scrubbed(time): the playhead is to go there. asked(place): the user wants to set what that curve
    drives.
    """

    scrubbed = Signal(float)
    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Curves of the sound", TIP, parent)
        self.curves: Mapping[str, NDArray[np.float32]] = {}
        self.words: Mapping[str, str] = {}
        self._fps = 1.0
        self._shapes: tuple[object, list[QPolygonF]] = (None, [])
        self.setFixedHeight(LANE * 5 + 4)

    def show_curves(
        self, curves: Mapping[str, NDArray[np.float32]], fps: float, seconds: float, words: Mapping[str, str]
    ) -> None:
        """fps: numbers per second. seconds: of the whole timeline. words: what curves drive, for those that drive something."""
        if curves is not self.curves:
            self._shapes = None, []
        self.curves, self._fps, self.seconds, self.words = curves, fps, seconds, words
        self.current = min(self.current, len(curves) - 1)
        self.setFixedHeight(LANE * len(curves) + 4)
        self.describe()

    @property
    def driving(self) -> Collection[str]:
        """The names of the curves that drive something."""
        return self.words.keys()

    def count(self) -> int:
        return len(self.curves)

    def words_of(self, place: int) -> str:
        name = list(self.curves)[place]
        return f"{name}: {self.words.get(name, 'drives nothing')}"

    def tip_of(self, place: int) -> str:
        return f"{self.words_of(place)}\n{TIP}"

    def middle_of(self, place: int) -> QPointF:
        return self.rect_of(place).center()

    def rect_of(self, place: int) -> QRectF:
        """The rectangle of a curve."""
        return QRectF(0, 2 + LANE * place, self.width(), LANE)

    def place_at(self, position: QPointF) -> int:
        place = int((position.y() - 2) // LANE)
        return place if 0 <= place < len(self.curves) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        accent, dim = palette.color(role.Highlight), palette.color(role.PlaceholderText)
        with QPainter(self) as painter:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 8 / 9)
            painter.setFont(font)
            for place, (name, shape) in enumerate(zip(self.curves, self._polygons(), strict=True)):
                rect = self.rect_of(place)
                if place == self.current:
                    painter.fillRect(rect, _faint(accent if self.hasFocus() else dim, 0.12))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_faint(accent, 0.6) if name in self.driving else _faint(dim, 0.45))
                painter.drawPolygon(shape.translated(0, rect.top()))
                painter.fillRect(QRectF(self.scale.left, rect.bottom() - 1, self.scale.width, 1), palette.color(role.Midlight))
            painter.fillRect(QRectF(self.scale.x(self.time) - 0.75, 0, 1.5, self.height()), accent)
            for place, name in enumerate(self.curves):
                self._write(painter, name, self.rect_of(place))  # over the playhead, which starts at the names

    def _write(self, painter: QPainter, name: str, rect: QRectF) -> None:
        """Paint its name, and what it drives, on a readable background."""
        words = f"{name}: {self.words[name]}" if name in self.words else name
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width() - 2 * NAMES))
        wide = painter.fontMetrics().horizontalAdvance(words)
        place = QRectF(NAMES, rect.top(), wide + 1, rect.height() - 1)
        painter.fillRect(place.adjusted(-3, 2, 3, -2), _faint(self.palette().color(QPalette.ColorRole.Window), 0.8))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _polygons(self) -> list[QPolygonF]:
        """The area under each curve in a lane that starts at 0; recomputed for another width or length."""
        key = self.width(), self.seconds
        if self._shapes[0] != key:
            self._shapes = key, [self._polygon(curve) for curve in self.curves.values()]
        return self._shapes[1]

    def _polygon(self, curve: NDArray[np.float32]) -> QPolygonF:
        scale, high = self.scale, LANE - 3
        a_pixel = max(1, round(self._fps * scale.length(1.0)))  # of the values that share a pixel, the loudest is shown
        points = []
        last = min(len(curve), int(self.seconds * self._fps) + 1)
        for start in range(0, last, a_pixel):
            level = float(curve[start : min(start + a_pixel, last)].max())
            points.append(QPointF(scale.x(min(start / self._fps, self.seconds)), LANE - 1 - high * level))
        if not points:
            return QPolygonF()
        return QPolygonF([QPointF(points[0].x(), LANE - 1), *points, QPointF(points[-1].x(), LANE - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._dragging = True
            self.pick(place)
            self.scrubbed.emit(self.scale.time(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.scrubbed.emit(self.scale.time(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (place := self.place_at(event.position())) >= 0:
            self.asked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        if step and self.curves:
            self.pick(min(max(self.current + step, 0), len(self.curves) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self.current < len(self.curves):
            self.asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())


def _faint(colour: QColor, share: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(share)
    return faint
