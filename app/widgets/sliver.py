"""What is seen of a row at the lower edge of a list that scrolls: it is left out, so that no row is cut.

Rows of pictures or sliders of one height do so; words, whose rows differ, stand in WholeLines, controls of a panel in TallScroll.
"""

from __future__ import annotations


def sliver(height: int, rows: int, row: int) -> int:
    """Of a list seen through `height` pixels, what is seen of a row at the lower edge.

    rows: the height of the whole list; one that fits has none. row: the height of each; the first is always seen.
    """
    return height % row if row < height < rows else 0
