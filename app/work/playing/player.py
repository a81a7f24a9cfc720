"""Plays the session's timeline in the current view in real time; frames that cannot be drawn in time are dropped and counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.context import Context
from zscape.app.work.playing.frame_count import FrameCount
from zscape.app.work.playing.play_clock import PlayClock
from zscape.app.work.playing.played_timeline import ahead_of, playable, point_at, texts_at
from zscape.app.work.playing.preparing import Preparing
from zscape.app.work.playing.round import RATE, Round
from zscape.models.errors import ZscapeError
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.app.work.rendering.ahead import Ahead
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.timeline.pace import Pace

QUICK = 0.3 / RATE
"""A frame that is drawn in this many seconds is never late; a slower sheet is drawn ahead, partly before playback starts."""


class Player(QObject):
    """The position of the playhead, and whether it moves.

    changed(): after every move of the playhead, and when it starts or stops. time: the position of the playhead, in seconds of
    the timeline. playing: whether it moves. A frame is requested only after the one before is drawn: a newer request would
    interrupt that drawing, and only the first tiles of a slow sheet would move. Frames are first drawn ahead (`preparing`),
    unless the sheet is fast or `prepares` is off. clock(): seconds, for tests. pace(timeline): its pace, None if it uses the
    clock.
    """

    changed = Signal()
    prepares = True

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.perf_counter,
        pace: Callable[[Timeline], Pace | None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._session, self._moment, self._jobs = context.session, context.moment, context.jobs
        self.time, self.playing = 0.0, False
        self._pace = pace
        self._clock = PlayClock(clock)
        self._count = FrameCount(clock)
        self._seen = False  # whether a view has requested the current moment
        self._late = False  # whether a due frame waits for the one being drawn
        self._timeline = self._session.scene.timeline
        self._point, self._kind = self._session.point, self._session.kind
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._session.scene_changed.connect(self._follow)
        self._session.model_changed.connect(self._follow_model)
        self._moment.left.connect(self.release)
        self._moment.begun.connect(self._rewind)
        context.renderer.failed.connect(self._give_up)
        context.renderer.frame_ready.connect(self._go_on)
        self._preparing = Preparing(context.renderer, clock, self)
        self._preparing.changed.connect(self.changed)
        self._preparing.ready.connect(self._go_on_prepared)

    @property
    def shown(self) -> int:
        """How many frames were painted since playback started."""
        return self._count.shown

    @property
    def dropped(self) -> int:
        """How many frames between those were not painted in time."""
        return self._count.dropped

    @property
    def preparing(self) -> float | None:
        """How much of what a slow sheet draws before playback is drawn, as a fraction from 0 to 1; None while not preparing."""
        return self._preparing.share

    @property
    def recipe(self) -> Recipe | None:
        """The point at the playhead while its moment is shown; None while the unchanged scene is shown."""
        return point_at(self._timeline, self.time, self._session) if self._moment.is_shown else None

    @property
    def played(self) -> tuple[float, float, bool]:
        """The start and end of what is played, in seconds, and whether it loops; zero length without a timeline."""
        return (*self._timeline.played, self._timeline.loop) if self._timeline is not None else (0.0, 0.0, False)

    @property
    def place(self) -> float | None:
        """The current position of a film that plays in real time, in seconds of its clock; None while nothing plays."""
        if not self.playing or self._timeline is None or self.preparing is not None:
            return None
        return self._round(self._timeline).turned(self._clock.place)

    def play(self) -> None:
        """Play from the playhead, or from the in point if the playhead is at the out point or outside."""
        timeline = self._ready()
        if timeline is None or self.playing:
            return
        begin, end = timeline.played
        start = self._round(timeline).clock(self.time)
        self._clock.begin(start if begin <= start < end - 1 / RATE else begin)
        self.playing = True
        self._count.reset()
        self._preparing.reset(self.prepares)
        self.tick()

    def pause(self) -> None:
        """Stop at the playhead; its moment stays on screen, in full quality."""
        if self.playing:
            self._stop()
            if self._timeline is not None:
                self._show(self._timeline, self.time)

    def _give_up(self) -> None:
        """A frame cannot be drawn: stop, and do not request it again."""
        if self.playing:
            self._stop()
            self.changed.emit()

    def toggle(self) -> None:
        """Play or pause; while preparing, start playing at once."""
        if self.preparing is not None:
            self._preparing.end()
            self._go_on_prepared()
        elif self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, to: float) -> None:
        """Move the playhead to `to`, in seconds, and show that moment; playback continues from there."""
        timeline = self._ready()
        if timeline is None:
            return
        to = min(max(to, 0.0), timeline.seconds)
        if self.playing:
            self._preparing.reset(self.prepares)
            self._clock.begin(self._round(timeline).clock(to), 0)
            self._count.go_on(-1)
            self._late = False
        self._show(timeline, to)

    def change_view(self) -> None:
        """Another view is shown: requests of the previous one will not be answered."""
        self._count.forget()
        self._late = False
        if self.playing:
            if self.preparing is not None:
                self._clock.resume()
            self._preparing.reset(self.prepares)
            self._count.go_on(self._clock.frame)
            self.tick()

    def release(self) -> None:
        """Show the scene instead of a moment of the timeline."""
        self._stop()
        self._moment.show(None)
        self.changed.emit()

    def change_pace(self) -> None:
        """The pace has changed: continue from the playhead."""
        if self.playing and self._timeline is not None:
            self._preparing.reset(self.prepares)
            self._clock.begin(self._round(self._timeline).clock(self.time))

    def tick(self) -> None:
        """Show the frame that is due now, and schedule the next one."""
        timeline = self._timeline
        if not self.playing or timeline is None or self.preparing is not None:
            return
        frame = self._clock.due
        way = self._round(timeline)
        if way.start + frame / RATE >= way.end and not way.loops:
            self._stop()
            self._show(timeline, way.end)
            return
        self._jobs.touch()
        index, waits = way.index(frame), self._count.waits
        due = frame - index + self._preparing.stepped(index)
        self._late = waits and due > self._clock.frame
        if due > self._clock.frame and not waits:
            self._clock.frame = due
            self._preparing.go_to(way.index(due))
            self._show(timeline, way.own(due))
        self._timer.start(self._clock.until(frame + 1))  # measured now: showing the frame took part of the time

    def _round(self, timeline: Timeline) -> Round:
        return Round(*timeline.played, timeline.loop, self._clock.start, self._pace(timeline))

    def count(self, frame: Frame) -> None:
        """A view has painted `frame`."""
        if self.playing:
            self._count.paint(frame)

    def _go_on(self, frame: Frame) -> None:
        """`frame` is drawn: show the next one, if it is already due."""
        if self._count.is_drawn(frame):
            quick = 0 < frame.seconds <= QUICK  # the drawing time of a cached frame is unknown
            if self.playing and not quick and self._begin_preparing():
                self._timer.stop()
                self._late = False
                self.changed.emit()
            elif self._late:
                self.tick()

    def _begin_preparing(self) -> bool:
        timeline = self._timeline
        return timeline is not None and self._preparing.begin(self._round(timeline).index(self._clock.frame))

    def _go_on_prepared(self) -> None:
        """Start playback at the current frame."""
        self._clock.resume()
        self.tick()

    def _follows(self, timeline: Timeline, sweep: Sweep) -> Ahead | None:
        """The frames of the sheet `sweep` to draw ahead, if it is slow; in a loop, all of them."""
        space = self._session.space
        if space is None:
            return None
        return self._preparing.follows(sweep, lambda: ahead_of(timeline, self._round(timeline), sweep, space))

    def _stop(self) -> None:
        self._preparing.reset(may=False)
        self.playing = self._late = self._moment.moving = False
        self._count.forget()
        self._timer.stop()

    def _ready(self) -> Timeline | None:
        return playable(self._timeline, self._session)

    def _show(self, timeline: Timeline, place: float) -> None:
        self.time = place
        number = self._clock.frame

        def change(sweep: Sweep) -> Sweep:
            space = self._session.space
            self._seen = True
            if space is None or self._session.scene.timeline is not timeline:
                return sweep  # another scene is about to be shown
            try:
                moved = timeline.suiting(sweep).sweep(sweep, place, space)
            except ZscapeError:
                return sweep  # another model: `_ready` reports it, once
            if self.playing:
                self._count.ask(number, moved)
            return moved

        self._seen = False
        follows = partial(self._follows, timeline)
        self._moment.show(change, texts_at(timeline, place, self._session.space), self.playing, follows)
        if self.playing and not self._seen:  # the current view has no sheet, so no frame counts as dropped
            self._count.forget()
            self._count.reset(number)
        self.changed.emit()

    def _follow_model(self) -> None:
        """Another model may lack what the timeline needs."""
        if self._moment.is_shown and self._ready() is None:
            self.release()

    def _rewind(self) -> None:
        """Another timeline was loaded, not edited: show its start; playback continues from there."""
        self.time = 0.0
        self.seek(0.0) if self._moment.is_shown else self.changed.emit()

    def _follow(self) -> None:
        """The scene has changed: show the same moment of the new one."""
        kind, self._kind = self._kind, self._session.kind
        self.time = self.time if kind == self._kind else 0.0  # each kind of model has its own timeline
        before, self._timeline = self._timeline, self._session.scene.timeline
        moved, self._point = self._point != self._session.point, self._session.point
        if self._timeline is None:
            self.time = 0.0
            self._count.reset()
            if before is not None:
                self.release()
        elif self._timeline != before:
            self.time = min(self.time, self._timeline.seconds)
            if self.playing:  # a requested frame of the old timeline will not arrive
                if self.preparing is not None:
                    self._clock.resume()
                self._preparing.reset(self.prepares)
                self._count.forget()
                self._late, self._clock.frame = False, -1
                self.tick()
            else:
                self._count.reset()  # the counts belong to the old timeline
                self.seek(self.time) if self._moment.is_shown else self.changed.emit()
        elif moved and self._moment.is_shown:
            self.release()  # the user has moved the point
