"""Ties a control to one field of the scene, in both directions and without an endless loop of signals."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from zscape.app.state.scene import Scene
from zscape.app.state.session import Session
from zscape.app.widgets.controls.fields import leave_undo
from zscape.app.work.jobs import JobQueue

T = TypeVar("T")
BURST_SECONDS = 1.0
"""Wheel turns and key presses that follow each other faster than this are one undo step."""


class Gesture:
    """Gives the moves of one control ids under which they are undone together, and pauses background work while it moves.

    All moves from `begin` to `end` (a slider held by the mouse) are one gesture; otherwise moves in quick succession are one.
    """

    def __init__(self, session: Session, jobs: JobQueue) -> None:
        self._session, self._jobs = session, jobs
        self._id, self._held, self._last = 0, False, 0.0
        self._of: object = None

    def begin(self) -> None:
        """The user has grabbed the control."""
        self._id, self._held = self._session.new_gesture(), True

    def end(self) -> None:
        """The user has released the control: the next move is another step."""
        self._held, self._last = False, 0.0

    def move(self, of: object = None) -> int:
        """The control moves; returns the id for the edit. of: what of it moves, such as a row: another one is another step."""
        now = time.monotonic()
        if not self._held and (now - self._last > BURST_SECONDS or of != self._of):
            self._id = self._session.new_gesture()
        self._last, self._of = now, of
        self._jobs.touch()
        return self._id


def _access(control: QWidget) -> tuple[Any, Callable[[Any], None]]:
    """The signal that reports a change of `control`, and the setter of its value."""
    if isinstance(control, QSpinBox | QDoubleSpinBox | QAbstractSlider):
        return control.valueChanged, control.setValue
    if isinstance(control, QComboBox):
        return control.currentIndexChanged, control.setCurrentIndex
    if isinstance(control, QLineEdit):
        return control.textEdited, control.setText
    if isinstance(control, QAbstractButton):
        return control.toggled, control.setChecked
    return control.valueChanged, control.setValue  # type: ignore[attr-defined]  # the project's own rows use Qt's names


def bind(
    control: QWidget,
    session: Session,
    jobs: JobQueue,
    label: str,
    read: Callable[[Scene], T],
    write: Callable[[Scene, T], Scene],
) -> Binding:
    """Tie `control` to the value that `read` takes from the scene. `write` returns the scene with the control's value put in,
    which becomes an edit named `label`.

    The control follows the scene for its lifetime, or until the binding's `cut`.
    """
    return Binding(control, session, jobs, label, read, write)


class Binding(QObject):
    """What `bind` returns; it has the lifetime of its control."""

    def __init__(
        self,
        control: QWidget,
        session: Session,
        jobs: JobQueue,
        label: str,
        read: Callable[[Scene], Any],
        write: Callable[[Scene, Any], Scene],
    ) -> None:
        super().__init__(control)
        self._control, self._session, self._label, self._read, self._write = control, session, label, read, write
        self._gesture = Gesture(session, jobs)
        self._changed, self._show = _access(control)
        if hasattr(control, "sliderPressed"):
            held: Any = control
            held.sliderPressed.connect(self._gesture.begin)
            held.sliderReleased.connect(self._gesture.end)
        if isinstance(control, QLineEdit):
            leave_undo(control)
        self._changed.connect(self._to_scene)
        session.scene_changed.connect(self._to_control)
        session.model_changed.connect(self._to_control)  # a default may mean something else for another model
        self._shown: Any = None
        self._to_control()

    def cut(self) -> None:
        """Disconnect the control from the scene."""
        self._changed.disconnect(self._to_scene)
        self._session.scene_changed.disconnect(self._to_control)
        self._session.model_changed.disconnect(self._to_control)

    def _to_scene(self, value: Any) -> None:
        self._shown = value
        self._session.edit(self._label, self._write(self._session.scene, value), self._gesture.move())

    def _to_control(self) -> None:
        value = self._read(self._session.scene)
        if value == self._shown:
            return  # Qt repaints a spin box even if it already shows the value, so it would repaint with every slider move
        self._shown = value
        with QSignalBlocker(self._control):
            self._show(value)
