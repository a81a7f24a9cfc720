"""The common range of 16-bit and float pictures, so that all of a folder are scaled alike."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.media.images import deep_range, image_header
from zscape.models.progress import Progress, Work

AT_ONCE = 50
"""Number of pictures looked at between two progress reports."""


def common_range(paths: Sequence[Path]) -> Work[tuple[float, float] | None]:
    """Return the lowest and the highest value of 16-bit and float pictures (see `deep_among`); None if there are none.

    Files that cannot be read are passed over: reading them reports what is wrong.
    """
    ranges = []
    for done, path in enumerate(paths):
        with suppress(ZscapeError):
            ranges.append(deep_range(path))
        if done % AT_ONCE == 0:
            yield Progress(done, len(paths), "Comparing the pictures")
    lows, highs = zip(*ranges, strict=True) if ranges else ((), ())
    return (min(lows), max(highs)) if ranges else None


def deep_among(paths: Sequence[Path]) -> Work[list[Path]]:
    """Return those of `paths` that are 16-bit or float pictures, from their headers."""
    found = []
    for done, path in enumerate(paths):
        with suppress(ZscapeError):
            if image_header(path).deep:
                found.append(path)
        if done % AT_ONCE == 0:
            yield Progress(done, len(paths), "Measuring the pictures")
    return found
