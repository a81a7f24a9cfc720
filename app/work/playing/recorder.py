"""Records the changes of the current point, with their times."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.app.state.session import Session
from zscape.models.inputs.recipe import Recipe

SHOWN_MS = 100
"""How often `changed` is emitted for a display of the time."""


class Recorder(QObject):
    """Records one session. samples: (seconds since `start`, current point) for each change; empty before the first.

    changed(): recording has started or stopped, or time has passed. ended(): another kind of model was opened, which ends a take.
    clock(): seconds, for tests.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._session, self.clock = session, clock
        self._begun: float | None = None
        self._kind = session.kind
        self.samples: list[tuple[float, Recipe]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.changed)
        session.scene_changed.connect(self._follow)
        session.model_changed.connect(self._follow)

    @property
    def recording(self) -> bool:
        """Whether it is recording."""
        return self._begun is not None

    @property
    def seconds(self) -> float:
        """How long it has been recording."""
        return 0.0 if self._begun is None else self.clock() - self._begun

    def start(self) -> None:
        """Start recording."""
        self._begun, self._kind = self.clock(), self._session.kind
        self.samples = [(0.0, self._session.point)]
        self._timer.start()
        self.changed.emit()

    def stop(self) -> list[tuple[float, Recipe]]:
        """Stop recording; returns the samples."""
        self._begun = None
        self._timer.stop()
        self.changed.emit()
        return self.samples

    def _follow(self) -> None:
        if self._begun is None:
            return
        if self._session.kind != self._kind:
            self.stop()
            self.ended.emit()
        elif self._session.point != self.samples[-1][1]:
            self.samples.append((self.seconds, self._session.point))
