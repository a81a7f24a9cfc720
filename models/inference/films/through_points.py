"""Draws the frames of a path through points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.base import Way
from zscape.models.inputs.blending import between, check_way
from zscape.models.inputs.points import Points, resolve
from zscape.models.media.grids import Sheets
from zscape.models.timeline.easing import Easing
from zscape.models.timeline.through import place_at

LONGEST, FASTEST = 36_000.0, 240.0
"""Maximum seconds, and maximum frames per second."""


def through(
    runner: GeneratorRunner,
    stops: Sequence[Points],
    seconds: float,
    fps: float,
    way: Way,
    easing: Easing,
    hold: float,
    loop: bool,
) -> Iterator[NDArray[np.uint8]]:
    """Yield frames uint8 [H, W, C] of a path through `stops` that takes `seconds`, both end points included.

    stops: two or more sets of points of the same number each, which lie side by side in a frame. easing: how time is spread
    between one and the next. hold: pause at each, in seconds. loop: back to the first; the last frame then lies one step before
    it. Raises ZscapeError at once for invalid arguments.
    """
    if len(stops) < 2 or len({each.count for each in stops}) > 1:
        raise ZscapeError("An animation goes through two or more points, each of as many: model.points(1, seed=7), ...")
    if not (0 < seconds <= LONGEST and 0 < fps <= FASTEST):
        raise ZscapeError("An animation lasts more than 0 and at most 36,000 seconds at up to 240 frames a second.")
    check_way(way)
    count = max(2, round(seconds * fps))
    steps = count if loop else count - 1
    places = [place_at(seconds * k / steps, len(stops), seconds, hold, easing, loop) for k in range(count)]
    return _frames(runner, [*stops, stops[0]], places, way)


def _frames(
    runner: GeneratorRunner, stops: Sequence[Points], places: Sequence[tuple[int, float]], way: Way
) -> Iterator[NDArray[np.uint8]]:
    space, first, lay = runner.model.space, stops[0], Sheets()
    recipes = [[stop.recipe(index, space) for index in range(stop.count)] for stop in stops]
    channels = runner.model.spec.image_shape[0]
    for leg, share in places:
        pairs = zip(recipes[leg], recipes[leg + 1], strict=True)
        tiles = [between(start, end, [share], way, space)[0] for start, end in pairs]
        images = runner.draw(resolve(tiles, space, first.rows, first.columns)).images
        yield lay(images, first.rows, first.columns)[..., :channels]
