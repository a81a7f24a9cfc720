"""The tracks of the timeline, one per row, for separate inputs and single numbers. A button unfolds them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.timeline.track_row import HEIGHT, TrackRow
from zscape.app.window.timeline.editing import Editing
from zscape.app.window.timeline.tracks.track_strip import TrackStrip
from zscape.app.window.timeline.tracks.track_words import limits_of, name_of, range_of, words_of
from zscape.app.work.bind import Gesture
from zscape.models.errors import ZscapeError
from zscape.models.timeline.timeline import NumberKey, Timeline, number_at
from zscape.models.timeline.track_edits import (
    Track,
    add_key,
    begin_track,
    delete_key,
    keys_of,
    move_key,
    offered,
    set_key,
    tracks,
)

MOST_ROWS = 3
"""The most visible rows; the others are reached by scrolling."""
SAMPLES = 96
"""The number of points with which a curve is drawn."""
STEPS = 50
"""The number of arrow-key steps from one end of a number's range to the other."""
SHOWN = "tracks of the timeline"


class TimelineTracks(QWidget):
    """Edits the tracks of the timeline. toggle: the button that unfolds them.

    entered(): a key was selected, so nothing else is.
    """

    entered = Signal()

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing, self._settings = editing, editing.context.settings
        self._gesture = Gesture(editing.session, editing.context.jobs)
        self.rows: dict[Track, TrackRow] = {}
        self._shown: tuple[Any, ...] = ()  # the timeline and the space that the rows show
        self._chosen: tuple[Track, int] | None = None
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll)
        self._build_strip()
        column.addWidget(self.strip)
        self.toggle = QToolButton()
        self.toggle.setText("Tracks")
        self.toggle.setProperty("role", "tiny")  # the title is low
        self.toggle.setFixedSize(56, 22)
        self.toggle.setCheckable(True)
        self.toggle.setChecked(self._settings.flag(SHOWN))
        self.toggle.setToolTip("Show each input and number that moves in a row of its own")
        self.toggle.setAccessibleName("Show tracks")
        self.toggle.toggled.connect(self._unfold)
        editing.player.changed.connect(self._show_time)

    def _build_strip(self) -> None:
        self.strip = strip = TrackStrip()
        self.add, self.time, self.value, self.take, self.shape = strip.add_track, strip.time, strip.value, strip.take, strip.shape
        menu = self.add.menu()
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.time.valueChanged.connect(self._set_time)
        self.value.valueChanged.connect(lambda number: self._set("change a number", value=number))
        self.take.clicked.connect(self._take_point)
        self.shape.clicked.connect(self._shape)

    # Showing.

    def refresh(self) -> None:
        """Show the session's tracks."""
        timeline = self._editing.timeline
        there = timeline is not None and self._editing.session.space is not None
        self.toggle.setVisible(timeline is not None)
        self.setVisible(there and self.toggle.isChecked())
        if timeline is None or self.isHidden():
            return
        space, wanted = self._editing.session.space, tracks(timeline)
        if list(self.rows) != wanted:
            self._build_rows(wanted)
        elif len(self._shown) == 2 and self._shown[0] is timeline and self._shown[1] is space:
            return  # a track that follows a sound has thousands of keys
        self._shown = timeline, space
        for track, row in self.rows.items():
            self._show_row(timeline, track, row)
        self._show_key(timeline)

    def _build_rows(self, wanted: list[Track]) -> None:
        for track in [each for each in self.rows if each not in wanted]:
            row = self.rows.pop(track)
            self._column.removeWidget(row)
            row.deleteLater()
        kept, self.rows = self.rows, {}
        for place, track in enumerate(wanted):
            row = self.rows[track] = kept.get(track) or self._new_row(track)
            self._column.insertWidget(place, row)
        self._inner.setMinimumHeight(HEIGHT * len(wanted))
        self._scroll.setFixedHeight(HEIGHT * min(MOST_ROWS, len(wanted)) + (HEIGHT // 2 if len(wanted) > MOST_ROWS else 0))

    def _new_row(self, track: Track) -> TrackRow:
        space = self._editing.session.space
        row = TrackRow(name_of(track, space), self.width)
        row.chosen.connect(partial(self._choose, track))
        row.grabbed.connect(self._gesture.begin)
        row.moved.connect(partial(self._move, track))
        row.released.connect(self._gesture.end)
        row.added.connect(partial(self._add, track))
        row.stepped.connect(partial(self._step, track))
        row.removed.connect(partial(self.delete, track))
        row.menu_asked.connect(partial(self._menu, track))
        row.show_time(self._editing.player.time)
        return row

    def _show_row(self, timeline: Timeline, track: Track, row: TrackRow) -> None:
        keys, space = keys_of(timeline, track), self._editing.session.space
        times = [key.time for key in keys]
        if not track.number:
            row.show_keys(times, [words_of(track, key, space) for key in keys], timeline.seconds)
            return
        low, high = range_of(track, keys, space)

        def height(number: float) -> float:
            return (number - low) / (high - low)

        heights = [height(key.value) for key in keys]
        if len(keys) > SAMPLES:  # the easing between such close keys could not be seen
            curve = list(zip(times, heights, strict=True))
        else:
            moments = sorted({*times, *(timeline.seconds * each / SAMPLES for each in range(SAMPLES + 1))})
            curve = [(time, height(number_at(keys, time))) for time in moments]
        row.show_keys(times, [f"{key.value:.2f}" for key in keys], timeline.seconds, heights, curve)

    def _show_key(self, timeline: Timeline) -> None:
        track, place = self._chosen or (None, -1)
        keys = keys_of(timeline, track) if track is not None else ()
        there = track is not None and 0 <= place < len(keys)
        if not there:
            self._chosen = None
        named_time = self.time.parentWidget()
        assert named_time is not None
        for each in (named_time, self.take, self.shape):
            each.setVisible(there)
        self.value.setVisible(there and isinstance(keys[place], NumberKey))
        if track is None or not there:
            return
        key = keys[place]
        self.take.setVisible(bool(track.input))
        self.shape.setVisible(place + 1 < len(keys))
        with QSignalBlocker(self.time), QSignalBlocker(self.value):
            self.time.setValue(key.time)
            if isinstance(key, NumberKey):
                low, high = range_of(track, keys, self._editing.session.space)
                self.value.setRange(*limits_of(track, self._editing.session.space))
                self.value.setSingleStep((high - low) / STEPS)
                self.value.setValue(key.value)

    def _show_time(self) -> None:
        if self.isVisible():
            for row in self.rows.values():
                row.show_time(self._editing.player.time)

    def _unfold(self, on: bool) -> None:
        self._settings.keep(SHOWN, on)
        self.refresh()

    # Editing.

    def begin(self, track: Track) -> None:
        """Add a track for one more number, with one key at the playhead."""
        session, time = self._editing.session, self._editing.player.time
        space = session.space
        if space is not None:
            self._editing.edit("add a track", lambda line: begin_track(line, track, time, session.point, space))
            self._choose(track, 0)

    def delete(self, track: Track, place: int) -> None:
        """Delete a key."""
        self._editing.edit("delete a key", lambda line: delete_key(line, track, place))

    def _choose(self, track: Track, place: int) -> None:
        self._chosen = track, place
        self.entered.emit()
        for each, other in self.rows.items():
            other.choose(place if each == track else -1)
        self._scroll_to(track)
        timeline, player = self._editing.timeline, self._editing.player
        if timeline is not None:
            keys = keys_of(timeline, track)
            if place < len(keys) and not player.playing:
                player.seek(keys[place].time)
            self._show_key(timeline)

    def _scroll_to(self, track: Track) -> None:
        """Scroll to the row of `track`, unless all of it is visible."""
        bar, top = self._scroll.verticalScrollBar(), HEIGHT * list(self.rows).index(track)
        if not bar.value() <= top <= bar.value() + self._scroll.height() - HEIGHT:
            bar.setValue(top)

    def _move(self, track: Track, place: int, time: float) -> None:
        self._editing.edit("move a key", lambda line: move_key(line, track, place, time), self._gesture.move())

    def _set_time(self, time: float) -> None:
        if self._chosen is not None:
            self._move(*self._chosen, time)

    def _add(self, track: Track, time: float) -> None:
        space = self._editing.session.space
        if space is None or self._editing.timeline is None:
            return
        self._editing.edit("add a key", lambda line: add_key(line, track, round(time, 6), space))
        keys = keys_of(self._editing.timeline, track)
        near = min(range(len(keys)), key=lambda place: abs(keys[place].time - time), default=-1)
        self._choose(track, near)

    def _step(self, track: Track, place: int, steps: int) -> None:
        timeline = self._editing.timeline
        if timeline is not None:
            keys = keys_of(timeline, track)
            low, high = range_of(track, keys, self._editing.session.space)
            self._choose(track, place)
            self._set("change a number", value=round(keys[place].value + steps * (high - low) / STEPS, 6))

    def _set(self, label: str, **changes: Any) -> None:
        if self._chosen is not None:
            track, place = self._chosen
            if track.number and "value" in changes:  # the box rounds, also at the limits
                least, most = limits_of(track, self._editing.session.space)
                changes["value"] = min(max(changes["value"], least), most)
            self._editing.edit(label, lambda line: set_key(line, track, place, **changes), self._gesture.move())

    def _take_point(self) -> None:
        """Use the current point's value for the selected key."""
        session, space = self._editing.session, self._editing.session.space
        if self._chosen is None or space is None:
            return
        track, _ = self._chosen
        given = space.input(track.input)
        value = session.point.value(given)
        try:
            self._gesture.end()
            self._set("use the current point", value=given.scalar(value, track.number) if track.number else value)
        except ZscapeError as error:
            session.message.emit(str(error), True)

    def _shape(self) -> None:
        from zscape.app.window.timeline.dialogs.easing_dialog import EasingDialog

        timeline = self._editing.timeline
        if self._chosen is None or timeline is None:
            return
        track, place = self._chosen

        def change(easing: Any, gesture: int) -> None:
            self._editing.edit("change the easing", lambda line: set_key(line, track, place, easing=easing), gesture)

        easing = keys_of(timeline, track)[place].easing
        EasingDialog(self.window(), self._editing.context, easing, change).open()

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        space, timeline = self._editing.session.space, self._editing.timeline
        found = offered(timeline, space) if space is not None else {}
        for track in found:
            menu.addAction(name_of(track, space)).triggered.connect(partial(self.begin, track))
        if not found:
            grey(menu.addAction("Every number has its track"), "There is nothing left to add")

    def _menu(self, track: Track, place: int, where: QPoint) -> None:
        from zscape.app.window.timeline.tracks.track_menu import track_menu

        row = self.rows[track]
        menu = track_menu(row, self._editing, track, place, row.scale.time(row.mapFromGlobal(where).x()))
        pop_up(menu, where)
