"""The kind `noise`: random maps that give an image its fine grain.

They are drawn from a seed on the CPU, so that they are the same on every machine.

A generator needs noise of many shapes, so points only carry its source: up to two seeds with weights. `maps` computes the maps
when the generator draws.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, stream
from zscape.models.inputs.scalar import HIGHEST, SEED, Scalar, no_such
from zscape.models.inputs.value import Value, check_finite, check_seed, check_size, sides_of

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

STRENGTH = "strength"
HALF = 1 << 16
"""A float32 holds each half of a seed exactly."""


@dataclass(frozen=True)
class NoiseValue(Value):
    """The source and strength of noise maps.

    seed: source of the maps. strength: a factor on them, 0 or more; 0 is off. other, turn: a position between two seeds. The maps
    are cos(turn) times those of `seed` plus sin(turn) times those of `other`, turn in radians from 0 to pi/2, so that their
    strength stays the same all the way.
    """

    seed: int = 0
    strength: float = 1.0
    other: int = 0
    turn: float = 0.0

    kind = "noise"

    def __post_init__(self) -> None:
        check_seed(self.seed)
        check_seed(self.other)
        check_finite((self.strength, self.turn))
        if self.strength < 0:
            raise ZscapeError(f"The strength of noise is {self.strength:g}: it must be 0 or more.")

    @staticmethod
    def of(row: Sequence[float]) -> NoiseValue:
        """Return the value whose row in points is `row`, six numbers."""
        high, low, first, other_high, other_low, second = row
        turn = math.atan2(second, first)
        return NoiseValue(int(high) * HALF + int(low), math.hypot(first, second), int(other_high) * HALF + int(other_low), turn)


@dataclass(frozen=True)
class Noise(Input):
    """Random maps. Values: NoiseValue; in points float32 [N, 6], from which `maps` computes them.

    map_shape: (channels, height, width) of the one map that a foreign network takes; () if a generator calls `maps` itself.
    """

    map_shape: tuple[int, ...] = ()

    kind = "noise"
    value_type = NoiseValue

    def __post_init__(self) -> None:
        super().__post_init__()
        sides = sides_of(self.name, self.map_shape, "(channels, height, width)")
        object.__setattr__(self, "map_shape", tuple(check_size(f"A side of {self.name!r}", side, 1 << 20) for side in sides))

    @property
    def shape(self) -> tuple[int, ...]:
        return (6,)

    @property
    def summary(self) -> str:
        return "noise"

    def default(self, seed: int) -> NoiseValue:
        return NoiseValue()

    def value(self, given: Any) -> NoiseValue:
        if isinstance(given, NoiseValue):
            return given
        if given is None or given is False:
            return NoiseValue(strength=0.0)
        if isinstance(given, int):
            return NoiseValue(seed=given)
        return NoiseValue(**{name: _whole(each) if name in ("seed", "other") else each for name, each in given.items()})

    def row(self, value: Value, space: Known) -> Floats:
        import numpy as np

        self.check(value)
        assert isinstance(value, NoiseValue)
        first, second = value.strength * math.cos(value.turn), value.strength * math.sin(value.turn)
        seeds = [half for seed in (value.seed, value.other) for half in divmod(seed, HALF)]
        return np.asarray([*seeds[:2], first, *seeds[2:], second], np.float32)

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        first, last = start.value(self), end.value(self)
        assert isinstance(first, NoiseValue)
        assert isinstance(last, NoiseValue)
        legs = _legs(first, last)
        return [_on_the_way(first, last, legs, t) for t in steps]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Take the noise of the recipe with the largest weight: sums of noise have no meaning."""
        return [recipes[int(row.argmax())].value(self) for row in weights]

    def scalars(self, space: Known) -> dict[str, Scalar]:
        return {STRENGTH: Scalar("noise", 0.0, 2.0, least=0.0)}

    def scalar(self, value: Value, name: str) -> float:
        assert isinstance(value, NoiseValue)
        if name != STRENGTH:
            raise no_such(name, self.name)
        return value.strength

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        assert isinstance(value, NoiseValue)
        if name != STRENGTH:
            raise no_such(name, self.name)
        return replace(value, strength=number)

    def dials(self, space: Known) -> dict[str, Scalar]:
        return {SEED: Scalar("seed of the noise", 0, HIGHEST, whole=True), **self.scalars(space)}

    def readings(self, value: Value, space: Known) -> dict[str, float]:
        assert isinstance(value, NoiseValue)
        return {SEED: float(value.seed), STRENGTH: value.strength}

    def with_dial(self, value: Value, name: str, number: float) -> Value:
        assert isinstance(value, NoiseValue)
        return replace(value, seed=int(number), turn=0.0) if name == SEED else self.with_scalar(value, name, number)

    def prior(self, count: int, seed: int) -> Floats:
        import numpy as np

        seeds = stream(self.name, seed).randint(0, HALF, (count, 2))
        rest = np.tile([1.0, 0.0, 0.0, 0.0], (count, 1))
        return np.concatenate([seeds, rest], axis=1).astype(np.float32)

    def describe(self, value: Value) -> str:
        assert isinstance(value, NoiseValue)
        return f"noise of seed {value.seed}, strength {value.strength:g}" if value.strength else "no noise"


