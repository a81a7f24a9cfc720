"""Training speed compared with the textbook loop for the same network."""

from __future__ import annotations

import statistics

from zscape.models.data.sources import load
from zscape.models.training.config import load_config
from zscape.models.training.plain_loop import images_per_second

ROUNDS, SECONDS = 5, 4.0


def training(device: str) -> dict[str, float]:
    """Images per second of dcgan's training and of the plain loop, alternately, and the median of the rounds' ratios."""
    config, data = load_config("mnist-dcgan"), load("digits")
    rounds = [[images_per_second(config, data, SECONDS, plain, device) for plain in (True, False)] for _ in range(ROUNDS)]
    plain, fast = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(fast / plain for plain, fast in rounds)
    return {"plain_images_a_second": plain, "fast_images_a_second": fast, "fast_over_plain": ratio}
