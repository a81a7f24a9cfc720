"""The map in films."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.app.work.exporting.export import Drawing
from zscape.models.maps.map import Map

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.maps.drawing.film import MapFrames


def drawing_of(found: Map, colour: str) -> Drawing:
    """How films draw `found`; by class if the colours on screen cannot be computed for each picture independently."""
    from zscape.models.maps.drawing.film import SIDE
    from zscape.models.maps.drawing.picture import CLASS, GROUND

    by = colour if colour in found.collection.attributes else CLASS

    def make(model: Model, device: str) -> MapFrames:
        from zscape.models.maps.drawing.film import MapFrames

        return MapFrames(found, model, device, by)

    return Drawing((2 * SIDE, SIDE), make, (GROUND >> 16 & 255, GROUND >> 8 & 255, GROUND & 255))
