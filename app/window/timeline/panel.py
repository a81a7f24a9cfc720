"""The timeline panel below the picture: controls and tracks to edit the session's timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.widgets.timeline.track import TimelineTrack
from zscape.app.window.timeline.editing import Edit, Editing
from zscape.app.window.timeline.recording import Recording
from zscape.app.window.timeline.sound import TimelineSoundRows
from zscape.app.window.timeline.strip import TimelineStrip
from zscape.app.window.timeline.texts import TimelineTexts
from zscape.app.window.timeline.tracks.tracks import TimelineTracks
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.playing.player import Player
from zscape.app.work.rendering.render_requests import Options
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.cards import with_length_beside_cards
from zscape.models.timeline.edits import with_part
from zscape.models.timeline.stops import (
    LEG,
    Stop,
    add_stop,
    delete_stop,
    duplicate_stop,
    move_stop,
    replace_stop,
    set_loop,
    stops,
)
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.models.sweeps.base import Sweep

CHANNEL = "timeline"
WORDS = "Nothing to play yet: animate the shelf, choose something ready-made, or add the current point."
MOST_PICTURES = 200
"""A timeline with more keys shows no pictures of them, because they would be too close together."""


class TimelinePanel(QWidget):
    """Shows scene.timeline and edits it, one undo step for each action.

    film_asked(): the user wants to export it. sweep(): what the current view shows, None if it shows no sheet.
    """

    film_asked = Signal()

    def __init__(self, context: Context, player: Player, sweep: Callable[[], Sweep | None]) -> None:
        super().__init__()
        self.context, self.session, self.player, self._sweep = context, context.session, player, sweep
        self.stops: list[Stop] = []
        self._gesture = Gesture(context.session, context.jobs)
        self._before: tuple[Timeline, Stop] | None = None  # at the start of a drag
        self._asked: tuple[object, tuple[Recipe, ...]] = (None, ())
        self._shown: Timeline | None = None
        self.editing = Editing(context, player)
        self.texts = TimelineTexts(self.editing)
        self.tracks = TimelineTracks(self.editing)
        self.recording = Recording(self.editing, self)
        self.sound = TimelineSoundRows(self.editing)
        self._build_strip()
        self.track = TimelineTrack(WORDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.track)
        column.addWidget(self.tracks)
        column.addWidget(self.texts)
        column.addWidget(self.sound)
        track = self.track
        self.texts.entered.connect(lambda: track.choose(-1))
        self.tracks.entered.connect(self.texts.leave)
        track.scrubbed.connect(player.seek)
        track.chosen.connect(lambda place: player.seek(self.stops[place].start))
        track.grabbed.connect(self._grab)
        track.dragged.connect(self._drag)
        track.released.connect(self._let_go)
        track.nudged.connect(self._nudge)
        track.opened.connect(self.open)
        track.duplicated.connect(self.duplicate)
        track.removed.connect(self.delete)
        track.menu_asked.connect(self._menu)
        track.dropped.connect(self.add)
        track.ruler_menu_asked.connect(self._ruler_menu)
        track.part.grabbed.connect(self._gesture.begin)
        track.part.moved.connect(self._set_part)
        track.part.released.connect(self._gesture.end)
        track.play_asked.connect(player.toggle)
        player.changed.connect(lambda: track.show_time(player.time))
        self.session.scene_changed.connect(self.refresh)
        self.session.model_changed.connect(self.refresh)
        context.renderer.frame_ready.connect(self._take_frame)

    def _build_strip(self) -> None:
        self.strip = strip = TimelineStrip(self.texts.button)
        self.add_key, self.ready, self.loop, self.length, self.film = (
            strip.add_key, strip.ready, strip.loop, strip.length, strip.film,
        )  # fmt: skip
        self.loop.clicked.connect(lambda on: self.edit("loop", lambda line: set_loop(line, on)))
        self.length.valueChanged.connect(self._set_length)
        self.add_key.clicked.connect(lambda: self.add(self.session.point, self.player.time))
        menu = self.ready.menu()
        menu.aboutToShow.connect(lambda: self.fill_ready(menu))
        self.film.clicked.connect(self.film_asked)

    @property
    def least_height(self) -> int:
        """The height of its controls and keys; the tracks and texts below them can be scrolled to."""
        return self.strip.height() + self.track.height()

    @property
    def timeline(self) -> Timeline | None:
        """The session's."""
        return self.editing.timeline

    # Showing.

    def refresh(self) -> None:
        """Show the session's timeline."""
        timeline, space = self.timeline, self.session.space
        if timeline != self._shown or timeline is None:
            self._shown = timeline
            self.stops = stops(timeline) if timeline else []
            diamonds = sorted({key.time for _, keys in timeline.sheet for key in keys}) if timeline else []
            played = timeline.played if timeline else (0.0, 0.0)
            self.track.show_timeline(self.stops, timeline.seconds if timeline else 0.0, diamonds, played)
            with QSignalBlocker(self.loop), QSignalBlocker(self.length):
                self.loop.setChecked(timeline is not None and timeline.loop)
                if timeline is not None:
                    self.length.setValue(timeline.seconds)
        self.strip.show_there(space is not None, timeline is not None)
        self.tracks.refresh()
        self.texts.refresh()
        self.sound.refresh()
        self._ask_pictures()

    def _ask_pictures(self) -> None:
        """Request the pictures of the keys; existing ones are not drawn again."""
        timeline, space, model = self.timeline, self.session.space, self.session.model
        if timeline is None or space is None or not 0 < len(self.stops) <= MOST_PICTURES:
            return
        try:
            wanted = model, tuple(timeline.at(each.start, space) for each in self.stops)
        except ZscapeError:
            return  # playing the timeline reports what is wrong
        if wanted != self._asked:
            from zscape.models.sweeps.single import Gallery

            self._asked = wanted
            self.context.renderer.request(CHANNEL, Gallery(wanted[1][0], wanted[1][1:]), Options(whole=True))

    def _take_frame(self, frame: Frame) -> None:
        if frame.channel != CHANNEL or frame.model is not self.session.model or len(frame.images) != len(self.stops):
            return
        if frame.complete and tuple(frame.points.recipes) == self._asked[1]:
            places = range(len(self.stops))
            images = [image_of(frame.images[place : place + 1], 1) for place in places]
            self.track.show_pictures(images, [frame.caption(place) for place in places])

    # Editing.

    def edit(self, label: str, change: Edit, gesture: int | None = None) -> None:
        """See `Editing.edit`."""
        self.editing.edit(label, change, gesture)

    def begin(self, label: str, timeline: Timeline) -> None:
        """Replace the current timeline by `timeline` and play it from the start."""
        self.player.pause()
        self.session.edit_timeline(label, timeline)
        self.player.seek(0.0)
        self.player.play()

    def add(self, recipe: Recipe, time: float) -> None:
        """Add a key at `time`; if there is one already, after the last key."""
        space = self.session.space
        if space is None:
            return
        before = self.timeline
        line = before or Timeline(LEG, recipe)
        try:
            made = add_stop(line, round(time, 2) if before and before.tracks else 0.0, recipe, space)
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return
        known = [] if before is None else self.stops
        self.session.edit_timeline("add a key", made)
        place = self._choose_new(known)
        if place >= 0 and not self.player.playing:
            self.player.seek(self.stops[place].start)

    def _choose_new(self, known: Sequence[Stop]) -> int:
        """Select the stop that is not in `known`, -1 for none; returns its index."""
        place = next((k for k, each in enumerate(self.stops) if each.start not in {old.start for old in known}), -1)
        self.track.choose(place)
        return place

    def open(self, place: int) -> None:
        """Make a key's point the current one."""
        timeline, space = self.timeline, self.session.space
        if timeline is not None and space is not None:
            self.session.edit_point("go to a key", timeline.at(self.stops[place].start, space))

    def replace(self, place: int) -> None:
        """Replace a key's point by the current one."""
        if (space := self.session.space) is not None:
            point, stop = self.session.point, self.stops[place]
            self.edit("replace a key", lambda line: replace_stop(line, stop, point, space))

    def duplicate(self, place: int) -> None:
        """Duplicate a key and select the copy."""
        if (space := self.session.space) is not None:
            known, stop = self.stops, self.stops[place]
            self.edit("duplicate a key", lambda line: duplicate_stop(line, stop, space))
            self._choose_new(known)

    def delete(self, place: int) -> None:
        """Delete a key; with the last one, the timeline is deleted."""
        stop, self._before = self.stops[place], None  # a drag that goes on moves nothing any more
        self.edit("delete a key", lambda line: delete_stop(line, stop))

    def toggle_even(self) -> None:
        """Switch between even change of the picture and the clock."""
        on = self.timeline is not None and not self.timeline.even
        self.edit("even change" if on else "no even change", lambda line: replace(line, even=on))

    def fill_ready(self, menu: QMenu) -> None:
        """Offer the films that can be made from what is on screen."""
        from zscape.app.window.export.exporting import motions

        menu.clear()
        space, sweep = self.session.space, self._sweep()
        shelf = menu.addAction("Animate the shelf…")
        grey(shelf, "" if len(self.session.scene.shelf) > 1 else "Keep two points on the shelf first")
        shelf.triggered.connect(self.session.animation_requested)
        menu.addSeparator()
        if space is not None and sweep is not None:
            seconds = self.timeline.seconds if self.timeline else 6.0
            for name, make in motions(sweep, space, self.session.scene.shelf).items():
                action = menu.addAction(name)
                action.triggered.connect(lambda _, name=name, make=make: self.begin(name.lower(), make(seconds)))
        menu.addSeparator()
        none = menu.addAction("Empty the timeline")
        grey(none, "" if self.timeline is not None else "It is empty already")
        none.triggered.connect(lambda: self.session.edit_timeline("empty the timeline", None))

    def _set_length(self, seconds: float) -> None:
        in_time = self.sound.sound.kept_in_time
        self.edit("change the length", lambda line: in_time(line, with_length_beside_cards(line, seconds)), self._gesture.move())

    def _set_part(self, is_end: bool, time: float) -> None:
        ends = {"end" if is_end else "begin": time}
        label = "set the out point" if is_end else "set the in point"
        self.edit(label, lambda line: with_part(line, **ends), self._gesture.move())

    def _ruler_menu(self, time: float, where: QPoint) -> None:
        from zscape.app.window.timeline.menu import ruler_menu

        menu = ruler_menu(self, self.editing, time, self.toggle_even)
        pop_up(menu, where)

    def _menu(self, place: int, where: QPoint) -> None:
        from zscape.app.window.timeline.menu import KeyActions, key_menu

        actions = KeyActions(*(partial(each, place) for each in (self.open, self.replace, self.duplicate, self.delete)))
        menu = key_menu(self, self.editing, self.stops[place], actions)
        pop_up(menu, where)

    def _grab(self, place: int) -> None:
        if self.timeline is None or place >= len(self.stops):
            return  # it was undone or deleted while it was held
        self._before = self.timeline, self.stops[place]
        self._gesture.begin()

    def _drag(self, place: int, start: float) -> None:
        if self._before is not None:  # based on the start of the drag, so that keys it passes over are unchanged
            before, stop = self._before
            self.edit("move a key", lambda _: move_stop(before, stop, start), self._gesture.move())

    def _let_go(self) -> None:
        self._before = None
        self._gesture.end()

    def _nudge(self, place: int, by: float) -> None:
        stop = self.stops[place]
        self.edit("move a key", lambda line: move_stop(line, stop, round(stop.start + by, 6)), self._gesture.move())
