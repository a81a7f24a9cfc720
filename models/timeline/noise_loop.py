"""Noise loops: closed random walks that never stop and whose end joins their beginning seamlessly."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.timeline import Key, Timeline
from zscape.models.timeline.walk import walking

APART = 12.0
"""Degrees between keys, as long as there are enough keys: the spline between them is then close to the curve."""
FEWEST, MOST = 8, 400
FARTHEST = 30.0 * MOST
"""Length of the longest loop, in degrees: with the maximum number of keys it still follows its curve."""
A_WAVE = 150.0
"""Degrees gained by one more wave."""
BENT = 16.0
"""Maximum amplitude of the waves, as a multiple of their starting point."""
SAMPLES = 8
"""Number of samples between keys at which the curve is measured."""


def noise_loop(centre: Recipe, space: Space, seconds: float, speed: float, seed: int = 0) -> Timeline:
    """Make a closed random curve from `centre` that takes `seconds`, at `speed` degrees per second on the sphere of latents.

    The curve is a sum of random waves of equal strength, the lowest as long as the loop: band-limited noise, periodic in time;
    its speed is the same everywhere. Everything but the latents stays as at `centre`. The same seed gives the same loop. Raises
    ZscapeError if nothing would move (as `Walk`), and for a length that is not above 0 or too long.
    """
    way = seconds * speed
    if not 0 < way <= FARTHEST:
        raise ZscapeError(f"A loop of {way:g} degrees cannot be made: it goes more than 0 and at most {FARTHEST:g}.")
    count = min(max(math.ceil(way / APART), FEWEST), MOST)
    times = [seconds * step / count for step in range(count + 1)]
    tracks = []
    for latent in walking(centre, space):
        value = centre.value(latent)
        assert isinstance(value, LatentValue)
        curve = _curve(latent, value, way, seed, count)
        values = [value, *(replace(value, seeds=(), numbers=tuple(row)) for row in curve[1:].tolist()), value]
        keys = tuple(Key(time, each, "linear", "spline") for time, each in zip(times, values, strict=True))
        tracks.append((latent.name, keys))
    return Timeline(seconds, centre, tuple(tracks), loop=True)


def _curve(latent: Latent, value: LatentValue, way: float, seed: int, count: int) -> NDArray[np.float32]:
    """Return `count` latents, float32 [count, size], at equal distances; the last is as far from the first."""
    chance = np.random.default_rng([seed, zlib.crc32(latent.name.encode())])
    z = latent.base(value).astype(np.float64)
    length = float(np.linalg.norm(z)) or math.sqrt(latent.size)
    here = z / length if z.any() else np.eye(latent.size)[0]
    turns = np.linspace(0, 2 * math.pi, SAMPLES * count + 1)[:, None]
    waves = max(1, math.ceil(way / A_WAVE))
    while True:
        ways = chance.standard_normal((2, waves, latent.size)) / math.sqrt(latent.size)
        numbers = np.arange(1, waves + 1)
        bent = ((np.cos(turns * numbers) - 1) @ ways[0] + np.sin(turns * numbers) @ ways[1]) / math.sqrt(waves)
        found = _as_long(here, bent, way)
        if found is not None:
            break
        waves += waves // 2 + 1  # this number of waves is not long enough
    gone = np.concatenate([[0.0], _steps(found).cumsum()])
    places = np.interp(np.arange(count) * gone[-1] / count, gone, np.arange(len(gone)))
    low = np.minimum(places.astype(int), len(found) - 2)
    rows = _unit(found[low] + (places - low)[:, None] * (found[low + 1] - found[low]))
    return (rows * length).astype(np.float32)


def _as_long(here: NDArray[np.float64], bent: NDArray[np.float64], way: float) -> NDArray[np.float64] | None:
    """Return the curve about `here`, bent just enough to be `way` degrees long; None if that is impossible."""
    low, high = 0.0, BENT
    if _steps(_unit(here + high * bent)).sum() < way:
        return None
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _steps(_unit(here + middle * bent)).sum() < way else (low, middle)
    return _unit(here + high * bent)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-12)


def _steps(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the degrees from each unit row to the next."""
    chords = np.linalg.norm(np.diff(rows, axis=0), axis=1)
    angles: NDArray[np.float64] = np.degrees(2 * np.arcsin(np.clip(chords / 2, 0, 1)))
    return angles
