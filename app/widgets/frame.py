"""A drawn sweep, which a sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.points import Points
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.base import Sweep


@dataclass(frozen=True, eq=False)
class Frame:
    """A drawn sweep.

    channel: who asked. request: the number that `Renderer.request` gave. model: the model that drew it. images: uint8 [N, H, W,
    C]. pixels: the sheet as uint8 [rows * H, columns * W, 4] in the byte order of QImage's RGB32. asked: when it was asked for,
    time.perf_counter(). seconds: spent in the generator. complete: False while a newer request has cut the drawing short; then
    only the first tiles are new. draft: drawn quickly rather than exactly, in the midst of a movement; the exact frame follows
    when it rests. seen: what was looked at besides (Renderer.request), None where nothing was.
    """

    channel: str
    request: int
    model: Model
    sweep: Sweep
    points: Points
    images: Any
    pixels: Any
    asked: float
    seconds: float
    complete: bool = True
    draft: bool = False
    seen: Any = None

    def recipe(self, tile: int) -> Recipe:
        """The recipe of a tile."""
        return self.points.recipe(tile, self.model.space)

    def caption(self, tile: int) -> str:
        """One line on a tile."""
        return self.sweep.caption(tile, self.recipe(tile), self.model.space)
