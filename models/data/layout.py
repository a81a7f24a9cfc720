"""Measures the layout of a data set's pictures."""

from __future__ import annotations

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.files.layout import ACROSS, DOWN, MEASURES, SIZES, Layout
from zscape.models.media.preparing.ink import ink_of, measured

SAMPLED = 6_000
"""Maximum number of pictures measured."""
TAIL = 0.2
"""Percent of the pictures beyond each end of a range."""
PREFERENCE = 1.25
"""How much more than the least varying measure one may vary and still be chosen, if it comes earlier in its list."""


def layout_of(data: Dataset) -> Layout | None:
    """Return the layout of the pictures of `data`; None for colour pictures, and without a common ground or ink."""
    images = data.images[:: max(1, len(data) // SAMPLED)]
    if images.shape[3] != 1:
        return None
    ink = ink_of(images)
    found = measured(ink.share)
    drawn = found["height"] > 0
    if not drawn.any():
        return None
    spans = {}
    for name in MEASURES:
        low, middle, high = np.percentile(found[name][drawn], (TAIL, 50, 100 - TAIL))
        spans[name] = (round(float(low), 4), round(float(middle), 4), round(float(high), 4))
    vary = {name: float(np.abs(found[name][drawn] - spans[name][1]).mean()) for name in MEASURES}

    def steadiest(names: tuple[str, ...]) -> str:
        least = min(vary[name] for name in names)
        return next(name for name in names if vary[name] <= PREFERENCE * least + 1e-4)

    levels = {"ground": round(float(np.median(ink.ground[drawn])), 3), "ink": round(float(np.median(ink.full[drawn])), 3)}
    try:
        return Layout(**levels, spans=spans, size=steadiest(SIZES), across=steadiest(ACROSS), down=steadiest(DOWN))  # type: ignore[arg-type]
    except ValueError:
        return None
