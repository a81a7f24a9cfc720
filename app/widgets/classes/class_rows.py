"""The classes of a data set: the name, number of pictures, and some pictures of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.layouts.tall_scroll import ROWS
from zscape.app.widgets.tipped import Tipped

SIDE, GAP = 32, 4
ROW = SIDE + 8
WORDS = (80, 160)
"""The minimum and maximum pixels for long class names; between them, a quarter of the width. Short names take what they need."""


@dataclass(frozen=True)
class ClassRow:
    """One class. pictures: some of its pictures."""

    name: str
    count: int
    pictures: Sequence[QImage]


class ClassRows(Tipped):
    """One row per class; only the visible part is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ClassRow] = ()
        self._widest = 0  # the widest text of a class
        self.setProperty(ROWS, ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Classes of the data")
        self.setToolTip("Some pictures of each class, and how many it has")

    def show_rows(self, rows: Sequence[ClassRow]) -> None:
        """Show these classes."""
        self.rows = rows
        said = self.fontMetrics().horizontalAdvance
        self._widest = max((max(said(row.name), said(f"{row.count:,}")) for row in rows), default=0)
        self.setFixedHeight(max(1, ROW * len(rows)))
        self.setAccessibleDescription(", ".join(f"{row.name}: {row.count:,}" for row in rows[:100]))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(WORDS[0] + 2 * (SIDE + GAP), max(1, ROW * len(self.rows)))

    def sizeHint(self) -> QSize:
        return QSize(WORDS[0] + 4 * (SIDE + GAP), max(1, ROW * len(self.rows)))

    def _words(self) -> int:
        return min(max(self.width() // 4, WORDS[0]), WORDS[1], self._widest + 3 * GAP)

    def place_of(self, row: int, picture: int) -> QRectF:
        """The rectangle of a picture."""
        return QRectF(self._words() + GAP + picture * (SIDE + GAP), ROW * row + (ROW - SIDE) / 2, SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, metrics = self.palette(), self.fontMetrics()
        first, last = max(0, event.rect().top() // ROW), min(len(self.rows) - 1, event.rect().bottom() // ROW)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for index in range(first, last + 1):
                row, top = self.rows[index], ROW * index
                upper = QRectF(0, top + 2, self._words() - GAP, ROW / 2 - 2)
                lower = upper.translated(0, ROW / 2 - 2)
                painter.setPen(palette.color(QPalette.ColorRole.WindowText))
                name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, int(upper.width()))
                painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, name)
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(lower, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, f"{row.count:,}")
                for number, picture in enumerate(row.pictures):
                    place = self.place_of(index, number)
                    if place.right() > self.width():
                        break
                    painter.drawImage(_within(picture.size(), place), picture)

    def tip_at(self, position: QPointF) -> str:
        index = int(position.y() // ROW)
        if not 0 <= index < len(self.rows):
            return self.toolTip()
        return f"{self.rows[index].name}: {self.rows[index].count:,} pictures"


def _within(size: QSize, place: QRectF) -> QRectF:
    """The largest centred rectangle in `place` with the proportions of `size`."""
    zoom = min(place.width() / size.width(), place.height() / size.height())
    width, height = size.width() * zoom, size.height() * zoom
    corner = place.center() - QPointF(width / 2, height / 2)
    return QRectF(corner.x(), corner.y(), width, height)
