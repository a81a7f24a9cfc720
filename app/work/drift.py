"""Drift: the current point walks slowly by itself, until a hand takes it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from zscape.app.widgets.fields import TYPED, field_of
from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.timeline.walk import Walk

RATE = 30
"""Steps a second, where they are drawn that quickly."""
LET_GO = 0.5
"""Seconds after a hand has let go until it goes on."""
LONGEST = 0.5
"""Seconds that one step is worth at most: after a stall it does not jump."""
SPEED = "drift speed"
"""Remembers the speed."""
USUAL, LEAST, MOST = 10.0, 1.0, 90.0
"""Degrees a second on the sphere of latents; 90 degrees are as far as another seed mostly is."""


class Drift(QObject):
    """Walks the session's current point while it is `on`; everything from its start to its stop is one step of undo.

    changed(): it was started, stopped, or waits otherwise than before. waits: a hand has the point. A hand is every change of the
    scene that drift has not made, a button that is held, and a number that is being typed. Undo ends it: a person wants back.
    clock(): seconds. held(): whether the hand holds something. seen(): whether anybody can see what is drawn: else it rests.
    seed: of the way it takes, a fresh one each time where none is given.
    """

    changed = Signal()

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.perf_counter,
        held: Callable[[], bool] | None = None,
        seen: Callable[[], bool] = lambda: True,
        seed: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._session, self._clock, self._held, self._seed = context, context.session, clock, held or _held, seed
        self.on = self.waits = False
        self._seen, self._editing = seen, False
        self._walk: Walk | None = None
        self._gesture = 0
        self._last = self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(round(1000 / RATE))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._session.scene_changed.connect(self._notice)
        self._session.undo_stack.indexChanged.connect(self._follow_undo)
        self._session.model_changed.connect(self._follow_model)
        context.renderer.failed.connect(self.stop)

    @property
    def speed(self) -> float:
        """Degrees a second."""
        return self._context.settings.number(SPEED, USUAL, (LEAST, MOST))

    @speed.setter
    def speed(self, degrees: float) -> None:
        self._context.settings.keep(SPEED, f"{degrees:g}")

    def toggle(self) -> None:
        """Start or stop."""
        if self.on:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Walk from the current point on; where it cannot, a line says why."""
        from zscape.models.timeline.walk import Walk

        if self.on:
            return
        if self._session.space is None:
            self._session.message.emit("There is no model yet to drift in: open one first.", True)
            return
        self._walk = Walk(secrets.randbits(32) if self._seed is None else self._seed)
        self._gesture = self._session.new_gesture()
        self._context.moment.show(None)  # what plays would hide it
        self.on, self.waits, self._last, self._until = True, False, self._clock(), 0.0
        self._run()
        self.changed.emit()
        self.tick()

    def stop(self) -> None:
        """Stay where it is."""
        if self.on:
            self.on = self.waits = self._context.moment.moving = False
            self._timer.stop()
            self.changed.emit()

    def look(self) -> None:
        """Perhaps nobody can see it any more, or somebody can again: it rests in between."""
        self._run()

    def tick(self) -> None:
        """Go the way of the time since the last step, if nothing keeps it."""
        now = self._clock()
        passed, self._last = min(now - self._last, LONGEST), now
        if not self.on or self._walk is None or (space := self._session.space) is None:
            return
        if self._context.moment.is_shown:  # a person plays the timeline
            self.stop()
            return
        if self._held():
            self._until = now + LET_GO
        self._wait(now < self._until)
        if self.waits:
            return
        if self._context.renderer.busy:  # another request would cut short what is drawn
            self._last = now - passed
            return
        try:
            point = self._walk.step(self._session.point, self.speed * passed, space)
        except ZscapeError as error:
            self.stop()
            self._session.message.emit(str(error), True)
            return
        self._editing = self._session.moves_itself = self._context.moment.moving = True
        try:
            self._session.edit_point("drift", point, self._gesture)
        finally:
            self._editing = self._session.moves_itself = self._context.moment.moving = False

    def _run(self) -> None:
        if not self.on or not self._seen():
            self._timer.stop()
        elif not self._timer.isActive():
            self._last = self._clock()
            self._timer.start()

    def _wait(self, waits: bool) -> None:
        if waits != self.waits:
            self.waits = waits
            self.changed.emit()

    def _notice(self) -> None:
        """The scene is another: was it a hand?"""
        if self.on and not self._editing:
            self._until = self._clock() + LET_GO
            self._wait(True)

    def _follow_undo(self) -> None:
        if self.on and not self._editing and self._session.undo_stack.canRedo():
            self.stop()
            self._session.message.emit("Drift has stopped: what it did was taken back.", False)

    def _follow_model(self) -> None:
        """Of another kind of model there is another scene, with a history of its own."""
        if self.on:
            self._gesture = self._session.new_gesture()


def _held() -> bool:
    """Whether a mouse button is down, or a number is being typed, which a new one would take away."""
    field = field_of(QApplication.focusWidget())
    typed = field is not None and bool(field.property(TYPED))
    return typed or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
