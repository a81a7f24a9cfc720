"""What stands on the right: the same point by a second model, another point, or both at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zscape.app.views.compare.state import CompareState
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


@dataclass(frozen=True)
class RightSide:
    """What is asked for. model: None for the open one. sources: its points, as the open model takes them. notes: what is not the
    same for the second model.
    """

    sweep: Sweep
    model: Model | None
    sources: Sequence[Recipe]
    notes: tuple[str, ...] = ()


def right_of(left: Sweep, state: CompareState, space: Space, other: Model | None) -> RightSide | None:
    """What stands on the right of `left`, a sheet of the open model's `space`; None for nothing yet.

    other: the second model, None where there is none or it is not loaded yet. Raises ZscapeError where it can draw nothing of it.
    """
    from zscape.models.inference.ages import beside
    from zscape.models.sweeps.tiles import suited

    if (state.anchor is None and not state.second) or (state.second and other is None):
        return None
    # The anchor stands still while the left side plays.
    base = left if state.anchor is None else replace(left, centre=state.anchor)
    if other is None:
        return RightSide(base, None, base.recipes(space))
    model = beside(other, space)
    sweep, notes = suited(base, space, model.space)
    return RightSide(sweep, model, base.recipes(space), notes)
