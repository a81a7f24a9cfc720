"""The controls above the timeline's track."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton

from zscape.app.widgets.controls.framed_button import framed_menu
from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.greyed import NO_MODEL, grey
from zscape.app.widgets.numbers.number_box import decimal_box
from zscape.app.widgets.strip import Strip

LONGEST = 3600.0
"""The most seconds that can be typed."""


class TimelineStrip(Strip):
    """add_key, ready (with a menu), text, loop, length, film: the panel connects them. text: the button that adds a text."""

    def __init__(self, text: QToolButton) -> None:
        super().__init__()
        self.text = text
        self.loop = QCheckBox("Loop")
        self.loop.setToolTip("Back to the first key after the last, without a jump")
        self.loop.setAccessibleName("Loop")
        tip = "How long it lasts; keys keep their relative places, title cards their time"
        self.length = decimal_box((0.1, LONGEST), 0.1, tip, "Length", step=0.5, suffix=" s", width=88)
        self.length.setKeyboardTracking(False)  # otherwise typing 7.25 would first set 7 and move all keys
        self.add_key = text_button("Add key", "Put the current point on the timeline: at the playhead, or after the last key")
        tip = "Timelines made of what is on screen, in place of this one"
        self.ready = framed_menu("Ready-made", tip, "Ready-made timelines")
        self.ready.setMenu(QMenu(self.ready))
        for each in (self.ready, self.text):
            each.setFixedHeight(self.add_key.sizeHint().height())
        self.film = text_button("Export…", "Export film: save what plays as a film or a contact sheet")
        self.film.setAccessibleName("Export film")
        self.add(self.add_key)
        self.add(self.ready)
        self.add(self.text)
        self.add(self.loop)
        self.add(self.length)
        self.add_stretch()
        self.add(self.film)

    def show_there(self, model: bool, timeline: bool) -> None:
        """Show the controls that apply. model: whether one is open. timeline: whether there is one."""
        for control in (self.add_key, self.ready, self.text, self.loop, self.length, self.film):
            grey(control, "" if model else NO_MODEL)
        for each in (self.text, self.loop, self.length, self.film):
            each.setVisible(timeline)
