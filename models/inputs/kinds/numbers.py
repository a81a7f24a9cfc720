"""The kind `numbers`: quantities with a range, such as an angle or an age."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, stream
from zscape.models.inputs.scalar import Scalar, no_such
from zscape.models.inputs.spline import Leg, monotone
from zscape.models.inputs.value import Value, check_finite, check_size, words_of

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

MOST = 10_000
FURTHEST = 1e38
"""About the largest number of a float32; the range of a quantity limits it further."""
ROUNDING = 1e-6
"""Tolerance for rounding to float32, as a fraction of the ends of a range."""


@dataclass(frozen=True)
class NumbersValue(Value):
    """The numbers of an input. numbers: one per label; () is the middle of each range."""

    numbers: tuple[float, ...] = ()

    kind = "numbers"

    def __post_init__(self) -> None:
        check_finite(self.numbers, FURTHEST)


@dataclass(frozen=True)
class Numbers(Input):
    """Quantities called `labels`, each within its range. Values: NumbersValue; in points float32 [N, K].

    ranges: one (low, high) per label, low below high. units: one word per label, () for none.
    """

    labels: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...]
    units: tuple[str, ...] = ()

    kind = "numbers"
    value_type = NumbersValue

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "labels", words_of(self.name, self.labels, "number"))
        object.__setattr__(self, "units", () if self.units is None else words_of(self.name, self.units, "number", "units"))
        check_size(f"The count of numbers of {self.name!r}", len(self.labels), MOST)
        if len(set(self.labels)) < len(self.labels):
            raise ZscapeError(f"{self.name!r} has two numbers of one name: give each a name of its own.")
        try:
            ranges = tuple((float(low), float(high)) for low, high in self.ranges)
        except (TypeError, ValueError) as error:
            raise ZscapeError(f"The ranges of {self.name!r} must be pairs (low, high), one for each label.") from error
        object.__setattr__(self, "ranges", ranges)
        if len(self.units) not in (0, len(self.labels)):
            raise ZscapeError(f"{self.name!r} has {len(self.labels)} labels and {len(self.units)} units: give one a label.")
        if len(ranges) != len(self.labels):
            raise ZscapeError(f"{self.name!r} has {len(self.labels)} labels and {len(ranges)} ranges: give one range a label.")
        for label, (low, high) in zip(self.labels, ranges, strict=True):
            if not low < high or math.isinf(high - low):  # also false for NaN
                raise ZscapeError(
                    f"The range of {label!r} runs from {low:g} to {high:g}: it must be finite, the lower end first."
                )

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.labels),)

    @property
    def summary(self) -> str:
        return ", ".join(self.labels)

    def default(self, seed: int) -> NumbersValue:
        return NumbersValue()

    def check(self, value: Value) -> None:
        super().check(value)
        assert isinstance(value, NumbersValue)
        if len(value.numbers) not in (0, len(self.labels)):
            raise ZscapeError(f"The recipe has {len(value.numbers)} numbers for {self.name!r}, the model {len(self.labels)}.")
        for label, number, (low, high) in zip(self.labels, value.numbers, self.ranges, strict=bool(value.numbers)):
            slack = ROUNDING * (abs(low) + abs(high))
            if not low - slack <= number <= high + slack:
                raise ZscapeError(f"{label!r} of {self.name!r} is {number:g}: the model takes {low:g} to {high:g}.")

    def check_rows(self, rows: Floats) -> None:
        for row in (rows.min(0), rows.max(0)):
            self.check(NumbersValue(tuple(row.tolist())))

    def within(self, value: Value) -> Value:
        assert isinstance(value, NumbersValue)
        if len(value.numbers) != len(self.labels):
            return value
        cut = (min(max(number, low), high) for number, (low, high) in zip(value.numbers, self.ranges, strict=True))
        return NumbersValue(tuple(cut))

    def value(self, given: Any) -> NumbersValue:
        if isinstance(given, NumbersValue):
            return given
        if isinstance(given, Mapping):
            if unknown := [name for name in given if name not in self.labels]:
                raise ZscapeError(f"{self.name!r} has no number {unknown[0]!r}: choose from {', '.join(self.labels)}.")
            numbers = dict(zip(self.labels, self.numbers(NumbersValue()), strict=True))
            return NumbersValue(tuple(float({**numbers, **given}[label]) for label in self.labels))
        return NumbersValue(tuple(map(float, given if hasattr(given, "__iter__") else [given])))

    def numbers(self, value: Value) -> tuple[float, ...]:
        """Return each number; the middle of each range if `value` has none."""
        assert isinstance(value, NumbersValue)
        return value.numbers or tuple((low + high) / 2 for low, high in self.ranges)

    def with_number(self, value: Value, index: int, number: float) -> NumbersValue:
        """Return `value` with one number changed."""
        numbers = list(self.numbers(value))
        numbers[index] = number
        return NumbersValue(tuple(numbers))

    def row(self, value: Value, space: Known) -> Floats:
        import numpy as np

        self.check(value)
        return np.asarray(self.numbers(value), np.float32)

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        first, last = start.value(self), end.value(self)
        if first == last:
            return [first] * len(steps)
        a, b = self.numbers(first), self.numbers(last)
        return [NumbersValue(tuple((1 - t) * x + t * y for x, y in zip(a, b, strict=True))) for t in steps]

    def curved(self, leg: Leg, share: float, space: Known) -> Value:
        import numpy as np

        a, b = leg.start.value(self), leg.end.value(self)
        if a == b or share in (0.0, 1.0):
            return b if share == 1.0 else a
        row = monotone(leg, share, lambda recipe: np.asarray(self.numbers(recipe.value(self)), np.float64))
        return NumbersValue(tuple(row.tolist()))

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Weighted sums, clipped to the ranges."""
        import numpy as np

        rows = np.asarray([self.numbers(recipe.value(self)) for recipe in recipes], np.float64)
        low, high = np.asarray(self.ranges, np.float64).T
        return [NumbersValue(tuple(row)) for row in np.clip(weights @ rows, low, high).tolist()]

    def scalars(self, space: Known) -> dict[str, Scalar]:
        return {
            label: Scalar(label, low, high, least=low, most=high)
            for label, (low, high) in zip(self.labels, self.ranges, strict=True)
        }

    def scalar(self, value: Value, name: str) -> float:
        if name not in self.labels:
            raise no_such(name, self.name)
        return self.numbers(value)[self.labels.index(name)]

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        if name not in self.labels:
            raise no_such(name, self.name)
        return self.with_number(value, self.labels.index(name), number)

    def prior(self, count: int, seed: int) -> Floats:
        import numpy as np

        low, high = np.asarray(self.ranges, np.float64).T
        return stream(self.name, seed).uniform(low, high, (count, len(self.labels))).astype(np.float32)

    def describe(self, value: Value) -> str:
        units = self.units or ("",) * len(self.labels)
        rows = zip(self.labels, self.numbers(value), units, strict=True)
        return ", ".join(f"{label} {number:.3g} {unit}".strip() for label, number, unit in rows)
