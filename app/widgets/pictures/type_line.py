"""A line of type, drawn from its outlines, as large as it fits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from zscape.models.lettering.line import SetLine

MARGIN = 32


class TypeLine(QWidget):
    """Shows one line, or a text that says why there is none. painted(line): a new one is on screen."""

    painted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(160, 120)
        self.line: SetLine | None = None
        self.words = ""
        self._path = QPainterPath()
        self._fresh = False

    def show_line(self, line: SetLine) -> None:
        """Show a line instead of the current content."""
        self.line, self.words = line, ""
        self._path = path_of(line)
        self._fresh = True
        self.setAccessibleDescription(line.text)
        self.update()

    def say(self, words: str) -> None:
        """Show text below the line, or alone if there is no line yet."""
        self.words = words
        self.update()

    def clear(self, words: str) -> None:
        """Show only text."""
        self.line, self._path = None, QPainterPath()
        self.say(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self.line is not None and room.width() > 0 and room.height() > 0:
            box = self._path.boundingRect().united(
                QRectF(0, -self.line.ascent, self.line.width, self.line.ascent - self.line.descent)
            )
            scale = min(room.width() / box.width(), room.height() / box.height())
            painter.save()
            painter.translate(room.center())
            painter.scale(scale, scale)
            painter.translate(-box.center())
            painter.fillPath(self._path, self.palette().color(QPalette.ColorRole.WindowText))
            painter.restore()
        if self.words:
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            where = Qt.AlignmentFlag.AlignVCenter if self.line is None else Qt.AlignmentFlag.AlignBottom
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(room.adjusted(0, 0, 0, MARGIN / 2), int(flags | where), self.words)
        painter.end()
        if self._fresh and self.line is not None:
            self._fresh = False
            self.painted.emit(self.line)


def path_of(line: SetLine) -> QPainterPath:
    """The outlines of a line, with y downwards, in font units."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for outlines in line.glyphs:
        for outline in outlines:
            for number, piece in enumerate(outline):
                points = [QPointF(x, -y) for x, y in piece.points.tolist()]
                if not number:
                    path.moveTo(points[0])
                if len(points) == 2:
                    path.lineTo(points[1])
                else:
                    path.cubicTo(points[1], points[2], points[3])
            path.closeSubpath()
    return path
