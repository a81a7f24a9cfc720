"""Make resources/icons/zscape.svg and zscape.png: nine tiles that morph from circles into squares.

QT_QPA_PLATFORM=offscreen python scripts/make_icon.py
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

OUT = Path(__file__).parents[1] / "resources" / "icons"
SIDE, MARGIN, TILE, GAP = 256, 44, 48, 12
FROM, TO = (94, 205, 196), (88, 108, 235)


def svg() -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">',
        f'  <rect width="{SIDE}" height="{SIDE}" rx="56" fill="#1d2026"/>',
    ]
    for index in range(9):
        row, column = divmod(index, 3)
        way = (row + column) / 4  # 0 at the top left, 1 at the bottom right
        colour = "#" + "".join(f"{round(a + (b - a) * way):02x}" for a, b in zip(FROM, TO, strict=True))
        x, y = (MARGIN + place * (TILE + GAP) for place in (column, row))
        parts.append(f'  <rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="{TILE / 2 - 19 * way:g}" fill="{colour}"/>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    drawing = svg()
    (OUT / "zscape.svg").write_text(drawing)
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    image.save(str(OUT / "zscape.png"))


if __name__ == "__main__":
    main()
