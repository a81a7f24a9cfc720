"""What can be done with one key of a single track, or with a place on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from zscape.app.window.timeline.animate_dialog import EASINGS, WAYS
from zscape.models.inputs.latent import Latent
from zscape.models.timeline.track_edits import Track, keys_of, set_key, with_keys

if TYPE_CHECKING:
    from zscape.app.window.timeline.panel import TimelinePanel
    from zscape.app.window.timeline.tracks import TimelineTracks


def track_menu(rows: TimelineTracks, panel: TimelinePanel, track: Track, place: int, time: float) -> QMenu:
    """The menu of the key at `place` of `track`; -1: of the track at `time`."""
    menu = QMenu(rows)
    timeline, space = panel.timeline, panel.session.space
    assert timeline is not None
    keys = keys_of(timeline, track)
    if place < 0:
        menu.addAction("Add a key here").triggered.connect(
            lambda: rows.rows[track].added.emit(rows.rows[track].scale.snapped(time, []))
        )
        menu.addAction("Take this track away").triggered.connect(
            lambda: panel.edit("take a track away", lambda line: with_keys(line, track, ()))
        )
        menu.actions()[-1].setEnabled(bool(track.number))
        return menu
    key = keys[place]
    if place + 1 < len(keys):
        easings = menu.addMenu("Easing to the next key")
        for name, easing in EASINGS.items():
            action = easings.addAction(name)
            action.setCheckable(True)
            action.setChecked(key.easing == easing)
            action.triggered.connect(
                lambda _=False, easing=easing: panel.edit(
                    "change the easing", lambda line: set_key(line, track, place, easing=easing)
                )
            )
        if not track.number and space is not None and isinstance(space.input(track.input), Latent):
            ways = menu.addMenu("Way to the next key")
            for name, way in WAYS.items():
                action = ways.addAction(name)
                action.setCheckable(True)
                action.setChecked(key.way == way)
                action.triggered.connect(
                    lambda _=False, way=way: panel.edit("change the way", lambda line: set_key(line, track, place, way=way))
                )
    menu.addAction("Delete").triggered.connect(lambda: rows.delete(track, place))
    return menu
