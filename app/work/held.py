"""Locks that hold picture by picture: what is measured of the locked attributes is brought back to what it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState
from zscape.app.widgets.frame import Frame
from zscape.app.work.renderer import Renderer
from zscape.models.inputs.directions import Direction, in_layers
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.direction import moved_along
from zscape.models.sweeps.single import Gallery

CHANNEL = "locks"
ROUNDS = 6
"""Corrections after a move, at most: each leaves about a quarter of the drift."""
ENOUGH = 0.01
"""Standard deviations that may remain."""


class Held(QObject):
    """Moves the current point, and then corrects it until the attributes of the locked directions are what they were.

    The pictures before and after are drawn by the renderer, so that they are the very ones that are seen; one request is on its
    way at a time, also while a slider is dragged. One for the whole window, since there is one point. drift: of each locked
    direction that can be measured, in deviations, as last seen. waits: whether a picture is on its way that is to be measured.
    drift_changed(): drift says something else.
    """

    drift_changed = Signal()

    def __init__(self, session: Session, renderer: Renderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self._renderer = session, renderer
        self.drift: dict[str, float] = {}
        self._before: Recipe | None = None  # where what is locked is what it is to be
        self._ours: Recipe | None = None  # the point after the last edit that came from here
        self._locked: tuple[Direction, ...] = ()
        self._layers = ""
        self._edit: tuple[str, int] = ("", 0)
        self._rounds = 0
        self._best: tuple[float, Recipe] | None = None  # the least drift since the last move, and where
        self._asked: tuple[int, Recipe] | None = None  # the last request, and for which point
        self.waits = False
        renderer.frame_ready.connect(self._take)
        renderer.failed.connect(self._stop_waiting)
        self.session.model_changed.connect(self.forget)
        self.session.scene_changed.connect(self._look)

    def forget(self) -> None:
        """What is held begins anew with the next move."""
        self._before = self._ours = self._asked = None
        self.waits = False
        self._show({})

    @property
    def holds(self) -> tuple[str, ...]:
        """Along which directions the current point may have been corrected; () where it was moved otherwise since."""
        return tuple(each.name for each in self._locked) if self.session.point == self._ours else ()

    @property
    def start(self) -> Recipe | None:
        """The point whose locked attributes the current one is to have; None where it was moved otherwise since."""
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
        """Go to `point`, as the edit `label` of `gesture`, with the directions `locked` held by moves in `layers`.

        view: what a view keeps from then on, in the same edit.
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
        """Undo, or another point: what was measured is of the last one."""
        if self._ours is not None and self.session.point != self._ours:
            self._show({})

    def _stop_waiting(self, *_: object) -> None:
        self.waits = False

    def _take(self, frame: Frame) -> None:
        if frame.channel != CHANNEL or self._asked is None or frame.request != self._asked[0]:
            return
        point, space = self._asked[1], self.session.space
        if not self.waits and point != self._ours:
            return  # the exact picture that follows a draft, of a point that was left since
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
        """Move the locked directions back by what was `found` at the point `measured`, where that is worth a step."""
        if self._ours == self._before:  # what was measured on the way there is over
            self._show(dict.fromkeys(found, 0.0))
            return
        self._show(found)
        largest = max(map(abs, found.values()), default=0.0)
        space, rests = self.session.space, measured == self._ours
        assert space is not None
        if rests and self._best is not None and largest > self._best[0]:
            self._rounds = 0
            self._go(self._best[1])  # the last step was one too many
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
