"""Draws the images of many points in batches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import Points
from zscape.models.progress import Progress, Work

PART, PIXELS = 100, 1 << 19
"""Maximum number of points drawn between two progress reports, or of pixels, for large images."""


def part_of(size: Sequence[int]) -> int:
    """Return the number of images of `size` (height, width) drawn between two progress reports."""
    height, width = size
    return max(4, min(PART, PIXELS // (height * width)))


def drawn(runner: GeneratorRunner, points: Points, label: str = "Drawing") -> Work[NDArray[np.uint8]]:
    """Draw the images at `points`: uint8 [N, H, W, C]."""
    parts = []
    part = part_of(runner.model.spec.image_shape[1:])
    for start in range(0, points.count, part):
        parts.append(runner.draw(points.part(slice(start, start + part))).images)
        yield Progress(min(start + part, points.count), points.count, label)
    return np.concatenate(parts)
