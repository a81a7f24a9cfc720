"""A map as the frames of a film: where the point lies that moves, beside its picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inference.side_by_side import joined
from zscape.models.maps.known import row_of
from zscape.models.maps.map import Map
from zscape.models.maps.picture import CLASS, picture_of, place_in
from zscape.models.media.grids import Sheets
from zscape.models.sweeps.base import Sweep

SIDE = 560
"""Pixels of the map, and of the picture beside it."""
RING, HALO, LINE = 8, 11, 3
"""Pixels: how far the ring and the light round it are from the point, and how thick the ring is."""

Picture = NDArray[np.uint8]


class MapFrames:
    """Draws a sheet at the right of `given`, on which a ring stands where the sheet's first picture lies.

    The map is coloured by `by`, see `zscape.models.maps.picture.colours_of`; where the picture cannot be compared with those of
    the map there is no ring.
    """

    def __init__(self, given: Map, model: Model, device: str, by: str = CLASS) -> None:
        self._map, self._space, self._device = given, model.space, device
        self._runner = GeneratorRunner(model, device)
        self._lay = Sheets()
        self._ground = picture_of(given, by, SIDE)

    def __call__(self, sweep: Sweep) -> Picture:
        """A sweep as uint8 [SIDE, 2 * SIDE, 3]."""
        points = self._runner.with_styles(sweep.points(self._space))
        images = self._runner.draw(points).images
        found = self._map
        row = row_of(found.collection, self._runner.model, found.likeness, images[0], points, self._device)
        ground = self._ground if row is None else self._ringed(place_in(self._map, self._map.place(row)[None], SIDE)[0])
        return joined(ground, self._lay(images, points.rows, points.columns))

    def _ringed(self, place: NDArray[np.float32]) -> Picture:
        """The map with a ring at `place`, (x, y) in pixels."""
        picture = Image.fromarray(self._ground)
        draw = ImageDraw.Draw(picture)
        x, y = np.clip(place, 0, SIDE - 1).tolist()
        for far, width, colour in ((HALO, HALO - RING + LINE + 2, "white"), (RING, LINE, "black")):
            draw.ellipse((x - far, y - far, x + far, y + far), outline=colour, width=width)
        return np.asarray(picture)
