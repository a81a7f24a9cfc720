"""The picture panel: an image input of the model, drawn with the colours of its palette, opened or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.widgets.drawing.palette_pad import PalettePad
from zscape.app.widgets.pasted import pasted
from zscape.app.work.asked_picture import asked_picture
from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.picture import Picture, PictureValue


class PictureControl(InputControl):
    """A drawing pad, and buttons for other sources of a picture."""

    target: Picture

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        height, width, channels = self.target.size
        self.pad = PalettePad(width, height, channels, self.target.palette)
        self.pad.setToolTip("Draw with the left button; choose a colour below. Pictures can be dropped here")
        self.pad.setAccessibleName(f"The picture {self.target.name}")
        self.column.addWidget(self.pad, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        for words, tip, run in (
            ("Open…", "Open a picture; it is brought to the model's size", self._open),
            ("Paste", "Take the picture on the clipboard", self._paste),
            ("Clear", "Start again with blank paper", lambda: self.edit("clear the picture", PictureValue())),
        ):
            button = QPushButton(words)
            button.setToolTip(tip)
            button.clicked.connect(run)
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)
        self.pad.pressed.connect(self.gesture.begin)
        self.pad.released.connect(self.gesture.end)
        self.pad.drawn.connect(self._take_drawing)
        self.pad.given.connect(self._take_file)
        self.refresh()

    def refresh(self) -> None:
        self.pad.show_image(self.target.image(self.value))

    def _take_drawing(self) -> None:
        self.edit("draw", PictureValue.of(self.pad.image()), self.gesture.move())

    def _take_file(self, source: Path | bytes) -> None:
        from zscape.models.media.images import read_image
        from zscape.models.media.resize import resized

        try:
            value = PictureValue.of(resized(read_image(source), self.target.size))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
        else:
            self.edit("open picture", value)

    def _open(self) -> None:
        path = asked_picture(self.context.settings, self)
        if path is not None:
            self._take_file(path)

    def _paste(self) -> None:
        if not self.pad.take(pasted()):
            self.session.message.emit("There is no picture on the clipboard: copy one first.", True)


class PicturePanel(InputPanel):
    """A control for each picture input."""

    kind = Picture
    control_type = PictureControl
