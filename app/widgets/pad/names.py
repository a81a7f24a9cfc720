"""Places the names of a pad's corners: beside their corners, without covering a corner or another name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP = 6.0
"""The pixels from the middle of a corner's dot to its name."""
EDGE = 3.0
"""The pixels at the edge of a name that another may cover: they contain no letters."""
LEVEL = 0.4
"""The sine of the angle up to which a corner counts as at the side, as well as above or below."""
DOT = 2.5
"""The radius of the dot."""


def places_of(spots: Sequence[QPointF], sizes: Sequence[QSizeF], room: QRectF) -> list[QRectF | None]:
    """A place in `room` for the name of each of `spots`, of size sizes[k]; None if there is no free one.

    All names are on the outer side, away from the centre of all spots: in line with it, at the side, above or below.
    """
    if not spots:
        return []
    centre = QPointF(sum(spot.x() for spot in spots) / len(spots), sum(spot.y() for spot in spots) / len(spots))
    dots = [QRectF(spot.x() - DOT, spot.y() - DOT, 2 * DOT, 2 * DOT) for spot in spots]
    taken: list[QRectF] = []
    found: list[QRectF | None] = []
    for spot, size in zip(spots, sizes, strict=True):
        tried = (
            _inside(QRectF(at - QPointF(size.width() / 2, size.height() / 2), size), room) for at in _middles(spot, size, centre)
        )
        place = next((each for each in tried if not any(each.intersects(other) for other in (*dots, *taken))), None)
        found.append(place)
        if place is not None:
            taken.append(place.adjusted(EDGE, EDGE, -EDGE, -EDGE))
    return found


def _middles(spot: QPointF, size: QSizeF, centre: QPointF) -> Iterator[QPointF]:
    """The middles of the places to try, best first."""
    away = spot - centre
    length = math.hypot(away.x(), away.y())
    across, down = (away.x() / length, away.y() / length) if length else (0.0, -1.0)
    wide, high = size.width() / 2 + GAP, size.height() / 2 + GAP
    reach = min(wide / abs(across) if across else math.inf, high / abs(down) if down else math.inf)
    yield spot + QPointF(across * wide, down * high)  # for short names, which form a ring of their own
    yield spot + QPointF(across * reach, down * reach)
    if abs(across) > LEVEL:
        yield spot + QPointF(math.copysign(wide, across), 0)
    for way in (-1, 1):
        if way * down > -LEVEL:
            yield spot + QPointF(0, way * high)


def _inside(place: QRectF, room: QRectF) -> QRectF:
    """`place` moved into `room`."""
    moved = QRectF(place)
    moved.moveLeft(min(max(place.left(), room.left()), room.right() - place.width()))
    moved.moveTop(min(max(place.top(), room.top()), room.bottom() - place.height()))
    return moved
