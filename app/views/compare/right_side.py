"""The right side of the comparison: the same point by a second model, another point, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.app.views.compare.state import CompareState
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.films.side_by_side import Side


def right_of(left: Sweep, state: CompareState, space: Space, other: Model | None) -> Side | None:
    """The right side for `left`, a sheet of the open model's `space`; None for nothing yet.

    The anchor is fixed while the left side plays. other: the second model, None if there is none or it is still loading.
    Raises ZscapeError if that model cannot draw any of it.
    """
    from zscape.models.inference.films.side_by_side import other_side

    if (state.anchor is None and not state.second) or (state.second and other is None):
        return None
    return other_side(left, space, other, state.anchor)
