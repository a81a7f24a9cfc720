"""Maps the places of a pad to the screen: a square of the pad fills a square of pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

View = tuple[float, float, float]
"""Middle x, middle y and side of a square of a pad; y points upwards."""


@dataclass(frozen=True)
class Square:
    """view: the square of the pad. rect: the square of the widget."""

    view: View
    rect: QRectF

    def pixel(self, place: tuple[float, float]) -> QPointF:
        """The pixel of a place."""
        x, y, side = self.view
        scale = self.rect.width() / side
        return self.rect.center() + QPointF((place[0] - x) * scale, (y - place[1]) * scale)

    def place(self, pixel: QPointF) -> tuple[float, float]:
        """The place at a pixel."""
        x, y, side = self.view
        away = (pixel - self.rect.center()) * (side / self.rect.width())
        return x + away.x(), y - away.y()

    def rect_of(self, view: View) -> QRectF:
        """The rectangle of another square of the pad."""
        x, y, side = view
        top, bottom = self.pixel((x - side / 2, y + side / 2)), self.pixel((x + side / 2, y - side / 2))
        return QRectF(top, bottom)

    def zoomed(self, factor: float, about: QPointF) -> View:
        """The visible square after zooming in by `factor`; the point at `about` stays there."""
        x, y, side = self.view
        place = self.place(about)
        return place[0] + (x - place[0]) / factor, place[1] + (y - place[1]) / factor, side / factor

    def moved(self, by: QPointF) -> View:
        """The visible square after moving the content by that many pixels."""
        x, y, side = self.view
        scale = side / self.rect.width()
        return x - by.x() * scale, y + by.y() * scale, side

    def sees(self, place: tuple[float, float]) -> bool:
        """Whether a place is inside."""
        x, y, side = self.view
        return max(abs(place[0] - x), abs(place[1] - y)) <= side / 2 * (1 + 1e-6)


def ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Round numbers from `low` to `high`, at most `most`: in steps of 1, 2 or 5 times a power of 10."""
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 9) + 0.0 for number in range(first, last + 1)]
