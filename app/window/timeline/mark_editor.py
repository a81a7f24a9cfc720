"""Controls for the selected text of the timeline: what it says, and how it looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit

from zscape.app.widgets.controls.choice_box import choice_box
from zscape.app.widgets.controls.fields import leave_undo
from zscape.app.widgets.controls.place_pad import PlacePad
from zscape.app.widgets.drawing.colour_button import ColourButton
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.widgets.strip import Strip
from zscape.models.timeline.marks import KINDS, LONGEST_TEXT, SIZES, Mark

if TYPE_CHECKING:
    from zscape.models.timeline.marks import Kind

NAMES: dict[str, Kind] = {"Caption": "caption", "Title card": "card"}
"""The labels of the kinds."""
WORDS_WIDTH = 220


class MarkEditor(Strip):
    """changed(Mark): the user's change to the shown text, at every keystroke or wheel turn."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._mark: Mark | None = None
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_TEXT)
        self.words.setMinimumWidth(WORDS_WIDTH)
        self.words.setPlaceholderText("What it says")
        self.words.setToolTip("The text. {class}, {seed} and {time} stand for their values at each moment")
        self.words.setAccessibleName("Text")
        leave_undo(self.words)
        self.words.textEdited.connect(lambda text: self._change(text="".join(each for each in text if each >= " ")))
        self.kind = choice_box(NAMES, "A caption stands over the picture, a title card in its place", "Kind of text")
        self.kind.activated.connect(lambda _: self._change(kind=NAMES[self.kind.currentText()]))
        self.start = decimal_box((0.0, 3600.0), 0.0, "When it appears", step=0.1, suffix=" s", width=80)
        self.start.valueChanged.connect(lambda value: self._change(start=value))
        self.seconds = decimal_box((0.1, 3600.0), 0.1, "How long it stays", step=0.1, suffix=" s", width=80)
        self.seconds.valueChanged.connect(lambda value: self._change(seconds=value))
        self.place = PlacePad()
        self.place.chosen.connect(lambda place: self._change(place=place))
        least, most = (100 * size for size in SIZES)
        tip = "Height of a line, as a share of the frame's"
        self.share = decimal_box((least, most), least, tip, decimals=1, suffix=" %", width=80)
        self.share.valueChanged.connect(lambda value: self._change(size=round(value / 100, 4)))
        self.colour = ColourButton("Colour of the text", "Colour of the text")
        self.colour.changed.connect(lambda colour: self._change(colour=colour))
        tip = "Colour behind the text; behind a caption it may be clear"
        self.background = ColourButton("Background of the text", tip, may_be_clear=True)
        self.background.changed.connect(lambda colour: self._change(background=colour))
        self.add(self.words)
        self.add(self.kind)
        self.add(self.start, "From")
        self.add(self.seconds, "for")
        self.add(self.place)
        self.add(self.share, "Size")
        self.add_together((self.colour, "Colour"), (self.background, "Background"))

    def show_mark(self, mark: Mark) -> None:
        """Show another text, or the same one after a change."""
        if mark == self._mark:
            return
        self._mark = mark
        for box, value in ((self.start, mark.start), (self.seconds, mark.seconds), (self.share, 100 * mark.size)):
            with QSignalBlocker(box):
                box.setValue(value)
        if self.words.text() != mark.text:
            self.words.setText(mark.text)
        self.kind.setCurrentIndex(KINDS.index(mark.kind))
        self.place.show_place(mark.place)
        self.colour.show_colour(mark.colour)
        self.background.show_colour(mark.background)

    def _change(self, **fields: Any) -> None:
        if self._mark is not None:
            self._mark = replace(self._mark, **fields)
            self.changed.emit(self._mark)
