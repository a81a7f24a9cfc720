"""The encoder follows a picture that changes: the pen that draws it, the box that crops it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.state.session import Session
from zscape.app.views.restyle.encoding_job import EncodingJob, asked
from zscape.app.views.restyle.pictures import Found, Given, find
from zscape.app.work.jobs import JobQueue
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work, finish

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec

IDLE = 0.1
"""Seconds after which the thread looks whether it is to end, while nothing moves."""

Make = Callable[["Spec"], Given]
"""Makes the picture ready for a model; called in the job's thread. Raises ZscapeError where there is nothing to see yet."""


class LiveEncoding(QObject):
    """Has the encoder follow a movement, and puts what it finds into the scene; all of a movement is one step of undo.

    Pictures that come while one is being encoded wait, and of them only the newest: the pen is never waited for. There is one
    job for each movement. found(Found, label): where the picture was a moment ago, before the scene holds it.
    """

    found = Signal(object, str)
    _reported = Signal(object, object)

    def __init__(self, session: Session, jobs: JobQueue, finder: EncodingJob, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._finder = session, jobs, finder
        self._movement: _Movement | None = None
        self._by: object = None  # the encoder that follows it
        self._reported.connect(self._take)
        session.model_changed.connect(self._follow_model)

    @property
    def busy(self) -> bool:
        """Whether a movement goes on."""
        return self._movement is not None

    def move(self, label: str, make: Make) -> None:
        """The picture is now what `make` makes; the first call begins a movement, which undo calls `label`."""
        model = self._session.model
        if model is None or model.encoder is None:
            return
        if self._movement is None:
            self._by = model.encoder
            self._movement = movement = _Movement(label, self._session.new_gesture(), self._finder.label)
            self._jobs.start("Encode", lambda: self._follow(model, movement))
        self._jobs.touch()
        self._movement.put(make)

    def end(self) -> int | None:
        """The movement is over, nothing more is found for it; returns its gesture, None where there was none."""
        movement, self._movement = self._movement, None
        if movement is None:
            return None
        movement.end()
        return movement.gesture

    def _follow_model(self) -> None:
        """What another model's encoder finds is no point of the open one."""
        if self._session.model is None or self._session.model.encoder is not self._by:
            self.end()

    def _follow(self, model: Model, movement: _Movement) -> Work[None]:
        count = 0
        while not movement.ended:
            if (make := movement.newest()) is not None:
                try:
                    found = finish(find(model, asked(make(model.spec), movement.class_number), 0))
                except ZscapeError:  # nothing to see yet; it is said once the movement is over
                    movement.seen()
                else:
                    count += 1
                    self._reported.emit(movement, found)
            yield Progress(count, 0, "Encoding")

    def _take(self, movement: _Movement, found: Found) -> None:
        if movement is self._movement:
            self.found.emit(found, movement.label)
            self._finder.take_live(found, movement.label, movement.gesture)
        movement.seen()


class _Movement:
    """The newest picture of a movement, handed from the window's thread to the job's."""

    def __init__(self, label: str, gesture: int, class_number: int | None) -> None:
        self.label, self.gesture, self.class_number = label, gesture, class_number
        self._changed = threading.Condition()
        self._make: Make | None = None
        self._unseen = False
        self.ended = False

    def put(self, make: Make) -> None:
        with self._changed:
            self._make = make
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self.ended = True
            self._changed.notify()

    def seen(self) -> None:
        """What was reported last has been shown."""
        with self._changed:
            self._unseen = False
            self._changed.notify()

    def newest(self) -> Make | None:
        """The newest picture once the last is seen, None where there is none within IDLE."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.ended or (self._make and not self._unseen), IDLE) or self.ended:
                return None
            make, self._make, self._unseen = self._make, None, True
            return make
