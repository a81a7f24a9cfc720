"""A histogram with a brush: dragging over it selects a range."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

BINS, HEIGHT, LEAST = 40, 30, 4.0
"""LEAST: in pixels; a shorter drag is a click, which selects nothing."""
BEYOND = 1e30
"""Stands for an open end of a range, because sessions hold finite numbers only."""
EDGE = 5.0
"""The distance in pixels within which an end of the range is grabbed."""


class Histogram(QWidget):
    """The distribution of a number, of all values and (in colour) of the selected ones.

    brushed(low, high): a range is being selected; released(): the mouse was released. cleared(): a click removed the range.
    Keys: Left and Right move the range, with Shift its upper end, Delete removes it.
    """

    brushed = Signal(float, float)
    released = Signal()
    cleared = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.range: tuple[float, float] | None = None
        self._all = np.zeros(BINS)
        self._some: NDArray[np.float64] | None = None
        self.low, self.high = 0.0, 1.0
        self._held: tuple[float, float] | None = None  # the fixed end, and the value at the start of the drag
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Histogram of {name}")
        self.setToolTip(f"{name}: drag over a range to show only that; click to show all again")
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, HEIGHT)

    def show_values(self, values: NDArray[np.float64]) -> None:
        """Show the histogram of values [N]; values beyond a thousandth at each end are counted in the first and last bin."""
        low, high = (float(each) for each in np.quantile(values, (0.001, 0.999))) if len(values) else (0.0, 1.0)
        if high - low < 1e-12:
            low, high = low - 0.5, high + 0.5
        self.low, self.high = low, high
        self._all, self._some = self._counted(values), None
        self.update()

    def show_chosen(self, values: NDArray[np.float64] | None) -> None:
        """Set the selected values, None for all."""
        self._some = None if values is None else self._counted(values)
        self.update()

    def show_range(self, chosen: tuple[float, float] | None) -> None:
        """Set the selected range, None for none."""
        self.range = chosen
        self.setAccessibleDescription("everything" if chosen is None else self.words)
        self.update()

    @property
    def words(self) -> str:
        """The selected range, or else the full range, as text."""
        low, high = self.range or (self.low, self.high)
        if low <= -BEYOND or high >= BEYOND:
            return f"up to {high:.3g}" if high < BEYOND else f"from {low:.3g}" if low > -BEYOND else "all"
        return f"{low:.3g} to {high:.3g}"

    def _counted(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        places = ((np.asarray(values) - self.low) / (self.high - self.low) * BINS).astype(np.int64)
        return np.bincount(np.clip(places, 0, BINS - 1), minlength=BINS).astype(np.float64)

    def x_of(self, value: float) -> float:
        """The pixel of a value."""
        return (value - self.low) / (self.high - self.low) * self.width()

    def value_at(self, x: float) -> float:
        """The value at a pixel."""
        return self.low + min(max(x / max(self.width(), 1), 0.0), 1.0) * (self.high - self.low)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        accent = palette.color(role.Highlight)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), palette.color(role.Base))
            tallest = np.sqrt(max(self._all.max(), 1.0))  # by square roots, so that rare values are visible beside common ones
            quiet = palette.color(role.PlaceholderText)
            quiet.setAlpha(110)
            chosen = self._all if self._some is None else self._some
            for counts, colour in ((self._all, quiet), (chosen, accent)):
                self._paint_bars(painter, np.sqrt(counts) / tallest, colour)
            if self.range is not None:
                shade = QColor(accent)
                shade.setAlpha(40)
                # An open end is drawn just beyond the edge, because Qt does not fill areas wider than its integers.
                left, right = (min(max(self.x_of(each), -2.0), self.width() + 2.0) for each in self.range)
                painter.fillRect(QRectF(left, 0, max(1.0, right - left), self.height()), shade)
                painter.setPen(QPen(accent, 1.5))
                for x in (left, right):
                    painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.setPen(accent if self.hasFocus() else palette.color(role.Midlight))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_bars(self, painter: QPainter, shares: NDArray[np.float64], colour: QColor) -> None:
        wide, high = self.width() / BINS, self.height() - 4
        for place, share in enumerate(shares.tolist()):
            if share:
                tall = max(1.0, share * high)
                painter.fillRect(QRectF(place * wide, self.height() - 1 - tall, max(1.0, wide - 1), tall), colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        x = event.position().x()
        value, self._moved = self.value_at(x), False
        self._held = value, x
        if self.range is not None:
            left, right = (self.x_of(each) for each in self.range)
            if abs(x - right) <= EDGE:
                self._held = self.range[0], x
            elif abs(x - left) <= EDGE:
                self._held = self.range[1], x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        x = event.position().x()
        if self._moved or abs(x - self._held[1]) >= LEAST:
            self._moved = True
            self._brush(self._held[0], self.value_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and event.button() == Qt.MouseButton.LeftButton:
            self._held = None
            if self._moved:
                self.released.emit()
            elif self.range is not None:
                self.cleared.emit()

    def _brush(self, one: float, other: float) -> None:
        low, high = sorted((one, other))
        # Beyond the ends are the few values counted in the first and the last bar.
        span = self.high - self.low
        low = -np.inf if low <= self.low + 1e-9 * span else low
        high = np.inf if high >= self.high - 1e-9 * span else high
        low, high = max(low, -BEYOND), min(high, BEYOND)
        self.show_range((low, high))
        self.brushed.emit(low, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = Qt.Key(event.key()), (self.high - self.low) / BINS
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape) and self.range is not None:
            self.cleared.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = step if key == Qt.Key.Key_Right else -step
            third = (self.high - self.low) / 3
            low, high = self.range or (self.low + third, self.high - third)
            low, high = max(low, self.low), min(high, self.high)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                high += step
            elif self.range is not None:
                low, high = low + step, high + step
            self._brush(low, max(high, low + abs(step)))
            self.released.emit()
        else:
            super().keyPressEvent(event)
