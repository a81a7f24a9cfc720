"""The menu of one key of a single track, or of a place on the track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from zscape.app.widgets.greyed import grey
from zscape.app.window.timeline.dialogs.animate_dialog import EASINGS, WAYS
from zscape.app.window.timeline.menu import choices
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.timeline.timeline import Key
from zscape.models.timeline.track_edits import Track, keys_of, set_key, with_keys

if TYPE_CHECKING:
    from zscape.app.widgets.timeline.track_row import TrackRow
    from zscape.app.window.timeline.editing import Editing


def track_menu(row: TrackRow, editing: Editing, track: Track, place: int, time: float) -> QMenu:
    """The menu of the key at index `place` of `track`, which `row` shows; -1: of the track at `time`."""
    menu = QMenu(row)
    menu.setToolTipsVisible(True)
    timeline, space = editing.timeline, editing.session.space
    assert timeline is not None
    keys = keys_of(timeline, track)
    if place < 0:
        menu.addAction("Add a key here").triggered.connect(lambda: row.added.emit(row.scale.snapped(time, [])))
        away = menu.addAction("Remove this track")
        away.triggered.connect(lambda: editing.edit("take a track away", lambda line: with_keys(line, track, ())))
        grey(away, "" if track.number else "The points are what the timeline is made of")
        return menu
    key = keys[place]

    def change(label: str, **values: Any) -> None:
        editing.edit(label, lambda line: set_key(line, track, place, **values))

    if place + 1 < len(keys):
        choices(
            menu.addMenu("Easing to the next key"),
            {name: key.easing == easing for name, easing in EASINGS.items()},
            lambda name: change("change the easing", easing=EASINGS[name]),
        )
        if isinstance(key, Key) and space is not None and isinstance(space.input(track.input), Latent):
            choices(
                menu.addMenu("Way to the next key"),
                {name: key.way == way for name, way in WAYS.items()},
                lambda name: change("change the way", way=WAYS[name]),
            )
    menu.addAction("Delete").triggered.connect(lambda: row.removed.emit(place))
    return menu
