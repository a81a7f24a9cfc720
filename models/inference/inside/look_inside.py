"""Shows what is inside the network at one point: the maps of a layer and the discriminator's opinion."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d

from zscape.models.inference.inside.layers import Layer
from zscape.models.inference.inside.opinion import Opinion, opinion
from zscape.models.inference.runner import LONGEST, GeneratorRunner, ImageBatch
from zscape.models.inputs.points import Points

BRIGHTEST = 99.5
"""Percentile of a layer's absolute values that is shown at full brightness."""
MOST_PIXELS = 1 << 20
"""Maximum number of pixels of all maps together; maps of larger layers are reduced before they are shown."""
BELOW = (230, 120, 40)
"""Colour of negative values, as blue, green, red; positive values are white, 0 is black."""


@dataclass(frozen=True, eq=False)
class Seen:
    """Result of looking inside a network.

    layers: all layers of the generator. layer: the one shown, None if there is none. maps: its units after the edits as colours,
    uint8 [U, H, W, 4] in the byte order of QImage's RGB32. activity: float32 [U], mean absolute value of each map. opinion: that
    of the discriminator; None if it was not asked, there is none, or the call was cut short.
    """

    layers: tuple[Layer, ...]
    layer: Layer | None
    maps: NDArray[np.uint8]
    activity: NDArray[np.float32]
    opinion: Opinion | None


@dataclass(frozen=True)
class LookInside:
    """Draw points and look inside the network at the first.

    layer: whose maps to return; "" or an unknown name for the middle layer. judged: also ask the discriminator.
    """

    layer: str = ""
    judged: bool = False

    def __call__(
        self, runner: GeneratorRunner, points: Points, stop: Callable[[], bool] = lambda: False
    ) -> tuple[ImageBatch, Seen]:
        """Return the images and what is inside.

        Once this takes longer than LONGEST, stop() is called between its steps: the maps, the images, the opinion. If it returns
        True, the first image is the one drawn with the maps by the plain generator, and nothing more is done. Faster calls run to
        the end: an opinion that comes and goes while a slider moves is worse than one frame less.
        """
        start = time.perf_counter()

        def cut() -> bool:
            return time.perf_counter() - start > LONGEST and stop()

        generator, one = runner.editable, points.part(slice(0, 1))
        layer = generator.layer(self.layer) or (generator.layers[len(generator.layers) // 2] if generator.layers else None)
        tensors = runner.tensors(one)
        maps, activity = np.zeros((0, 1, 1, 4), np.uint8), np.zeros(0, np.float32)
        batch = None
        if layer is not None:
            for value in one.units:
                generator.check(value, runner.model.spec.name)
            images, given = generator.maps(tensors, one.units, layer.name)
            numbers = smaller(given[0].float()).cpu().numpy()
            activity = np.abs(numbers).mean((1, 2))
            maps = coloured(numbers)
            exact = points.count == 1 and bool(points.units)  # as the runner would draw them; there is time to draw only once
            if exact or cut():
                batch = ImageBatch(runner.pixels(images), exact)
        batch = batch or runner.draw(points, stop)
        judged = None
        if self.judged and runner.model.discriminator is not None and batch.complete:
            if cut():
                batch = replace(batch, complete=False)
            else:
                judged = opinion(runner.model, batch.images[:1], tensors)
        return batch, Seen(generator.layers, layer, maps, activity, judged)


def smaller(maps: Tensor) -> Tensor:
    """Reduce maps [U, H, W] to at most MOST_PIXELS in all, by averaging."""
    units, height, width = maps.shape
    factor = math.ceil(math.sqrt(units * height * width / MOST_PIXELS))
    if factor <= 1:
        return maps
    return adaptive_avg_pool2d(maps, (max(1, height // factor), max(1, width // factor)))


def coloured(numbers: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Convert maps [U, H, W] to colours uint8 [U, H, W, 4], all on one scale."""
    numbers = np.nan_to_num(numbers)  # from a broken model; the message shown with the picture says so
    most = float(np.percentile(np.abs(numbers), BRIGHTEST)) or 1.0
    share = np.clip(numbers / most, -1, 1)
    above, below = np.clip(share, 0, 1), np.clip(-share, 0, 1)
    pixels = np.full((*numbers.shape, 4), 255, np.uint8)
    for channel, colour in enumerate(BELOW):
        pixels[..., channel] = (above * 255 + below * colour).astype(np.uint8)
    return pixels
