"""The zoom and position of a picture: fitted into its widget, or enlarged around a point."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF

MOST = 128.0
"""The most screen pixels per picture pixel."""
STEP = 1.25
"""The minimum factor between zoom levels; from 1 up, levels are whole numbers, so that all pixels have the same size."""
SHARE = 0.8
"""A fitted picture has a whole-number zoom if that uses at least this fraction of the possible side."""


class Magnifier:
    """The zoom of one picture in one widget. All lengths are in screen pixels; `size` is the picture's, `room` the widget's."""

    def __init__(self) -> None:
        self._zoom: float | None = None  # None: fitted
        self._centre = QPointF(0.5, 0.5)  # the point of the picture in the middle of the room, from 0 to 1

    def fits(self) -> bool:
        """Whether the whole picture is visible."""
        return self._zoom is None

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._centre = None, QPointF(0.5, 0.5)

    @staticmethod
    def fitting(size: QSizeF, room: QSizeF) -> float:
        """The largest zoom at which the whole picture is visible: a whole number unless that wastes too much space (SHARE)."""
        most = min(room.width() / size.width(), room.height() / size.height())
        whole = float(math.floor(most))
        return whole if whole >= SHARE * most else most

    def zoom(self, size: QSizeF, room: QSizeF) -> float:
        """Screen pixels per picture pixel."""
        return max(self._zoom or 0.0, self.fitting(size, room))

    def rect(self, size: QSizeF, room: QSizeF) -> QRectF:
        """The rectangle of the picture, on whole pixels; larger than the room if it is enlarged."""
        drawn = size * self.zoom(size, room)
        left = _start(drawn.width(), room.width(), self._centre.x())
        top = _start(drawn.height(), room.height(), self._centre.y())
        return QRectF(left, top, drawn.width(), drawn.height())

    def step(self, inwards: bool, at: QPointF, size: QSizeF, room: QSizeF) -> None:
        """Go to the next zoom level; the point at `at` stays there."""
        before, fit = self.rect(size, room), self.fitting(size, room)
        zoom = self.zoom(size, room)
        zoom = _above(zoom) if inwards else _below(zoom)
        if zoom <= fit:
            self.fit()
            return
        self._zoom = min(zoom, max(MOST, fit))
        drawn = size * self._zoom
        x = (at.x() - before.x()) / before.width() - (at.x() - room.width() / 2) / drawn.width()
        y = (at.y() - before.y()) / before.height() - (at.y() - room.height() / 2) / drawn.height()
        self._centre = QPointF(_inside(x, drawn.width(), room.width()), _inside(y, drawn.height(), room.height()))

    def pan(self, by: QPointF, size: QSizeF, room: QSizeF) -> None:
        """Move the picture by `by` pixels, as far as possible."""
        drawn = size * self.zoom(size, room)
        x, y = self._centre.x() - by.x() / drawn.width(), self._centre.y() - by.y() / drawn.height()
        self._centre = QPointF(_inside(x, drawn.width(), room.width()), _inside(y, drawn.height(), room.height()))


def _above(zoom: float) -> float:
    return zoom * STEP if zoom * STEP < 1 else float(max(math.floor(zoom) + 1, round(zoom * STEP)))


def _below(zoom: float) -> float:
    return zoom / STEP if zoom <= 1 else float(max(1, min(math.ceil(zoom) - 1, round(zoom / STEP))))


def _start(length: float, room: float, centre: float) -> float:
    return float(math.floor(room / 2 - _inside(centre, length, room) * length))


def _inside(centre: float, length: float, room: float) -> float:
    """`centre`, limited so that no space is left beside the picture; a half if it fits."""
    margin = room / length / 2
    return 0.5 if margin >= 0.5 else min(max(centre, margin), 1 - margin)
