"""The comparison as one picture, for files: both sides and their difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zscape.app.views.compare.right_side import right_of
from zscape.app.views.compare.state import CompareState
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.exporting.export import Drawing

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.films.side_by_side import SideBySide
    from zscape.models.sweeps.base import Sweep


def joined_frame(frames: Sequence[Frame]) -> Frame:
    """Sheets side by side as one large tile, with the point of the first."""
    from zscape.models.inference.films.side_by_side import joined
    from zscape.models.media.grids import bgra, grid

    whole = joined(*(grid(each.images, each.points.rows, each.points.columns) for each in frames))[None]
    return replace(frames[0], images=whole, pixels=bgra(whole, 1, 1), points=frames[0].points.part(slice(0, 1)))


def drawing_of(model: Model, other: Model | None, state: CompareState, sweep: Sweep) -> Drawing:
    """How films draw `sweep` of `model` beside what it is compared with; other: the second model, None for none.

    Raises ZscapeError if the second model cannot draw any of it.
    """
    from zscape.models.inference.films.side_by_side import size_of

    def make(opened: Model, device: str) -> SideBySide:
        from zscape.models.inference.films.side_by_side import SideBySide

        return SideBySide(opened, other, device, state.anchor, state.scale)

    right_of(sweep, state, model.space, other)
    return Drawing(size_of(model, other, *sweep.shape(model.space)), make)
