"""What is seen of a row at the lower edge of a list that scrolls, where it is too little to be of use.

Rows of pictures or sliders of one height leave that out; words, whose rows differ, stand in WholeLines.
"""

from __future__ import annotations


def sliver(height: int, rows: int, row: int, least: float = 1 / 3) -> int:
    """Of a list seen through `height` pixels, what is seen of a row at the lower edge, where that is less than `least` of one.

    rows: the height of the whole list; one that fits has none. row: the height of each. least: a share of it, 1 for whole rows.
    """
    left = height % row
    return left if height < rows and height > row and left < least * row else 0
