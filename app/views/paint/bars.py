"""The brushes, and the choice of the picture to paint on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSlider, QWidget

from zscape.app.widgets.drawing.colour_bar import ColourBar
from zscape.app.widgets.drawing.paint_pad import PICK, WIDTH
from zscape.app.widgets.strip import Strip
from zscape.models.media.wishes import FREE, KEEP, MUST, MUST_NOT

TOOLS = {
    MUST: ("brush", "Must be", "Paint the chosen colour where it has to be"),
    MUST_NOT: ("brush-off", "Must not be", "Paint the chosen colour where it must not be"),
    FREE: ("checkerboard", "Free", "Erase: what is here may be anything, and is filled in"),
    KEEP: ("eraser", "Keep", "Remove paint: here the picture stays as it was. The right button does so with every brush"),
    PICK: ("eyedropper", "Pick", "Click on the picture to paint with its colour"),
}


class BrushBar(ColourBar):
    """width_changed(fraction of the picture's width)."""

    width_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, TOOLS, (FREE, KEEP), named=True, ground=False)
        self.brush = QSlider(Qt.Orientation.Horizontal)
        self.brush.setRange(2, 40)
        self.brush.setValue(round(100 * WIDTH))
        self.brush.setFixedWidth(56)
        self.brush.setToolTip("How wide the brush is")
        self.brush.valueChanged.connect(lambda value: self.width_changed.emit(value / 100))
        self.add_to_colours(self.brush, "Size")
        self.add_stretch()


class CanvasStrip(Strip):
    """point_asked(), empty_asked(), open_asked(), paste_asked(), clear_asked(), result_asked(). Its right end is free."""

    point_asked = Signal()
    empty_asked = Signal()
    open_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    result_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point, self.empty = QPushButton("Current point"), QPushButton("Empty paper")
        self.open, self.paste = QPushButton("Open\u2026"), QPushButton("Paste")
        self.clear, self.result = QPushButton("Clear"), QPushButton("Use result")
        for button, asked, tip in (
            (self.point, self.point_asked, "Paint on the picture at the current point"),
            (self.empty, self.empty_asked, "Paint on empty paper: nothing but the paint counts"),
            (self.open, self.open_asked, "Paint on a picture of yours"),
            (self.paste, self.paste_asked, "Paint on the picture on the clipboard"),
            (self.result, self.result_asked, "Continue from the result: paint on it"),
            (self.clear, self.clear_asked, "Take all paint away"),
        ):
            button.setToolTip(tip)
            button.clicked.connect(asked)
            self.add(button)
            if button is self.result:
                self.add_gap()
