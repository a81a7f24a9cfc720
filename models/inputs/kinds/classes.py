"""The kind `classes`: which class is drawn, or a mixture of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, stream
from zscape.models.inputs.scalar import Scalar, no_such
from zscape.models.inputs.value import Value, check_finite, check_size, words_of

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

MOST = 10_000
ROUNDING = 1e-3
"""Maximum deviation from 1 of the sum of weights in a point."""
CHOICE = "choice"
WEIGHT = "weight "
"""Prefix of the name of a class weight, followed by the class label."""


@dataclass(frozen=True)
class ClassesValue(Value):
    """Weights of the classes.

    weights: one per class, each 0 or more and not all 0 (they are scaled to sum to 1); () is the first class alone.
    """

    weights: tuple[float, ...] = ()

    kind = "classes"

    def __post_init__(self) -> None:
        check_finite(self.weights)
        if self.weights and (min(self.weights) < 0 or sum(self.weights) <= 0):
            raise ZscapeError("Class weights must be 0 or more, with at least one above 0.")


@dataclass(frozen=True)
class Classes(Input):
    """One of the classes in `labels`, or a mixture. Values: ClassesValue; in points float32 [N, K], rows that sum to 1."""

    labels: tuple[str, ...]

    kind = "classes"
    value_type = ClassesValue

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "labels", words_of(self.name, self.labels, "class"))
        check_size(f"The number of classes of {self.name!r}", len(self.labels), MOST)
        if len(set(self.labels)) < len(self.labels):
            raise ZscapeError(f"{self.name!r} has two classes of one name: give each a name of its own.")

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.labels),)

    @property
    def summary(self) -> str:
        few = ", ".join(self.labels[:3]) + (" …" if len(self.labels) > 3 else "")
        return f"{len(self.labels)} class{'es' if len(self.labels) > 1 else ''} ({few})"

    def default(self, seed: int) -> ClassesValue:
        return ClassesValue()

    def check(self, value: Value) -> None:
        super().check(value)
        assert isinstance(value, ClassesValue)
        if len(value.weights) not in (0, len(self.labels)):
            raise ZscapeError(
                f"The recipe weighs {len(value.weights)} classes, the model has {len(self.labels)}: choose a class again."
            )

    def check_rows(self, rows: Floats) -> None:
        if rows.min() < -ROUNDING or abs(rows.sum(1) - 1).max() > ROUNDING:
            raise ZscapeError(f"{self.name!r} must be weights of 0 or more, which sum to 1 in each point.")

    def value(self, given: Any) -> ClassesValue:
        if isinstance(given, ClassesValue):
            return given
        if isinstance(given, int | str):
            return self.only(self.number(str(given)))
        if isinstance(given, Mapping):
            numbers = {self.number(str(name)): float(weight) for name, weight in given.items()}
            return ClassesValue(tuple(numbers.get(k, 0.0) for k in range(len(self.labels))))
        if not (weights := tuple(map(float, given))):
            raise ZscapeError(f"No weights are given for {self.name!r}: give one for each class.")
        return ClassesValue(weights)

    def only(self, number: int) -> ClassesValue:
        """Return the value of class `number` alone."""
        return _only(number, len(self.labels))

    def number(self, word: str) -> int:
        """Return the number of the class `word`: its exact label, or else its label in another case, or else its number from 0.

        Raises ZscapeError if there is none.
        """
        word = word.strip()
        if (found := self.labelled(word)) is not None:
            return found
        if word.isdecimal() and int(word) < len(self.labels):
            return int(word)
        raise ZscapeError(f"There is no class {word!r}: choose from {', '.join(self.labels)}.")

    def labelled(self, word: str) -> int | None:
        """The number of the class with this label, exact (an alphabet may have a and A) or else in another case, or None."""
        if word in self.labels:
            return self.labels.index(word)
        folded = [label.casefold() for label in self.labels]
        return folded.index(word.casefold()) if word.casefold() in folded else None

    def weights(self, value: Value) -> tuple[float, ...]:
        """Return the weights in `value`, one per class; the first class alone if it has none."""
        assert isinstance(value, ClassesValue)
        return value.weights or self.only(0).weights

    def heaviest(self, value: Value) -> int:
        """Return the class with the largest weight."""
        weights = self.weights(value)
        return weights.index(max(weights))

    def row(self, value: Value, space: Known) -> Floats:
        import numpy as np

        self.check(value)
        weights = np.asarray(self.weights(value), np.float64)
        return np.asarray(weights / weights.sum(), np.float32)

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        first, last = start.value(self), end.value(self)
        if first == last:
            return [first] * len(steps)
        a, b = self.row(first, space).tolist(), self.row(last, space).tolist()
        return [ClassesValue(tuple((1 - t) * x + t * y for x, y in zip(a, b, strict=True))) for t in steps]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Sum the weights and clip negative results to 0."""
        import numpy as np

        rows = self.rows([recipe.value(self) for recipe in recipes], space).astype(np.float64)
        mixed = np.clip(weights @ rows, 0, None)
        mixed /= mixed.sum(axis=1, keepdims=True)
        return [ClassesValue(tuple(row)) for row in mixed.astype(np.float32).tolist()]

    def dials(self, space: Known) -> dict[str, Scalar]:
        """Which class is drawn, as a number from 0, and the weight of each class."""
        weights = {f"{WEIGHT}{label}": Scalar(f"weight of {label}", 0.0, 1.0) for label in self.labels}
        return {CHOICE: Scalar("which class", 0, len(self.labels) - 1, whole=True), **weights}

    def readings(self, value: Value, space: Known) -> dict[str, float]:
        weights = self.weights(value)
        total = sum(weights)
        shares = {f"{WEIGHT}{label}": weight / total for label, weight in zip(self.labels, weights, strict=True)}
        return {CHOICE: float(self.heaviest(value)), **shares}

    def with_dial(self, value: Value, name: str, number: float) -> Value:
        """Set a weight w and scale the others to sum to 1 - w, in their old proportions; equally if they were all 0."""
        if name == CHOICE:
            return self.only(int(number))
        if name.removeprefix(WEIGHT) not in self.labels or not name.startswith(WEIGHT):
            raise no_such(name, self.name)
        place, share = self.labels.index(name.removeprefix(WEIGHT)), min(max(number, 0.0), 1.0)
        others = [0.0 if k == place else weight for k, weight in enumerate(self.weights(value))]
        if not any(others):
            others = [float(k != place) for k in range(len(others))]
        total = sum(others)
        if total == 0:  # the only class
            return value
        return ClassesValue(tuple(share if k == place else (1.0 - share) * each / total for k, each in enumerate(others)))

    def prior(self, count: int, seed: int) -> Floats:
        import numpy as np

        return np.eye(len(self.labels), dtype=np.float32)[stream(self.name, seed).randint(0, len(self.labels), count)]

    def describe(self, value: Value) -> str:
        """Return the label of a single class, the shares of up to three classes, or those of the two heaviest of more."""
        weights = self.weights(value)
        total = sum(weights)
        shares = sorted(((weight / total, label) for weight, label in zip(weights, self.labels, strict=True)), reverse=True)
        if shares[0][0] > 0.995:
            return shares[0][1]
        words = [f"{share:.0%} {label}" for share, label in shares if share >= 0.005]
        return " + ".join(words if len(words) <= 3 else [*words[:2], f"{len(words) - 2} others"])


@lru_cache(maxsize=4096)
def _only(number: int, count: int) -> ClassesValue:
    return ClassesValue(tuple(float(k == number) for k in range(count)))


@lru_cache(maxsize=64)  # a drag asks for the same ring at every mouse move
def ring(steps: int, count: int, start: float) -> tuple[ClassesValue, ...]:
    """Return `steps` values evenly spaced round the ring of `count` classes, from class `start`.

    2.25 is 75 % class 2 and 25 % class 3.
    """
    return tuple(on_ring(step / steps * count + start, count) for step in range(steps))


def on_ring(position: float, count: int) -> ClassesValue:
    """Return the value at `position` on the ring of `count` classes."""
    position = round(position % count, 6)
    low, share = int(position) % count, position % 1
    weights = [0.0] * count
    weights[low] += 1 - share
    weights[(low + 1) % count] += share
    return ClassesValue(tuple(weights))
