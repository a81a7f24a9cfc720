"""The colours of heat maps, and their legend."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VIRIDIS = (
    (68, 1, 84), (72, 40, 120), (62, 74, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121), (110, 206, 88),
    (181, 222, 43), (253, 231, 37),
)  # fmt: skip
"""By S. van der Walt and N. Smith (2015, CC0): uniform steps of lightness, also for colour-blind people."""
SHADES = 256
FLAT = 1e-6
"""A range smaller than this relative size is a rounding error and drawn in one colour."""
HEIGHT = 24
LEAST, MOST = 184, 360
"""The width that the text needs, and the width beyond which the numbers would be too far from the text."""


@cache
def shades(flipped: bool = False) -> NDArray[np.uint8]:
    """The colours from low to high: uint8 [SHADES, 4], in the byte order of ARGB32. flipped: from high to low."""
    import numpy as np

    places = np.linspace(0, len(VIRIDIS) - 1, SHADES)
    channels = [np.interp(places, range(len(VIRIDIS)), channel) for channel in zip(*VIRIDIS, strict=True)]
    found = np.full((SHADES, 4), 255, np.uint8)
    for place, channel in enumerate(reversed(channels)):  # blue, green, red
        found[:, place] = np.rint(channel)
    return found[::-1].copy() if flipped else found


def heat_image(values: NDArray[np.float32], low: float, high: float, flipped: bool = False) -> QImage:
    """Values [H, W] as colours from `low` to `high`; NaN is transparent."""
    import numpy as np

    known = np.isfinite(values)
    span = high - low
    flat = span <= FLAT * max(1.0, abs(low), abs(high))
    share = np.full(values.shape, 0.5) if flat else np.clip((np.nan_to_num(values) - low) / span, 0, 1)
    pixels = shades(flipped)[np.rint(share * (SHADES - 1)).astype(int)]
    pixels[~known] = 0
    height, width = values.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


class HeatLegend(QWidget):
    """A line below a heat map: what it shows, if there is space, and the numbers at both ends of its colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = self.unit = ""
        self._range: tuple[float, float] | None = None
        self._flipped = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the heat map")

    def show_range(self, words: str, values: tuple[float, float] | None, unit: str = "", flipped: bool = False) -> None:
        """Set what the colours mean; without values, or with two that are the same, only text is shown.

        unit: shown if there is space.
        """
        if (words, values, unit, flipped) != (self.words, self._range, self.unit, self._flipped):
            self.words, self._range, self.unit, self._flipped = words, values, unit, flipped
            low, high = self._ends()
            self.setAccessibleDescription(self._text() or f"{words}: {low} to {high} {unit}".rstrip())
            self.update()

    def _ends(self) -> tuple[str, str]:
        """Both ends of the colours as text, "" without values."""
        return ("", "") if self._range is None else (f"{self._range[0]:.3g}", f"{self._range[1]:.3g}")

    def _text(self) -> str:
        """All there is to say without values, or with the same one everywhere; "" if the colours mean something."""
        low, high = self._ends()
        return self.words if not low else f"{self.words}: {low} everywhere" if low == high else ""

    def sizeHint(self) -> QSize:
        return QSize(LEAST, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        dim = self.palette().color(QPalette.ColorRole.PlaceholderText)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 8 / 9)
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setFont(font)
            painter.setPen(dim)
            room = QRectF(0, 0, min(self.width(), MOST), self.height())
            metrics = painter.fontMetrics()
            low, high = self._ends()
            if low == high:
                words = self._text()
                if low and metrics.horizontalAdvance(words) > room.width():
                    words = f"{low} everywhere"
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
                painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, words)
                return
            ends = [metrics.horizontalAdvance(each) for each in (low, high)]
            bar = min(120.0, max(40.0, room.width() / 4))
            right = room.right() - ends[1]
            place = QRectF(right - 8 - bar, room.center().y() - 4, bar, 8)
            painter.drawText(QRectF(right, 0, ends[1], room.height()), middle, high)
            painter.drawText(QRectF(place.left() - 8 - ends[0], 0, ends[0], room.height()), middle, low)
            left = int(place.left() - 24 - ends[0])
            whole = f"{self.words} ({self.unit})" if self.unit else self.words
            said = next((each for each in (whole, self.words) if metrics.horizontalAdvance(each) <= left), "")
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, said)
            colours = shades(self._flipped)
            strip = QImage(colours.tobytes(), SHADES, 1, 4 * SHADES, QImage.Format.Format_ARGB32)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, strip)
