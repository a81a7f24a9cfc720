"""The controls below the timeline's tracks: one more track, and what the chosen key has."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QPushButton

from zscape.app.widgets.decimal_box import DecimalBox
from zscape.app.widgets.menu_button import MenuButton
from zscape.app.widgets.strip import Strip


class TrackStrip(Strip):
    """add_track (with a menu), time, value, take, shape: what they do is the tracks' own."""

    def __init__(self) -> None:
        super().__init__()
        self.add_track = MenuButton()
        self.add_track.setText("Add track")
        self.add_track.setProperty("role", "framed")
        self.add_track.setToolTip("Move a single number: truncation, a direction, a named coordinate, noise")
        self.add_track.setAccessibleName("Add track")
        self.add_track.setMenu(QMenu(self.add_track))
        self.time = _box("When the key is")
        self.time.setRange(0.0, 3600.0)
        self.time.setSingleStep(0.1)
        self.time.setSuffix(" s")
        self.value = _box("The number at that key")
        self.value.setRange(-1000.0, 1000.0)
        self.value.setAccessibleName("Number at the key")
        self.take = _button("Use current point", "Give the key what the current point has")
        self.shape = _button("Easing…", "How the next key of this track is reached")
        self.add(self.add_track)
        self.add(self.time, "Key at")
        self.add(self.value)
        self.add(self.take)
        self.add(self.shape)


def _box(tip: str) -> DecimalBox:
    box = DecimalBox()
    box.setFixedWidth(80)
    box.lineEdit().setTextMargins(5, 0, 0, 0)
    box.setToolTip(tip)
    return box


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.rstrip("…"))
    return button
