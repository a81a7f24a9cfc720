"""One control, one field of the scene: what the control says goes through the session, what the session says is shown without echo."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from app.jobs import JobQueue
from app.scene import Scene
from app.session import Session

T = TypeVar("T")
BURST_SECONDS = 1.0
"""Turns of the wheel and strokes of a key that follow each other sooner than this are one step of undo."""


class Gesture:
    """The ids under which the moves of one control are undone together, and the background work's rest while it moves.

    From `begin` to `end` (a slider held by the mouse) all moves are one gesture; else moves are one as long as they come in a burst.
    """

    def __init__(self, session: Session, jobs: JobQueue) -> None:
        self._session, self._jobs = session, jobs
        self._id, self._held, self._last = 0, False, 0.0

    def begin(self) -> None:
        """The control has been taken hold of."""
        self._id, self._held = self._session.new_gesture(), True

    def end(self) -> None:
        """The control has been let go: the next move is another step."""
        self._held, self._last = False, 0.0

    def move(self) -> int:
        """The control moves: the id to edit under."""
        now = time.monotonic()
        if not self._held and now - self._last > BURST_SECONDS:
            self._id = self._session.new_gesture()
        self._last = now
        self._jobs.touch()
        return self._id


class Held(Protocol):
    """A control that says when it is held: a slider, or a row with a slider in it."""

    @property
    def sliderPressed(self) -> Any: ...
    @property
    def sliderReleased(self) -> Any: ...


def _access(control: QWidget) -> tuple[Any, Callable[[Any], None]]:
    """The signal with which `control` tells its value, and how to show one."""
    if isinstance(control, QSpinBox | QDoubleSpinBox | QAbstractSlider):
        return control.valueChanged, control.setValue
    if isinstance(control, QComboBox):
        return control.currentIndexChanged, control.setCurrentIndex
    if isinstance(control, QAbstractButton):
        return control.toggled, control.setChecked
    return control.valueChanged, control.setValue  # type: ignore[attr-defined]  # the project's own rows follow Qt's names


def bind(
    control: QWidget,
    session: Session,
    jobs: JobQueue,
    label: str,
    read: Callable[[Scene], T],
    write: Callable[[Scene, T], dict[str, Any]],
) -> Callable[[], None]:
    """Tie `control` to what `read` takes from the scene; `write` turns a value of the control into fields to edit under `label`.

    The control follows the scene as long as it lives, or until the function that comes back is called.
    """
    gesture = Gesture(session, jobs)
    changed, show = _access(control)

    def to_scene(value: T) -> None:
        session.edit(label, gesture.move(), **write(session.scene, value))

    def to_control() -> None:
        with QSignalBlocker(control):
            show(read(session.scene))

    if hasattr(control, "sliderPressed"):
        control.sliderPressed.connect(gesture.begin)
        control.sliderReleased.connect(gesture.end)
    changed.connect(to_scene)
    link = session.scene_changed.connect(to_control)
    control.destroyed.connect(lambda: session.disconnect(link))
    to_control()

    def unbind() -> None:
        session.disconnect(link)
        changed.disconnect(to_scene)

    return unbind
