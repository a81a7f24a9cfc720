"""The comparison as one picture, for files: both sides and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zscape.app.views.compare.state import CompareState
from zscape.app.widgets.frame import Frame
from zscape.app.work.export import Drawing

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.side_by_side import SideBySide


def joined_frame(frames: Sequence[Frame]) -> Frame:
    """Sheets side by side as one large tile, at the point of the first."""
    from zscape.models.inference.side_by_side import joined
    from zscape.models.media.grids import bgra, grid

    whole = joined(*(grid(each.images, each.points.rows, each.points.columns) for each in frames))[None]
    return replace(frames[0], images=whole, pixels=bgra(whole, 1, 1), points=frames[0].points.part(slice(0, 1)))


def drawing_of(whole: Frame, state: CompareState, other: Model | None) -> Drawing:
    """How films draw the comparison that `whole` shows."""
    height, width = whole.pixels.shape[:2]

    def make(model: Model, device: str) -> SideBySide:
        from zscape.models.inference.side_by_side import SideBySide

        return SideBySide(model, other, device, state.anchor, state.scale)

    return Drawing((width, height), make)