def _whole(number: Any) -> Any:
    """Convert a whole number of numpy or torch to Python's; anything else is refused later."""
    try:
        return operator.index(number)
    except TypeError:
        return number


@dataclass(frozen=True)
class _Leg:
    """A part of the way between two mixtures of noise: turned from `start` to `end` between two seeds."""

    seed: int
    other: int
    start: float
    end: float

    @property
    def length(self) -> float:
        return abs(self.end - self.start)


def _legs(first: NoiseValue, last: NoiseValue) -> list[_Leg]:
    """Return the shortest way from one mixture to another. Each mixes two seeds, so it leads over a single seed of both."""
    if (first.seed, first.other) == (last.seed, last.other):
        return [_Leg(first.seed, first.other, first.turn, last.turn)]
    right = math.pi / 2
    ways = []
    for one, to_one in ((first.seed, 0.0), (first.other, right)):
        for two, from_two in ((last.seed, 0.0), (last.other, right)):
            between = [] if one == two else [_Leg(one, two, 0.0, right)]
            ways.append(
                [
                    _Leg(first.seed, first.other, first.turn, to_one),
                    *between,
                    _Leg(last.seed, last.other, from_two, last.turn),
                ]
            )
    return min(ways, key=lambda legs: sum(leg.length for leg in legs))


def _on_the_way(first: NoiseValue, last: NoiseValue, legs: Sequence[_Leg], t: float) -> NoiseValue:
    """Return the noise at t (0 to 1) of the way `legs`, at constant speed; at its ends exactly that of the ends."""
    if t in (0.0, 1.0):
        return last if t else first
    strength = (1 - t) * first.strength + t * last.strength
    left = min(max(t, 0.0), 1.0) * sum(leg.length for leg in legs)
    leg = legs[0]
    for leg in legs:
        if left <= leg.length:
            break
        left -= leg.length
    turn = leg.start + math.copysign(min(left, leg.length), leg.end - leg.start)
    return NoiseValue(leg.seed, strength, leg.other, turn)


def maps(rows: Floats, shape: tuple[int, ...], stream_name: str) -> Floats:
    """Return noise, float32 [N, *shape], for rows [N, 6] of points. stream_name: unique to the map, so that no two are alike."""
    import numpy as np

    found = np.zeros((len(rows), *shape), np.float32)
    known: dict[bytes, int] = {}
    for place, row in enumerate(np.ascontiguousarray(rows)):
        before = known.setdefault(row.tobytes(), place)
        if before != place:
            found[place] = found[before]
            continue
        for high, low, weight in (row[:3].tolist(), row[3:].tolist()):
            if weight:
                found[place] += np.float32(weight) * _map(stream_name, int(high) * HALF + int(low), shape)
    return found


@lru_cache(maxsize=64)
def _map(name: str, seed: int, shape: tuple[int, ...]) -> Floats:
    import numpy as np

    drawn = stream(name, seed).standard_normal(shape).astype(np.float32)
    drawn.flags.writeable = False
    return np.asarray(drawn)
