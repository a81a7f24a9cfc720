"""The picture with the gradient of the discriminator's output over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.pictures.sheet import Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRIGHTER, DARKER = (220, 40, 40), (40, 90, 230)
"""The colours where a brighter or a darker pixel would look more real; red, green, blue."""
OPAQUE = 200
"""The opacity, of 255, where the gradient is largest."""


class JudgedSheet(Sheet):
    """A sheet of one picture that can show the gradient over it."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._over = QImage()

    def show_gradient(self, gradient: NDArray[np.float32] | None) -> None:
        """Show the gradient [H, W] over the picture; the opacity of each pixel is relative to the largest value."""
        if gradient is None:
            self._over = QImage()
        else:
            largest = float(np.abs(gradient).max()) or 1.0
            share = np.abs(gradient) / largest
            pixels = np.empty((*gradient.shape, 4), np.uint8)
            pixels[..., :3] = np.where(gradient[..., None] > 0, np.array(BRIGHTER, np.uint8), np.array(DARKER, np.uint8))
            pixels[..., 3] = (OPAQUE * share).astype(np.uint8)
            height, width = gradient.shape
            self._over = QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        self.update()

    @property
    def has_gradient(self) -> bool:
        """Whether a gradient is shown."""
        return not self._over.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.has_gradient and self.frame is not None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self.zoom().is_integer())
                painter.drawImage(self.picture_rect(), self._over)
