"""What every kind of input has in common.

A generator declares a tuple of named inputs. Generic code (recipes, sweeps, timelines, panels, files, the command line) asks for
these and never for the family. A new kind needs a module in `kinds` and an entry in KINDS (models/inputs/__init__.py).

Nothing here imports numpy before something is drawn, because the window holds recipes before numpy and torch are loaded.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import Scalar, no_such
from zscape.models.inputs.spline import Leg
from zscape.models.inputs.value import Value, check_finite

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inputs.directions import Direction

    Floats = NDArray[np.float32]

Way = Literal["slerp", "lerp"]
"""Interpolation between two latents: along the great circle, or straight."""


class Known(Protocol):
    """What an input needs to know of a model's space (models/inputs/space.py)."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Inputs of the generator, in order."""

    @property
    def coordinates(self) -> Mapping[str, int]:
        """Names of coordinates of the first latent -> their index."""

    @property
    def directions(self) -> Mapping[str, Direction]:
        """Directions by name."""

    def direction(self, name: str, of: str) -> Direction:
        """Return the direction called `name`, which moves the input `of`."""


@dataclass(frozen=True)
class Input:
    """One input of a generator. name: that of the argument, also used in recipes and points.

    kind: its name in KINDS and in files. value_type: the dataclass of its values. random: whether its value depends on the seed.
    """

    name: str

    kind: ClassVar[str] = ""
    value_type: ClassVar[type[Value]] = Value
    random: ClassVar[bool] = False
    truncates: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip() or len(self.name) > 64:
            raise ZscapeError(f"An input needs a name of 1 to 64 letters, not {self.name!r}.")

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of one row of this input in points."""
        raise NotImplementedError

    def default(self, seed: int) -> Value:
        """Return the value used when a recipe of `seed` has none for this input."""
        raise NotImplementedError

    def check(self, value: Value) -> None:
        """Raise ZscapeError if `value` is not valid for this input."""
        if not isinstance(value, self.value_type):
            raise ZscapeError(f"The recipe's {self.name!r} is a {value.kind}, the model takes a {self.kind}.")

    def check_rows(self, rows: Floats) -> None:
        """Raise ZscapeError if `rows`, float32 [N, *shape], hold numbers that no value of this input gives."""
        check_finite([float(abs(rows).max())])

    def within(self, value: Value) -> Value:
        """Return `value` with numbers out of range clipped to the range."""
        return value

    def value(self, given: Any) -> Value:
        """Convert what was given in a notebook (a value, numbers, an array, a dictionary) to a value."""
        raise NotImplementedError

    def row(self, value: Value, space: Known) -> Floats:
        """Return the row of `value` in points: float32 of `shape`."""
        raise NotImplementedError

    def rows(self, values: Sequence[Value], space: Known) -> Floats:
        """Return the rows of several values, float32 [N, *shape]. A value that occurs several times is computed once."""
        import numpy as np

        known: dict[int, int] = {}
        places = [known.setdefault(id(value), len(known)) for value in values]
        distinct = {known[id(value)]: value for value in values}
        rows = np.stack([self.row(distinct[place], space) for place in range(len(distinct))])
        return rows if len(rows) == len(values) else rows[places]

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        """Interpolate from `start` (0) to `end` (1) at `steps`; at 0 and 1 the values themselves are returned."""
        raise NotImplementedError

    def curved(self, leg: Leg, share: float, space: Known) -> Value:
        """Return the value at `share` (0 to 1) of a leg of a curve through keys, as smooth at its ends as the kind allows.

        A kind without such curves interpolates as `between` does.
        """
        return self.between(leg.start, leg.end, [share], "slerp", space)[0]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Return weighted sums of the values of `recipes` [R]: one value per row of weights [N, R], whose rows sum to 1.

        keep_norm: keep a sum of latents as long as the latents are, for kinds where that makes a difference.
        """
        raise NotImplementedError

    def scalars(self, space: Known) -> dict[str, Scalar]:
        """Numbers of its values that can be animated on their own, by name."""
        return {}

    def scalar(self, value: Value, name: str) -> float:
        """Return the number `name` of `value`. Raises ZscapeError if there is none of that name."""
        raise no_such(name, self.name)

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        """Return `value` with that number changed. Raises ZscapeError for an unknown name or an invalid number."""
        raise no_such(name, self.name)

    def dials(self, space: Known) -> dict[str, Scalar]:
        """Every number of its values that a controller may set, by name: `scalars`, and more for some kinds."""
        return self.scalars(space)

    def readings(self, value: Value, space: Known) -> dict[str, float]:
        """Return those numbers of `value`. Numbers it does not have, such as the seed of a stored latent, are left out."""
        return {name: self.scalar(value, name) for name in self.dials(space)}

    def with_dial(self, value: Value, name: str, number: float) -> Value:
        """Return `value` with that number changed. Raises ZscapeError for an unknown name or an invalid number."""
        return self.with_scalar(value, name, number)

    def with_dials(self, value: Value, numbers: Mapping[str, float]) -> Value:
        """Set many numbers by name, in their order, as `with_dial` does."""
        for name, number in numbers.items():
            value = self.with_dial(value, name, number)
        return value

    def prior(self, count: int, seed: int) -> Floats:
        """Return `count` draws as in training: float32 [count, *shape]."""
        raise NotImplementedError

    def truncated(self, value: Value, factor: float) -> Value:
        """Return `value` with another truncation, if the kind has one."""
        return value

    @property
    def summary(self) -> str:
        """What it takes, in a few words."""
        raise NotImplementedError

    def describe(self, value: Value) -> str:
        """Describe `value` in a few words; "" for the default."""
        return ""


def stream(name: str, seed: int) -> np.random.RandomState:
    """Return the random numbers of `seed` for the input `name`.

    They will never change: numpy guarantees the stream of RandomState. Each input of a model has its own stream; "z" keeps that
    of Zscape's first format.
    """
    import numpy as np

    return np.random.RandomState(seed if name == "z" else [seed, zlib.crc32(name.encode())])


def alone(weights: Floats) -> bool:
    """Whether one of `weights` [R] is 1 and the others are 0: a corner, whose value is kept unchanged."""
    return bool(weights.max() == 1 and (weights != 0).sum() == 1)


def ends(value_at: Sequence[Value | None], steps: Sequence[float], start: Value, end: Value) -> list[Value]:
    """Return the values at `steps`, replaced by the ends themselves at steps 0 and 1."""
    found = []
    for value, step in zip(value_at, steps, strict=True):
        if step in (0.0, 1.0) or value is None:
            found.append(start if step < 1.0 else end)
        else:
            found.append(value)
    return found
