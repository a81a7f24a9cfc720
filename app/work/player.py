"""Plays the session's timeline in the view that is shown, at true speed: what cannot be drawn in time is left out and counted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.widgets.frame import Frame
from zscape.app.work.ahead import Ahead
from zscape.app.work.context import Context
from zscape.app.work.preparing import Preparing
from zscape.models.errors import ZscapeError
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.timeline.marks import Mark
    from zscape.models.timeline.pace import Pace

RATE = 30
"""Frames a second while it plays."""
PATIENCE = 10.0
"""Seconds after which a frame that has not come is given up."""
SLOW = 0.8 / RATE
"""Seconds that a frame may take to be drawn; a sheet that takes longer is drawn ahead before it plays."""


class Player(QObject):
    """Where the playhead stands, and whether it moves.

    changed(): after every move of the playhead, and when it starts or stops. time: of the playhead, in seconds. playing: whether
    it moves. shown, dropped: frames since play was pressed that were painted, and that should have been between them. A frame is
    asked for once the one before is drawn: a newer request would cut that short, and of a slow sheet only the first tiles move.
    A slow sheet is drawn ahead first (`preparing`), unless `prepares` is off. clock(): seconds, for tests. pace(timeline): its
    pace, None where it goes by the clock. The playhead is in the timeline's own time.
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
        self.time, self.playing, self.shown, self.dropped = 0.0, False, 0, 0
        self._pace = pace
        self._begun = self._from = 0.0
        self._frame = self._painted = -1
        self._asked: list[tuple[int, Sweep]] = []  # frames that are not painted yet, the oldest first
        self._drawing: tuple[Sweep, float] | None = None  # the last of those, until it is drawn, and since when
        self._seen = False  # whether a view has asked for the moment that is shown
        self._late = False  # whether a frame is due that waits for that one
        self._timeline = self._session.scene.timeline
        self._point = self._session.point
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._session.scene_changed.connect(self._follow)
        self._session.model_changed.connect(self._follow_model)
        self._moment.left.connect(self.release)
        context.renderer.failed.connect(self.pause)
        context.renderer.frame_ready.connect(self._go_on)
        self._preparing = Preparing(context.renderer, clock, self)
        self._preparing.changed.connect(self.changed)
        self._preparing.ready.connect(self._go_on_prepared)

    @property
    def preparing(self) -> float | None:
        """The share, 0 to 1, of what a slow sheet draws before it plays that is there; None while it does not prepare."""
        return self._preparing.share

    @property
    def recipe(self) -> Recipe | None:
        """The point at the playhead, while its moment is what is shown; None while the scene is shown as it stands."""
        timeline, space = self._timeline, self._session.space
        if timeline is None or space is None or not self._moment.is_shown:
            return None
        try:
            return timeline.at(self.time, space)
        except ZscapeError:
            return None  # another model: it is told once, by `_ready`

    @property
    def played(self) -> tuple[float, float, bool]:
        """From where to where the timeline plays, in seconds, and whether it goes round; nothing without one."""
        return (*self._timeline.played, self._timeline.loop) if self._timeline is not None else (0.0, 0.0, False)

    @property
    def place(self) -> float | None:
        """Where a film that plays at true speed is now, in seconds of its clock; None while nothing plays."""
        if not self.playing or self._timeline is None or self.preparing is not None:
            return None
        return self._turned(self._from + self._clock() - self._begun)

    def play(self) -> None:
        """Go on from the playhead; from the in point where it is at the out point, or outside."""
        timeline = self._ready()
        if timeline is None or self.playing:
            return
        begin, end = timeline.played
        start = self._clock_time(timeline, self.time)
        self._from = start if begin <= start < end - 1 / RATE else begin
        self._begun, self._frame, self._painted = self._clock(), -1, -1
        self.playing, self.shown, self.dropped = True, 0, 0
        self._preparing.reset(self.prepares)
        self._asked.clear()
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
            self._preparing.reset(may=False)
            self._begun, self._from = self._clock(), self._clock_time(timeline, to)
            self._frame, self._painted = 0, -1
            self._asked.clear()
            self._late = False
        self._show(timeline, to)

    def change_view(self) -> None:
        """Another view is shown: what the one before has asked for never comes."""
        self._asked.clear()
        self._drawing, self._late = None, False
        if self.playing:
            if self.preparing is not None:
                self._begun = self._clock() - self._frame / RATE
            self._preparing.reset(self.prepares)
            self._painted = self._frame
            self.tick()

    def release(self) -> None:
        """Show the scene as it stands, not a moment of the timeline."""
        self._stop()
        self._moment.show(None)
        self.changed.emit()

    def change_pace(self) -> None:
        """The pace is another one: it goes on from the playhead."""
        if self.playing and self._timeline is not None:
            self._preparing.reset(may=False)
            self._begun, self._from, self._frame = self._clock(), self._clock_time(self._timeline, self.time), -1

    def _clock_time(self, timeline: Timeline, own: float) -> float:
        pace = self._pace(timeline)
        return pace.clock(own) if pace is not None else own

    def tick(self) -> None:
        """Show the frame that is due now, and come again when the next one is."""
        timeline = self._timeline
        if not self.playing or timeline is None or self.preparing is not None:
            return
        passed = self._clock() - self._begun
        frame = math.floor(passed * RATE + 1e-6)
        place = self._from + frame / RATE
        end = timeline.played[1]
        if place >= end and not timeline.loop:
            self._stop()
            self._show(timeline, end)
            return
        self._jobs.touch()
        waits = self._drawing is not None and self._clock() - self._drawing[1] < PATIENCE
        self._late = waits and frame > self._frame
        if frame > self._frame and not waits:
            self._frame = frame
            self._show(timeline, self._own_time(timeline, frame))
        self._timer.start(max(1, math.ceil(1000 * ((frame + 1) / RATE - passed))))

    def _own_time(self, timeline: Timeline, frame: int) -> float:
        """What is shown as frame `frame`: the same in each round of a loop, as what was drawn is kept."""
        begin, end, loop = self.played
        passed = frame / RATE
        if loop:
            passed = math.floor(passed % (end - begin) * RATE + 1e-6) / RATE
        place = round(self._turned(self._from + passed), 9)
        pace = self._pace(timeline)
        return pace.own(place) if pace is not None else place

    def _turned(self, place: float) -> float:
        """`place` in the part that is played: at its end a loop begins again."""
        begin, end, loop = self.played
        return begin + (place - begin) % (end - begin) if loop and place >= end else place

    def count(self, frame: Frame) -> None:
        """A view has painted `frame`."""
        number = next((number for number, sweep in self._asked if sweep is frame.sweep), None)
        if number is None or number <= self._painted or not frame.complete or not self.playing:
            return  # also where a view asks for a frame again, for a reason of its own
        self.dropped += number - self._painted - 1
        self.shown += 1
        self._painted = number
        self._asked = [each for each in self._asked if each[0] > number]

    def _go_on(self, frame: Frame) -> None:
        """`frame` is drawn: the next one, if that is due already."""
        if self._drawing is not None and self._drawing[0] is frame.sweep:
            self._drawing = None
            if self.playing and frame.seconds > SLOW and self._preparing.begin(self._frame):
                self._timer.stop()
                self._late = False
                self.changed.emit()
            elif self._late:
                self.tick()

    def _go_on_prepared(self) -> None:
        """The playhead moves from where it stands."""
        self._begun = self._clock() - self._frame / RATE
        self.tick()

    def _follows(self, timeline: Timeline, sweep: Sweep) -> Ahead | None:
        """What follows of `sweep` where it is slow; in a loop all of it."""
        space = self._session.space
        if space is None:
            return None

        def make() -> Ahead:
            begin, end, loop = self.played
            count = math.ceil((end - (begin if loop else self._from)) * RATE - 1e-6)
            suiting, times = timeline.suiting(sweep), [self._own_time(timeline, frame) for frame in range(count)]
            return Ahead(count, RATE, lambda frame: suiting.sweep(sweep, times[frame], space))

        return self._preparing.follows(sweep, make)

    def _stop(self) -> None:
        self._preparing.reset(may=False)
        self.playing = self._late = self._moment.moving = False
        self._drawing = None
        self._timer.stop()
        self._asked.clear()

    def _ready(self) -> Timeline | None:
        """The timeline, if the open model can play it."""
        from zscape.models.timeline.text import check_timeline

        timeline, space = self._timeline, self._session.space
        if timeline is None or space is None:
            return None
        try:
            check_timeline(timeline, space)
        except ZscapeError as error:
            self._session.message.emit(str(error), True)
            return None
        return timeline

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
                self._asked.append((number, moved))
                self._drawing = moved, self._clock()
            return moved

        self._seen = False
        follows = partial(self._follows, timeline)
        self._moment.show(change, self._marks(timeline, place), self.playing, follows)
        if self.playing and not self._seen:  # the shown view has no sheet: nothing is dropped
            self._asked.clear()
            self._drawing, self._painted, self.shown, self.dropped = None, number, 0, 0
        self.changed.emit()

    def _marks(self, timeline: Timeline, place: float) -> tuple[Mark, ...]:
        from zscape.models.timeline.mark_edits import marks_at

        space = self._session.space
        return marks_at(timeline, place, space) if timeline.marks and space is not None else ()

    def _follow_model(self) -> None:
        """Another model may not know what the timeline needs."""
        if self._moment.is_shown and self._ready() is None:
            self.release()

    def _follow(self) -> None:
        """The scene is another: what is shown must be of it."""
        before, self._timeline = self._timeline, self._session.scene.timeline
        moved, self._point = self._point != self._session.point, self._session.point
        if self._timeline is None:
            self.time, self.shown, self.dropped = 0.0, 0, 0
            if before is not None:
                self.release()
        elif self._timeline != before:
            self.time = min(self.time, self._timeline.seconds)
            if self.playing:  # a frame of the old one that was asked for never comes
                if self.preparing is not None:
                    self._begun = self._clock() - max(0, self._frame) / RATE
                self._preparing.reset(self.prepares)
                self._asked.clear()
                self._drawing, self._late, self._frame = None, False, -1
                self.tick()
            elif self._moment.is_shown:
                self.seek(self.time)
            else:
                self.changed.emit()
        elif moved and self._moment.is_shown:
            self.release()  # a person looks for another point
