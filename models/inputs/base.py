"""What every kind of input has in common.

A generator declares a tuple of named inputs. Generic code (recipes, sweeps, timelines, panels, files, the command line) asks for
these and never for the family. A new kind is a file here and a line in KINDS (models/inputs/__init__.py).

Nothing here imports numpy before it draws: the window holds recipes before numpy and torch are loaded.
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
"""How to go from one latent to another: along the great circle, or straight."""


class Known(Protocol):
    """What a kind asks of the space of a model (models/inputs/space.py)."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the generator takes, in order."""

    @property
    def coordinates(self) -> Mapping[str, int]:
        """Coordinates of the first latent by the names that a person may call them."""

    @property
    def directions(self) -> Mapping[str, Direction]:
        """Directions by name."""

    def direction(self, name: str, of: str) -> Direction:
        """The direction called `name` that moves the input `of`."""


@dataclass(frozen=True)
class Input:
    """One input of a generator. name: of the argument, and in recipes and points.

    kind: its name in KINDS, in files. value_type: the dataclass of its values. random: whether a seed gives it a value.
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
        """Of one row of what it puts into points."""
        raise NotImplementedError

    def default(self, seed: int) -> Value:
        """The value in a recipe of `seed` that says nothing of this input."""
        raise NotImplementedError

    def check(self, value: Value) -> None:
        """Raise ZscapeError where `value` is not one for this input."""
        if not isinstance(value, self.value_type):
            raise ZscapeError(f"The recipe's {self.name!r} is a {value.kind}, the model takes a {self.kind}.")

    def check_rows(self, rows: Floats) -> None:
        """Raise ZscapeError where `rows`, float32 [N, *shape], hold what no value puts into points."""
        check_finite([float(abs(rows).max())])

    def within(self, value: Value) -> Value:
        """`value` with what lies beyond a range at its end."""
        return value

    def value(self, given: Any) -> Value:
        """The value that `given` stands for in a notebook: one already, or numbers, an array, a dictionary."""
        raise NotImplementedError

    def row(self, value: Value, space: Known) -> Floats:
        """What `value` puts into points: float32 of `shape`."""
        raise NotImplementedError

    def rows(self, values: Sequence[Value], space: Known) -> Floats:
        """The rows of several values, float32 [N, *shape]. Values that are the same object are worked out once."""
        import numpy as np

        known: dict[int, int] = {}
        places = [known.setdefault(id(value), len(known)) for value in values]
        distinct = {known[id(value)]: value for value in values}
        rows = np.stack([self.row(distinct[place], space) for place in range(len(distinct))])
        return rows if len(rows) == len(values) else rows[places]

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        """The values on the way from `start` (0) to `end` (1) at `steps`; the ends are the values themselves."""
        raise NotImplementedError

    def curved(self, leg: Leg, share: float, space: Known) -> Value:
        """The value at `share` (0 to 1) of a leg of a curve through keys, as smooth at its ends as the kind can be.

        A kind without such curves goes as `between` does.
        """
        return self.between(leg.start, leg.end, [share], "slerp", space)[0]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Weighted sums of the values of `recipes` [R]: a value for each row of weights [N, R], whose rows sum to 1.

        keep_norm: a sum of latents is as long as they are, where that makes a difference.
        """
        raise NotImplementedError

    def scalars(self, space: Known) -> dict[str, Scalar]:
        """The numbers of its values that can move by themselves, by name."""
        return {}

    def scalar(self, value: Value, name: str) -> float:
        """One of those numbers of `value`. Raises ZscapeError where there is none of that name."""
        raise no_such(name, self.name)

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        """`value` with another one. Raises ZscapeError where there is none of that name, and for a number that cannot be."""
        raise no_such(name, self.name)

    def dials(self, space: Known) -> dict[str, Scalar]:
        """Every number of its values that a controller may set, by name: `scalars`, and more where a kind has them."""
        return self.scalars(space)

    def readings(self, value: Value, space: Known) -> dict[str, float]:
        """What those numbers are in `value`; without those that it does not have, such as the seed of stored numbers."""
        return {name: self.scalar(value, name) for name in self.dials(space)}

    def with_dial(self, value: Value, name: str, number: float) -> Value:
        """`value` with another one. Raises ZscapeError where there is none of that name, and for a number that cannot be."""
        return self.with_scalar(value, name, number)

    def with_dials(self, value: Value, numbers: Mapping[str, float]) -> Value:
        """As `with_dial`, of many numbers by name, in their order."""
        for name, number in numbers.items():
            value = self.with_dial(value, name, number)
        return value

    def prior(self, count: int, seed: int) -> Floats:
        """`count` draws as training sees them: float32 [count, *shape]."""
        raise NotImplementedError

    def truncated(self, value: Value, factor: float) -> Value:
        """`value` with another truncation, where the kind has one."""
        return value

    @property
    def summary(self) -> str:
        """What it takes, in a few words."""
        raise NotImplementedError

    def describe(self, value: Value) -> str:
        """`value` in a few words, "" for the usual one."""
        return ""


def stream(name: str, seed: int) -> np.random.RandomState:
    """The random numbers of `seed` for the input `name`, the same for good: numpy promises never to change RandomState's stream.

    Two inputs of one model draw from streams of their own; "z" has the one that Zscape's first format had.
    """
    import numpy as np

    return np.random.RandomState(seed if name == "z" else [seed, zlib.crc32(name.encode())])


def alone(weights: Floats) -> bool:
    """Whether one of `weights` [R] is 1 and the others are 0: a corner, whose value is kept as it is."""
    return bool(weights.max() == 1 and (weights != 0).sum() == 1)


def ends(value_at: Sequence[Value | None], steps: Sequence[float], start: Value, end: Value) -> list[Value]:
    """The values at `steps`, with the ends themselves where a step is 0 or 1."""
    found = []
    for value, step in zip(value_at, steps, strict=True):
        if step in (0.0, 1.0) or value is None:
            found.append(start if step < 1.0 else end)
        else:
            found.append(value)
    return found
