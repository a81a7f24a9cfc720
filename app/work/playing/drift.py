"""Drift: a slow random walk of the current point, which waits while the user moves it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from zscape.app.widgets.controls.fields import TYPED, field_of
from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.timeline.walk import Walk

RATE = 30
"""The most steps per second; fewer if drawing is slower."""
LET_GO = 0.5
"""Seconds after the user has released the controls until drift continues."""
LONGEST = 0.5
"""The longest time that one step covers, so that the point does not jump after a stall."""
SPEED = "drift speed"
"""The setting of the speed."""
USUAL, LEAST, MOST = 10.0, 1.0, 90.0
"""Degrees per second on the sphere of latents; another seed is mostly about 90 degrees away."""


class Drift(QObject):
    """Walks the session's current point while it is `on`; everything between start and stop is one undo step.

    changed(): it has started, stopped, or `waits` has changed. waits: the user is moving the point. That includes every change of
    the scene that drift has not made, a mouse button that is held, and a number that is being typed. Undo stops drift, because
    the user wants to go back. clock(): seconds. held(): whether the user holds something. seen(): whether the picture is visible;
    otherwise drift pauses. seed: of the random walk, a fresh one each time if not given.
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
        """Degrees per second."""
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
        """Start to walk from the current point; if that is not possible, a message says why."""
        from zscape.models.timeline.walk import Walk

        if self.on:
            return
        if self._session.space is None:
            self._session.message.emit("There is no model yet to drift in: open one first.", True)
            return
        self._walk = Walk(secrets.randbits(32) if self._seed is None else self._seed)
        self._gesture = self._session.new_gesture()
        self._context.moment.show(None)  # a playing timeline would hide it
        self.on, self.waits, self._last, self._until = True, False, self._clock(), 0.0
        self._run()
        self.changed.emit()
        self.tick()

    def stop(self) -> None:
        """Stop at the current point."""
        if self.on:
            self.on = self.waits = self._context.moment.moving = False
            self._timer.stop()
            self.changed.emit()

    def look(self) -> None:
        """The picture may have become visible or hidden: drift pauses while it is hidden."""
        self._run()

    def tick(self) -> None:
        """Walk as far as the time since the last step allows, unless something prevents it."""
        now = self._clock()
        passed, self._last = min(now - self._last, LONGEST), now
        if not self.on or self._walk is None or (space := self._session.space) is None:
            return
        if self._context.moment.is_shown:  # the user is playing the timeline
            self.stop()
            return
        if self._held():
            self._until = now + LET_GO
        self._wait(now < self._until)
        if self.waits:
            return
        if self._context.renderer.busy:  # another request would interrupt the drawing
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
        """The scene has changed: find out whether the user changed it."""
        if self.on and not self._editing:
            self._until = self._clock() + LET_GO
            self._wait(True)

    def _follow_undo(self) -> None:
        if self.on and not self._editing and self._session.undo_stack.canRedo():
            self.stop()
            self._session.message.emit("Drift has stopped: what it did was undone.", False)

    def _follow_model(self) -> None:
        """Another kind of model has another scene, with its own history."""
        if self.on:
            self._gesture = self._session.new_gesture()


def _held() -> bool:
    """Whether a mouse button is down, or a number is being typed, which a new value would overwrite."""
    field = field_of(QApplication.focusWidget())
    typed = field is not None and bool(field.property(TYPED))
    return typed or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
