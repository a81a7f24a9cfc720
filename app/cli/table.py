"""Plain-text tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

GAP = "  "
NARROWEST = 8
"""The smallest width of a shortened cell."""


def table(rows: Sequence[tuple[str, ...]], width: int | None = None, shorten: Sequence[int] = ()) -> None:
    """Print rows of cells with aligned columns.

    width: the maximum width of a row in terminal columns; the cells of the columns `shorten` (the widest first) are cut with an
    ellipsis to fit, at most down to NARROWEST. Unprintable characters (line ends, escapes) become question marks.
    """
    clean = [tuple("".join(c if c.isprintable() else "?" for c in cell) for cell in row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*clean, strict=True)]
    while width is not None and sum(widths) + len(GAP) * (len(widths) - 1) > width:
        widest = max(shorten, key=lambda column: widths[column], default=None)
        if widest is None or widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    for row in clean:
        print(GAP.join(shortened(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip())


def shortened(text: str, size: int) -> str:
    """`text` in exactly `size` terminal columns: padded with spaces, or cut with an ellipsis."""
    return set_cell_size(text, size) if cell_len(text) <= size else f"{set_cell_size(text, size - 1)}…"
