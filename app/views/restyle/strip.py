"""The sources of the picture to restyle, and the pen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSlider, QWidget

from zscape.app.widgets.drawing.draw_pad import BRUSH
from zscape.app.widgets.strip import Strip


class RestyleStrip(Strip):
    """open_asked(), paste_asked(), example_asked(), clear_asked(); brush_changed(pixels of the paper). Its right end is free."""

    open_asked = Signal()
    paste_asked = Signal()
    example_asked = Signal()
    clear_asked = Signal()
    brush_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open, self.paste = QPushButton("Open\u2026"), QPushButton("Paste")
        self.example, self.clear = QPushButton("Example"), QPushButton("Clear")
        for button, asked, tip in (
            (self.open, self.open_asked, "Open a picture; dark on light is inverted"),
            (self.paste, self.paste_asked, "Take the picture on the clipboard"),
            (self.example, self.example_asked, "Take one of the pictures that come with Zscape, another each time"),
            (self.clear, self.clear_asked, "Start again with black paper"),
        ):
            button.setToolTip(tip)
            button.clicked.connect(asked)
            self.add(button)
        self.crop = QPushButton("Crop")
        self.crop.setCheckable(True)
        self.crop.setToolTip("Choose which part of your photograph the model sees: move, scale and turn the box")
        self.add(self.crop)
        self.add_gap()
        self.brush = QSlider(Qt.Orientation.Horizontal)
        self.brush.setRange(8, 48)
        self.brush.setValue(BRUSH)
        self.brush.setFixedWidth(56)
        self.brush.setToolTip("How thick the pen draws")
        self.brush.valueChanged.connect(self.brush_changed)
        self.add(self.brush, "Pen")
        self.add_stretch()
