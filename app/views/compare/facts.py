"""The comparison in words and numbers, beside the heat map."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from zscape.app.views.compare.state import SCALES
from zscape.app.widgets.pictures.pixels import to_image

BAR = 12
"""The height of the colour bar."""


class HeatBar(QWidget):
    """The colours of the heat map and their values. scale: the factor by which they are stretched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 1
        self._colours = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("From black, no difference, to pale yellow")
        self.setAccessibleName("Colours of the difference")

    def show_scale(self, scale: int) -> None:
        """Set the value of the last colour."""
        if self._colours.isNull():
            import numpy as np

            from zscape.models.media.difference import heat

            row = heat(np.linspace(0, 1, 256, dtype=np.float32))[None]
            self._colours = to_image(np.concatenate([row[..., ::-1], np.full_like(row[..., :1], 255)], axis=2))
        self._scale = scale
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, BAR + 4 + self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawImage(QRectF(0, 0, self.width(), BAR), self._colours)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            line = QRectF(0, BAR + 4, self.width(), self.height() - BAR - 4)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "the same")
            most = f"{100 / self._scale:.3g} %" + (" or more" if self._scale > 1 else "")
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, most)


class Facts(QScrollArea):
    """How different the two sides are, what the colours mean, and what differs for the second model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.apart, self.note = QLabel(), QLabel()
        self.bar = HeatBar()
        self.scale = QComboBox()
        self.scale.addItems([f"Up to {100 / scale:.3g} %" for scale in SCALES])
        self.scale.setAccessibleName("Scale of the difference")
        self.scale.setToolTip("What the brightest colour stands for: less shows finer differences")
        self.scale.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for label in (self.apart, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "small")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        for widget in (self.apart, self.bar, self.scale, self.note):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(72)

    def say(self, apart: str, notes: str, drawn: bool, scale: int) -> None:
        """drawn: whether there is a heat map, with its colours stretched by `scale`."""
        self.apart.setText(apart)
        self.apart.setVisible(bool(apart))
        self.note.setText(notes)
        self.note.setVisible(bool(notes))
        self.bar.setVisible(drawn)
        self.scale.setVisible(drawn)
        if drawn:
            self.bar.show_scale(scale)
