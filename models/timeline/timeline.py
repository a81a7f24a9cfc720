"""A timeline: recipes over time.

Tracks hold keys. A key sets the value of an input at a time, and how the next key is reached; `at` gives the recipe at a time. A
track can also set a number of the sheet (a field of the sweep, such as where a class sweep begins); sweeps themselves do not
depend on time.

Imports nothing heavy, so that a scene can hold a timeline before numpy and torch are loaded.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Way
from zscape.models.inputs.recipe import USUAL, Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.spline import Leg, Neighbour
from zscape.models.inputs.value import Value
from zscape.models.timeline.easing import Easing, check_easing, eased, slope
from zscape.models.timeline.marks import Mark

if TYPE_CHECKING:
    from zscape.models.sweeps.base import Sweep

S = TypeVar("S", bound="Sweep")
KeyWay = Way | Literal["spline"]
"""How to go from one key to the next: as between two points, or along a smooth curve through all keys."""
SAME = 1e-6
"""Keys closer together than this, in seconds, count as simultaneous."""
REST = 0.01
"""A leg that is slower than this fraction of its even speed counts as standing still."""
WAYS: tuple[KeyWay, ...] = ("slerp", "lerp", "spline")


@dataclass(frozen=True)
class Key:
    """A value of an input at a time, in seconds. easing, way: how the next key is reached from here."""

    time: float
    value: Value
    easing: Easing = "linear"
    way: KeyWay = "slerp"


@dataclass(frozen=True)
class NumberKey:
    """A number of an input or of the sheet at a time, in seconds. easing: how the next key is reached from here."""

    time: float
    value: float
    easing: Easing = "linear"


@dataclass(frozen=True)
class Timeline:
    """Recipes over time.

    seconds: its length, above 0. base: the recipe that the tracks change. tracks: input name -> keys in order of time. numbers:
    (input name, name of one of its scalars, keys): sets that number alone, after the track of the input. sheet: keys for fields
    of the sweep, by the field's name. Before its first key a track has that key's value, after its last key that one's. loop:
    whether times beyond its length wrap around. marks: text over the film. part: in and out point, in seconds, if only that part
    is played and exported. even: whether the picture changes by the same amount in every frame (by a `Pace`, which is measured
    when it is played or exported). Raises ZscapeError for a length that is not above 0, keys that are out of order or not finite,
    an unknown easing, and a part that ends before it begins.
    """

    seconds: float
    base: Recipe = USUAL
    tracks: tuple[tuple[str, tuple[Key, ...]], ...] = ()
    sheet: tuple[tuple[str, tuple[NumberKey, ...]], ...] = ()
    loop: bool = False
    marks: tuple[Mark, ...] = ()
    part: tuple[float, float] | None = None
    numbers: tuple[tuple[str, str, tuple[NumberKey, ...]], ...] = ()
    even: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.seconds) and self.seconds > 0):
            raise ZscapeError(f"A timeline of {self.seconds:g} seconds cannot be played: its length must be above 0.")
        times_of = [(name, [key.time for key in keys]) for name, keys in self.tracks]
        alone = [*self.sheet, *((number, keys) for _, number, keys in self.numbers)]
        for name, times in [*times_of, *((name, [key.time for key in keys]) for name, keys in alone)]:
            if not times or not all(map(math.isfinite, times)):
                raise ZscapeError(f"The track of {name!r} has no keys, or one at no time.")
            if times != sorted(times):
                raise ZscapeError(f"The keys of {name!r} are out of order: sort them by time.")
        if self.part is not None and not (0 <= self.part[0] < self.part[1] < math.inf):
            raise ZscapeError("The out point of a timeline comes after its in point, both at 0 seconds or later.")

        used = [key.easing for _, keys in self.tracks for key in keys]
        for easing in [*used, *(key.easing for _, numbers in alone for key in numbers)]:
            check_easing(easing)

    @property
    def played(self) -> tuple[float, float]:
        """Begin and end of what is played and exported: all of it, or the part between the in and the out point."""
        if self.part is None or self.part[0] >= self.seconds - SAME:
            return 0.0, self.seconds
        return self.part[0], min(self.part[1], self.seconds)

    @property
    def duration(self) -> float:
        """Duration of what is played, in seconds."""
        begin, end = self.played
        return end - begin

    def wrapped(self, time: float) -> float:
        """Return `time` as played: in a loop, times outside 0 to its length wrap around."""
        return time % self.seconds if self.loop and not 0 <= time <= self.seconds else time

    def at(self, time: float, space: Space) -> Recipe:
        """Return the recipe at `time`, in seconds."""
        time = self.wrapped(time)
        recipe = self.base.with_values({name: self._value(name, keys, time, space) for name, keys in self.tracks})
        for name, number, keys in self.numbers:
            given = space.input(name)
            recipe = recipe.with_value(name, given.with_scalar(recipe.value(given), number, number_at(keys, time)))
        return recipe

    def suiting(self, sweep: Sweep) -> Timeline:
        """Return the timeline without tracks of the sheet that a sheet of `sweep` does not have."""
        return replace(self, sheet=tuple((name, keys) for name, keys in self.sheet if _moves(sweep, name)))

    def sweep(self, sweep: S, time: float, space: Space) -> S:
        """Return `sweep` at `time`, with the recipe of that time as its centre and with the numbers of the sheet.

        Raises ZscapeError if the sheet has no such number (see `suiting`).
        """
        if odd := [name for name, _ in self.sheet if not _moves(sweep, name)]:
            raise ZscapeError(
                f"This timeline moves {odd[0]!r} of another kind of sheet: choose that sheet, or take the track out."
            )
        return replace(
            sweep, centre=self.at(time, space), **{name: number_at(keys, self.wrapped(time)) for name, keys in self.sheet}
        )

    def frames(self, count: int) -> list[float]:
        """Return the times of `count` frames spread over what is played, from its beginning to its end.

        In a loop, whose end is the same as its beginning, the last frame lies one step before the end.
        """
        steps = count if self.loop else max(1, count - 1)
        begin, _ = self.played
        return [begin + self.duration * frame / steps for frame in range(count)]

    def value_of(self, name: str, time: float, space: Space) -> Value:
        """Return the value that the existing track of the input `name` gives at `time`."""
        return self._value(name, dict(self.tracks)[name], self.wrapped(time), space)

    def _value(self, name: str, keys: tuple[Key, ...], time: float, space: Space) -> Value:
        place = bisect_right([key.time for key in keys], time) - 1
        if place < 0:
            return keys[0].value
        key = keys[place]
        if place == len(keys) - 1 or key.easing == "hold":
            return key.value
        after = keys[place + 1]
        share = eased(key.easing, (time - key.time) / (after.time - key.time))
        start, end = (self.base.with_value(name, each) for each in (key.value, after.value))
        if key.way == "spline":
            before, beyond = self._beside(name, keys, place - 1, True), self._beside(name, keys, place + 1, False)
            return space.input(name).curved(Leg(start, end, after.time - key.time, before, beyond), share, space)
        return space.input(name).between(start, end, [share], key.way, space)[0]

    def _beside(self, name: str, keys: tuple[Key, ...], leg: int, before: bool) -> Neighbour | None:
        """Return the key beyond a leg on one side. leg: the index of the leg there, which wraps around in a loop."""
        count = len(keys) - 1
        if not 0 <= leg < count:
            closed = self.loop and keys[0].value == keys[-1].value and abs(keys[-1].time - keys[0].time - self.seconds) < SAME
            if not closed:
                return None
            leg %= count
        first, last = keys[leg], keys[leg + 1]
        if last.time - first.time < SAME:
            return None
        speed = slope(first.easing, before)
        recipe = self.base.with_value(name, (first if before else last).value)
        return Neighbour(recipe, last.time - first.time, None if first.way == "spline" and speed > REST else speed)


def _moves(sweep: Sweep, name: str) -> bool:
    """Whether `name` is a number of `sweep` that can be animated."""
    return any(each.name == name for each in fields(sweep)) and isinstance(getattr(sweep, name), float)


def number_at(keys: tuple[NumberKey, ...], time: float) -> float:
    """Return the value that `keys` give at `time`, in seconds."""
    place = bisect_right([key.time for key in keys], time) - 1
    if place < 0 or place == len(keys) - 1:
        return keys[max(0, place)].value
    key, after = keys[place], keys[place + 1]
    share = eased(key.easing, (time - key.time) / (after.time - key.time))
    return (1 - share) * key.value + share * after.value
