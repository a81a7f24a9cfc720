"""A map as the frames of a film, with the position of the moving point, beside the point's picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from zscape.models.files.checkpoint import Model
from zscape.models.inference.films.side_by_side import joined
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.maps.drawing.picture import CLASS, picture_of, place_in
from zscape.models.maps.likeness import row_of
from zscape.models.maps.map import Map
from zscape.models.media.grids import Sheets
from zscape.models.sweeps.base import Sweep

SIDE = 560
"""Side in pixels of the map, and of the picture beside it."""
RING, HALO, LINE = 8, 11, 3
"""In pixels: radius of the ring and of the light circle around it, and thickness of the ring."""

Picture = NDArray[np.uint8]


class MapFrames:
    """Draws a sheet to the right of the map `given`, with a ring at the position of the sheet's first picture.

    The map is coloured by `by`, see `colours_of` in `drawing.picture`. If the picture cannot be compared with those of the
    map, there is no ring.
    """

    def __init__(self, given: Map, model: Model, device: str, by: str = CLASS) -> None:
        self._map, self._space, self._device = given, model.space, device
        self._runner = GeneratorRunner(model, device)
        self._lay = Sheets()
        self._ground = picture_of(given, by, SIDE)

    def __call__(self, sweep: Sweep) -> Picture:
        """Draw a sweep: uint8 [SIDE, 2 * SIDE, 3]."""
        points = self._runner.with_styles(sweep.points(self._space))
        images = self._runner.draw(points).images
        found = self._map
        row = row_of(found.collection, self._runner.model, found.likeness, images[0], points, self._device)
        ground = self._ground if row is None else self._ringed(place_in(self._map, self._map.place(row)[None], SIDE)[0])
        return joined(ground, self._lay(images, points.rows, points.columns))

    def _ringed(self, place: NDArray[np.float32]) -> Picture:
        """Return the map with a ring at `place`, (x, y) in pixels."""
        picture = Image.fromarray(self._ground)
        draw = ImageDraw.Draw(picture)
        x, y = np.clip(place, 0, SIDE - 1).tolist()
        for far, width, colour in ((HALO, HALO - RING + LINE + 2, "white"), (RING, LINE, "black")):
            draw.ellipse((x - far, y - far, x + far, y + far), outline=colour, width=width)
        return np.asarray(picture)
