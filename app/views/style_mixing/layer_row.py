"""A row of small switches, one for each style layer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

SIDE, GAP = 16, 2


class LayerRow(QWidget):
    """Switches for the layers, from the coarsest on the left.

    changed(tuple[int, ...]): the layers that are on now; at least one always is. A click or Space toggles one, a drag sets
    further ones to the same state; the arrow keys move from one to the next.
    """

    changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._on: frozenset[int] = frozenset()
        self._at = 0
        self._turns: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Mixed layers")
        self.setToolTip("The layers that are taken from the first row, the coarsest on the left: click or drag to choose")

    def show_layers(self, count: int, on: tuple[int, ...]) -> None:
        """Set the number of layers, and which are on."""
        if count != self._count:
            self._count = count
            self.updateGeometry()
        self._on, self._at = frozenset(on), min(self._at, max(0, count - 1))
        self.setAccessibleDescription(", ".join(str(layer + 1) for layer in sorted(on)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._count * (SIDE + GAP) + GAP, SIDE + 2 * GAP + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def place(self, layer: int) -> int:
        """The x of the middle of a layer's switch."""
        return GAP + layer * (SIDE + GAP) + SIDE // 2

    def _layer(self, x: float) -> int | None:
        layer = int((x - GAP / 2) // (SIDE + GAP))
        return layer if 0 <= layer < self._count else None

    def _turn(self, layer: int, on: bool) -> None:
        after = self._on | {layer} if on else self._on - {layer}
        if after and after != self._on:
            self.show_layers(self._count, tuple(sorted(after)))
            self.changed.emit(tuple(sorted(after)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer = self._layer(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and layer is not None:
            self._at, self._turns = layer, layer not in self._on
            self._turn(layer, self._turns)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        layer = self._layer(event.position().x())
        if self._turns is not None and layer is not None:
            self._at = layer
            self._turn(layer, self._turns)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._turns = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self._at = min(max(self._at + step, 0), self._count - 1)
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self._turn(self._at, self._at not in self._on)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        accent, quiet = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.PlaceholderText)
        top = (self.height() - SIDE) // 2
        with QPainter(self) as painter:
            painter.setFont(self.font())
            for layer in range(self._count):
                x = GAP + layer * (SIDE + GAP)
                if layer in self._on:
                    painter.fillRect(x, top, SIDE, SIDE, accent)
                painter.setPen(QPen(accent if layer in self._on else quiet, 1))
                painter.drawRect(x, top, SIDE - 1, SIDE - 1)
                if self.hasFocus() and layer == self._at:
                    painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1))
                    painter.drawRect(x + 2, top + 2, SIDE - 5, SIDE - 5)
