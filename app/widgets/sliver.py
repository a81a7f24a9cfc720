"""What is seen of a row at the lower edge of a list that scrolls, where it is too little to be of use."""

from __future__ import annotations


def sliver(height: int, rows: int, row: int) -> int:
    """Of a list seen through `height` pixels, what is seen of a row at the lower edge, where that is less than a third of one.

    rows: the height of the whole list; one that fits has none. row: the height of each.
    """
    left = height % row
    return left if height < rows and height > row and left * 3 < row else 0
