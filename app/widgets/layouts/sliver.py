"""Avoids a partial row at the lower edge of a scrolling list: the visible sliver of a row is left out.

For rows of pictures or sliders of equal height; text with different rows uses WholeLines, controls of a panel TallScroll.
"""

from __future__ import annotations


def sliver(height: int, rows: int, row: int) -> int:
    """The visible height of a partial row at the lower edge of a list in a viewport of `height` pixels.

    rows: the height of the whole list; if it fits there is no sliver. row: the height of each row; the first is always visible.
    """
    return height % row if row < height < rows else 0
