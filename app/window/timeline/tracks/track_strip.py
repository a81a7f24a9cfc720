"""The controls below the timeline's tracks: adding a track, and the value of the selected key."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from zscape.app.widgets.controls.framed_button import framed_menu
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.widgets.strip import Strip
from zscape.app.window.timeline.tracks.track_words import FURTHEST


class TrackStrip(Strip):
    """add_track (with a menu), time, value, take, shape: the tracks connect them."""

    def __init__(self) -> None:
        super().__init__()
        self.add_track = framed_menu("Add track", "Move a single number: truncation, a direction, a named coordinate, noise")
        self.add_track.setMenu(QMenu(self.add_track))
        self.time = decimal_box((0.0, 3600.0), 0.0, "When the key is", step=0.1, suffix=" s", width=80)
        self.value = decimal_box((-FURTHEST, FURTHEST), 0.0, "The number at that key", "Number at the key", width=80)
        self.take = text_button("Use current point", "Give the key what the current point has")
        self.shape = text_button("Easing…", "How the next key of this track is reached")
        self.add(self.add_track)
        self.add(self.time, "Key at")
        self.add(self.value)
        self.add(self.take)
        self.add(self.shape)
