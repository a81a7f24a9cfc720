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

    channel: who requested it. request: the number that `Renderer.request` returned. model: the model that drew it. images: uint8
    [N, H, W, C]. pixels: the sheet as uint8 [rows * H, columns * W, 4] in the byte order of QImage's RGB32. asked: the time of
    the request, time.perf_counter(). seconds: the time spent in the generator. complete: False if a newer request interrupted the
    drawing; then only the first tiles are new. draft: drawn fast rather than exactly, during a movement; the exact frame follows
    afterwards. seen: what else was measured (`Options.look`), None if nothing was.
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
        """A one-line description of a tile."""
        return self.sweep.caption(tile, self.recipe(tile), self.model.space)
