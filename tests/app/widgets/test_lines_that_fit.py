"""The number of tiles in a line."""

import pytest
from PySide6.QtCore import QSize

from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit


@pytest.mark.parametrize(
    ("count", "room", "columns"),
    [
        (26, (541, 563), 6),  # not 5, which would leave Z alone in the last line
        (62, (541, 563), 8),
        (26, (1000, 200), 13),
        (10, (300, 120), 5),
        (10, (700, 64), 10),
        (1, (541, 563), 1),
        (3, (64, 640), 1),
    ],
)
def test_tiles_are_as_large_as_the_room_allows(count, room, columns):
    assert columns_that_fit(count, QSize(64, 64), QSize(*room)) == columns


@pytest.mark.parametrize("count", [2, 7, 26, 62])
def test_a_line_has_whole_groups_and_a_group_more_makes_no_tile_larger(count):
    columns = columns_that_fit(4 * count, QSize(64, 64), QSize(541, 563), 4)
    assert columns % 4 == 0
    assert columns <= 4 * count
