"""Chooses the number of tiles per line that makes all tiles as large as possible."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, QSizeF

from zscape.app.widgets.pictures.magnifier import Magnifier

NEAR = 0.92
"""The fraction of the largest zoom to which tiles may shrink if the last line is fuller then."""


def columns_that_fit(count: int, tile: QSize, room: QSize, group: int = 1) -> int:
    """The number of tiles per line for `count` tiles, a multiple of `group`: about the largest tiles that fit in `room`,
    preferably with a whole-number zoom and with a full last line.

    tile: its size in pixels of the picture. room: in screen pixels.
    """
    count = max(count, 1)  # there are no tiles before a model is open
    groups = math.ceil(count / group)
    zooms = {}
    for each in range(1, groups + 1):
        columns = each * group
        size = QSizeF(columns * tile.width(), math.ceil(count / columns) * tile.height())
        zooms[columns] = Magnifier.fitting(size, QSizeF(room))
    near = [columns for columns, zoom in zooms.items() if zoom >= NEAR * max(zooms.values())]

    def worth(columns: int) -> tuple[bool, float, float]:
        return zooms[columns].is_integer(), ((count - 1) % columns + 1) / columns, zooms[columns]

    return max(near, key=worth)
