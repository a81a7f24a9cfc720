"""Locks that hold for each picture: locked attributes are measured in it and corrected to their earlier values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.rendering.renderer import Renderer
from zscape.models.inputs.directions import Direction, in_layers
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.direction import moved_along
from zscape.models.sweeps.single import Gallery

CHANNEL = "locks"
ROUNDS = 6
"""The most corrections after a move: each leaves about a quarter of the drift."""
ENOUGH = 0.01
"""The drift, in standard deviations, that is accepted."""


class Held(QObject):
    """Moves the current point, then corrects it until the attributes of the locked directions have their earlier values.

    The renderer draws the pictures before and after, so that the measured pictures are those that are seen. Only one request is
    pending at a time, even while a slider is dragged. There is one Held for the window, since there is one point. drift: the last
    measured drift of each locked direction, in standard deviations. waits: whether a picture to be measured is pending.
    drift_changed(): drift has changed.
    """

    drift_changed = Signal()

    def __init__(self, session: Session, renderer: Renderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self._renderer = session, renderer
        self.drift: dict[str, float] = {}
        self._before: Recipe | None = None  # the point whose locked attributes are to be kept
        self._ours: Recipe | None = None  # the point after the last edit made here
        self._locked: tuple[Direction, ...] = ()
        self._layers = ""
        self._edit: tuple[str, int] = ("", 0)
        self._rounds = 0
        self._best: tuple[float, Recipe] | None = None  # the smallest drift since the last move, and its point
        self._asked: tuple[int, Recipe] | None = None  # the last request, and its point
        self.waits = False
        renderer.frame_ready.connect(self._take)
        renderer.failed.connect(self._stop_waiting)
        self.session.model_changed.connect(self.forget)
        self.session.scene_changed.connect(self._look)

    def forget(self) -> None:
        """Start again: the next move sets what is held."""
        self._before = self._ours = self._asked = None
        self.waits = False
        self._show({})

    @property
    def holds(self) -> tuple[str, ...]:
        """The locked directions along which the current point may have been corrected; () if moved by other means since."""
        return tuple(each.name for each in self._locked) if self.session.point == self._ours else ()

    @property
    def start(self) -> Recipe | None:
        """The point whose locked attributes the current one keeps; None if it was moved by other means since."""
        return self._before if self.session.point == self._ours else None

    def move(
        self,
        label: str,
        point: Recipe,
        gesture: int,
        locked: Sequence[Direction],
        layers: str = "",
        view: ViewState | None = None,
    ) -> None:
        """Move to `point` as the edit `label` of `gesture`, and hold the directions `locked` by moves in `layers`.

        view: the new state of a view, set in the same edit.
        """
        from zscape.models.directions.lock import measurable

        held = tuple(each for each in locked if measurable(each))
        if self.session.point != self._ours or held != self._locked:
            self._before, self._locked = self.session.point, held
        self._ours, self._edit, self._layers = point, (label, gesture), layers
        self._rounds, self._best = ROUNDS, None
        scene = self.session.scene.with_point(point)
        self.session.edit(label, scene if view is None else scene.with_view(view), gesture)
        if not held:
            self._show({})
        elif not self.waits:
            self._ask()

    def _ask(self) -> None:
        if self._before is not None and self._ours is not None:
            self._asked = self._renderer.request(CHANNEL, Gallery(self._before, (self._ours,))), self._ours
            self.waits = True

    def _look(self) -> None:
        """After undo or a move by other means, discard the measurements of the last point."""
        if self._ours is not None and self.session.point != self._ours:
            self._show({})

    def _stop_waiting(self, *_: object) -> None:
        self.waits = False

    def _take(self, frame: Frame) -> None:
        if frame.channel != CHANNEL or self._asked is None or frame.request != self._asked[0]:
            return
        point, space = self._asked[1], self.session.space
        if not self.waits and point != self._ours:
            return  # the exact picture after a draft, for a point that has been left
        self.waits = False
        if space is None or self.session.point != self._ours:
            return
        if not frame.complete or frame.points.recipes[0] != self._before:
            self._ask()
            return
        from zscape.models.directions.lock import drift

        found = drift(frame.images[:1], frame.images[1:2], self._locked)
        self._correct({name: float(amounts[0]) for name, amounts in found.items()}, point)

    def _correct(self, found: dict[str, float], measured: Recipe) -> None:
        """Move the locked directions back by what was `found` at the point `measured`, if that is worth a step."""
        if self._ours == self._before:  # back at the start: measurements on the way no longer count
            self._show(dict.fromkeys(found, 0.0))
            return
        self._show(found)
        largest = max(map(abs, found.values()), default=0.0)
        space, rests = self.session.space, measured == self._ours
        assert space is not None
        if rests and self._best is not None and largest > self._best[0]:
            self._rounds = 0
            self._go(self._best[1])  # the last step made it worse
            self._ask()
            return
        if rests:
            self._best = largest, measured
        if largest > ENOUGH and self._rounds > 0:
            self._rounds -= 1
            steps = {in_layers(name, self._layers): -amount for name, amount in found.items()}
            self._go(moved_along(self.session.point, steps, space))
            self._ask()
        elif not rests:
            self._ask()

    def _go(self, point: Recipe) -> None:
        self._ours = point
        label, gesture = self._edit
        self.session.edit_point(label, point, gesture)

    def _show(self, drift: dict[str, float]) -> None:
        if drift != self.drift:
            self.drift = drift
            self.drift_changed.emit()
