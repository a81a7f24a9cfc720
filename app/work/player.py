"""Plays the session's timeline in the view that is shown, at true speed: what cannot be drawn in time is left out and counted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.widgets.frame import Frame
from zscape.app.work.context import Context
from zscape.app.work.frame_count import FrameCount
from zscape.app.work.played_timeline import ahead_of, playable, point_at, texts_at
from zscape.app.work.preparing import Preparing
from zscape.app.work.round import RATE, Round
from zscape.models.errors import ZscapeError
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.app.work.ahead import Ahead
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.timeline.pace import Pace

QUICK = 0.3 / RATE
"""Seconds in which a frame is drawn that is never late; a sheet that takes longer is drawn ahead, some of it before it plays."""


class Player(QObject):
    """Where the playhead stands, and whether it moves.

    changed(): after every move of the playhead, and when it starts or stops. time: of the playhead, in seconds, the timeline's
    own. playing: whether it moves. A frame is asked for once the one before is drawn: a newer request would cut that short, and
    of a slow sheet only the first tiles move. It is drawn ahead first (`preparing`), unless it is quick, or `prepares` is off.
    clock(): seconds, for tests. pace(timeline): its pace, None where it goes by the clock.
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
        self._session, self._moment, self._jobs, self._clock = context.session, context.moment, context.jobs, clock
        self.time, self.playing = 0.0, False
        self._pace = pace
        self._begun = self._from = 0.0
        self._frame = -1
        self._count = FrameCount(clock)
        self._seen = False  # whether a view has asked for the moment that is shown
        self._late = False  # whether a frame is due that waits for the one that is drawn
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
        context.renderer.failed.connect(self.pause)
        context.renderer.frame_ready.connect(self._go_on)
        self._preparing = Preparing(context.renderer, clock, self)
        self._preparing.changed.connect(self.changed)
        self._preparing.ready.connect(self._go_on_prepared)

    @property
    def shown(self) -> int:
        """Frames since play was pressed that were painted."""
        return self._count.shown

    @property
    def dropped(self) -> int:
        """Frames that should have been between those."""
        return self._count.dropped

    @property
    def preparing(self) -> float | None:
        """The share, 0 to 1, of what a slow sheet draws before it plays that is there; None while it does not prepare."""
        return self._preparing.share

    @property
    def recipe(self) -> Recipe | None:
        """The point at the playhead, while its moment is what is shown; None while the scene is shown as it stands."""
        return point_at(self._timeline, self.time, self._session) if self._moment.is_shown else None

    @property
    def played(self) -> tuple[float, float, bool]:
        """From where to where the timeline plays, in seconds, and whether it goes round; nothing without one."""
        return (*self._timeline.played, self._timeline.loop) if self._timeline is not None else (0.0, 0.0, False)

    @property
    def place(self) -> float | None:
        """Where a film that plays at true speed is now, in seconds of its clock; None while nothing plays."""
        if not self.playing or self._timeline is None or self.preparing is not None:
            return None
        return self._round(self._timeline).turned(self._from + self._clock() - self._begun)

    def play(self) -> None:
        """Go on from the playhead; from the in point where it is at the out point, or outside."""
        timeline = self._ready()
        if timeline is None or self.playing:
            return
        begin, end = timeline.played
        start = self._round(timeline).clock(self.time)
        self._from = start if begin <= start < end - 1 / RATE else begin
        self._begun, self._frame, self.playing = self._clock(), -1, True
        self._count.reset()
        self._preparing.reset(self.prepares)
        self.tick()

    def pause(self) -> None:
        """Stop where it is; the moment stays on screen."""
        if self.playing:
            self._stop()
            self.changed.emit()

    def toggle(self) -> None:
        """Play or pause; while it prepares, play at once."""
        if self.preparing is not None:
            self._preparing.end()
            self._go_on_prepared()
        elif self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, to: float) -> None:
        """Put the playhead at `to`, in seconds, and show that moment; playing goes on from there."""
        timeline = self._ready()
        if timeline is None:
            return
        to = min(max(to, 0.0), timeline.seconds)
        if self.playing:
            self._preparing.reset(self.prepares)
            self._begun, self._from, self._frame = self._clock(), self._round(timeline).clock(to), 0
            self._count.go_on(-1)
            self._late = False
        self._show(timeline, to)

    def change_view(self) -> None:
        """Another view is shown: what the one before has asked for never comes."""
        self._count.forget()
        self._late = False
        if self.playing:
            if self.preparing is not None:
                self._begun = self._clock() - self._frame / RATE
            self._preparing.reset(self.prepares)
            self._count.go_on(self._frame)
            self.tick()

    def release(self) -> None:
        """Show the scene as it stands, not a moment of the timeline."""
        self._stop()
        self._moment.show(None)
        self.changed.emit()

    def change_pace(self) -> None:
        """The pace is another one: it goes on from the playhead."""
        if self.playing and self._timeline is not None:
            self._preparing.reset(self.prepares)
            self._begun, self._from, self._frame = self._clock(), self._round(self._timeline).clock(self.time), -1

    def tick(self) -> None:
        """Show the frame that is due now, and come again when the next one is."""
        timeline = self._timeline
        if not self.playing or timeline is None or self.preparing is not None:
            return
        passed = self._clock() - self._begun
        frame = math.floor(passed * RATE + 1e-6)
        way = self._round(timeline)
        if way.start + frame / RATE >= way.end and not way.loops:
            self._stop()
            self._show(timeline, way.end)
            return
        self._jobs.touch()
        index, waits = way.index(frame), self._count.waits
        due = frame - index + self._preparing.stepped(index)
        self._late = waits and due > self._frame
        if due > self._frame and not waits:
            self._frame = due
            self._preparing.go_to(way.index(due))
            self._show(timeline, way.own(due))
        passed = self._clock() - self._begun  # by now: showing it takes some of the time until the next
        self._timer.start(max(1, math.ceil(1000 * ((frame + 1) / RATE - passed))))

    def _round(self, timeline: Timeline) -> Round:
        return Round(*timeline.played, timeline.loop, self._from, self._pace(timeline))

    def count(self, frame: Frame) -> None:
        """A view has painted `frame`."""
        if self.playing:
            self._count.paint(frame)

    def _go_on(self, frame: Frame) -> None:
        """`frame` is drawn: the next one, if that is due already."""
        if self._count.is_drawn(frame):
            quick = 0 < frame.seconds <= QUICK  # of one that was kept it is not known
            if self.playing and not quick and self._begin_preparing():
                self._timer.stop()
                self._late = False
                self.changed.emit()
            elif self._late:
                self.tick()

    def _begin_preparing(self) -> bool:
        timeline = self._timeline
        return timeline is not None and self._preparing.begin(self._round(timeline).index(self._frame))

    def _go_on_prepared(self) -> None:
        """The playhead moves from where it stands."""
        self._begun = self._clock() - self._frame / RATE
        self.tick()

    def _follows(self, timeline: Timeline, sweep: Sweep) -> Ahead | None:
        """What follows of `sweep` where it is not quick; in a loop all of it."""
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
        number = self._frame

        def change(sweep: Sweep) -> Sweep:
            space = self._session.space
            self._seen = True
            if space is None or self._session.scene.timeline is not timeline:
                return sweep  # another scene is on its way to the screen
            try:
                moved = timeline.suiting(sweep).sweep(sweep, place, space)
            except ZscapeError:
                return sweep  # another model: it is told once, by `_ready`
            if self.playing:
                self._count.ask(number, moved)
            return moved

        self._seen = False
        follows = partial(self._follows, timeline)
        self._moment.show(change, texts_at(timeline, place, self._session), self.playing, follows)
        if self.playing and not self._seen:  # the shown view has no sheet: nothing is dropped
            self._count.forget()
            self._count.reset(number)
        self.changed.emit()

    def _follow_model(self) -> None:
        """Another model may not know what the timeline needs."""
        if self._moment.is_shown and self._ready() is None:
            self.release()

    def _rewind(self) -> None:
        """Another timeline, no edit of the one before: it is seen from its beginning; what plays goes on there."""
        self.time = 0.0
        self.seek(0.0) if self._moment.is_shown else self.changed.emit()

    def _follow(self) -> None:
        """The scene is another: what is shown must be of it."""
        kind, self._kind = self._kind, self._session.kind
        self.time = self.time if kind == self._kind else 0.0  # each kind of model has a timeline of its own
        before, self._timeline = self._timeline, self._session.scene.timeline
        moved, self._point = self._point != self._session.point, self._session.point
        if self._timeline is None:
            self.time = 0.0
            self._count.reset()
            if before is not None:
                self.release()
        elif self._timeline != before:
            self.time = min(self.time, self._timeline.seconds)
            if self.playing:  # a frame of the old one that was asked for never comes
                if self.preparing is not None:
                    self._begun = self._clock() - max(0, self._frame) / RATE
                self._preparing.reset(self.prepares)
                self._count.forget()
                self._late, self._frame = False, -1
                self.tick()
            else:
                self._count.reset()  # those were of the one before
                self.seek(self.time) if self._moment.is_shown else self.changed.emit()
        elif moved and self._moment.is_shown:
            self.release()  # a person looks for another point
