"""The controls above the timeline's track."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QToolButton

from zscape.app.widgets.decimal_box import DecimalBox
from zscape.app.widgets.menu_button import MenuButton
from zscape.app.widgets.strip import Strip

LONGEST = 3600.0
"""Seconds that can be typed."""


class TimelineStrip(Strip):
    """add_key, ready (with a menu), text, loop, length, film: what they do is the panel's. text: the button that adds a text."""

    def __init__(self, text: QToolButton) -> None:
        super().__init__()
        self.text = text
        self.loop = QCheckBox("Loop")
        self.loop.setToolTip("Back to the first key after the last, without a jump")
        self.loop.setAccessibleName("Loop")
        self.length = DecimalBox()
        self.length.setRange(0.1, LONGEST)
        self.length.setDecimals(2)
        self.length.setSingleStep(0.5)
        self.length.setKeyboardTracking(False)  # else 7.25 is 7 first, and all keys move
        self.length.setSuffix(" s")
        self.length.setFixedWidth(88)
        self.length.lineEdit().setTextMargins(5, 0, 0, 0)
        self.length.setAccessibleName("Length")
        self.length.setToolTip("How long it lasts; the keys keep their places on the way, title cards their time")
        self.add_key = _button("Add key", "Put the current point on the timeline: at the playhead, or after the last key")
        self.ready = MenuButton()
        self.ready.setText("Ready-made")
        self.ready.setProperty("role", "framed")
        self.ready.setToolTip("Timelines made of what is on screen, in place of this one")
        self.ready.setAccessibleName("Ready-made timelines")
        self.ready.setMenu(QMenu(self.ready))
        for each in (self.ready, self.text):
            each.setFixedHeight(self.add_key.sizeHint().height())
        self.film = _button("Export…", "Export film: save what plays as GIF, WebP, APNG or MP4")
        self.film.setAccessibleName("Export film")
        self.add(self.add_key)
        self.add(self.ready)
        self.add(self.text)
        self.add(self.loop)
        self.add(self.length)
        self.add_stretch()
        self.add(self.film)

    def show_there(self, model: bool, timeline: bool) -> None:
        """model: whether one is open. timeline: whether there is one."""
        for control in (self.add_key, self.ready, self.text, self.loop, self.length, self.film):
            control.setEnabled(model)
        for each in (self.text, self.loop, self.length, self.film):
            each.setVisible(timeline)


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.rstrip("…"))
    return button
