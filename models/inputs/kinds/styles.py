"""The kind `styles`: one vector per layer, made from the latent by a mapping network (StyleGAN's w and W+).

T. Karras, S. Laine and T. Aila, "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019): the mapping
network, style mixing (section 3.1) and truncation in W (appendix B). R. Abdal, Y. Qin and P. Wonka, "Image2StyleGAN" (2019): one
w per layer (W+).

Only the generator can make these vectors, so a recipe resolves to a plan of them (models/inputs/points.py), which the code that
holds the network carries out (models/inference/styles.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, alone
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import Scalar, along, amount, with_amount
from zscape.models.inputs.value import Value, check_finite, check_size

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats, Known

ZONES = ("coarse", "middle", "fine")
"""Thirds of the layers, from the first: pose and shape, features, colours (Karras et al. 2019, section 3.1)."""


@dataclass(frozen=True)
class Mix:
    """Chosen layers taken from another recipe. weight: 1 replaces them, less blends."""

    layers: tuple[int, ...]
    recipe: Recipe
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_finite([self.weight])


@dataclass(frozen=True)
class StylesValue(Value):
    """Styles of the recipe's latent, unless `numbers` gives others.

    numbers: stored styles, `size` numbers per layer, or None. mixes: layers taken from other recipes, applied in order. moves:
    (direction, amount in its units) pairs sorted by name. truncation: the fraction of the distance from the mean style that is
    kept, in the layers below `cutoff` (None: in all).
    """

    numbers: tuple[tuple[float, ...], ...] | None = None
    mixes: tuple[Mix, ...] = ()
    moves: tuple[tuple[str, float], ...] = ()
    truncation: float = 1.0
    cutoff: int | None = None

    kind = "styles"

    def __post_init__(self) -> None:
        check_finite([self.truncation, *(number for row in self.numbers or () for number in row)])
        check_finite(amount for _, amount in self.moves)

    def with_move(self, direction: str, amount: float) -> StylesValue:
        """Return the value with its move along `direction` set to `amount` (0: not moved)."""
        moves = {**dict(self.moves), direction: amount}
        return replace(self, moves=tuple(sorted((name, size) for name, size in moves.items() if size)))

    def with_mix(self, layers: tuple[int, ...], recipe: Recipe | None, weight: float = 1.0) -> StylesValue:
        """Return the value with `layers` taken from `recipe` (None: from the latent again)."""
        kept = [replace(mix, layers=tuple(each for each in mix.layers if each not in layers)) for mix in self.mixes]
        mixes = [mix for mix in kept if mix.layers]
        if recipe is not None and layers:
            mixes.append(Mix(layers, recipe, weight))
        return replace(self, mixes=tuple(mixes))


@dataclass(frozen=True)
class Styles(Input):
    """`layers` vectors of `size` numbers. Values: StylesValue; in points float32 [N, layers, size]."""

    layers: int
    size: int

    kind = "styles"
    value_type = StylesValue
    truncates = True

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "layers", check_size(f"The number of layers of {self.name!r}", self.layers, 1000))
        object.__setattr__(self, "size", check_size(f"The size of {self.name!r}", self.size, 1 << 16))

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.layers, self.size)

    @property
    def summary(self) -> str:
        return f"{self.layers} layers of styles"

    def default(self, seed: int) -> StylesValue:
        return StylesValue()

    def zone(self, name: str) -> tuple[int, ...]:
        """Return the layers of a zone: coarse, middle or fine."""
        number = ZONES.index(name)
        return tuple(layer for layer in range(self.layers) if layer * len(ZONES) // self.layers == number)

    def layers_of(self, words: str) -> tuple[int, ...]:
        """Return the layers named by `words`: a zone, or numbers from 0, such as "0,2" or "3-5".

        Raises ZscapeError for others.
        """
        if words in ZONES:
            return self.zone(words)
        found: set[int] = set()
        for part in words.split(","):
            ends = [end.strip() for end in part.split("-")]
            numbers = [int(end) for end in ends if end.isdecimal()]
            if len(numbers) != len(ends) or len(ends) > 2 or numbers != sorted(numbers) or numbers[-1] >= self.layers:
                last = max(0, self.layers - 1)
                such = f"numbers from 0 to {last}, such as 0,2 or 0-{last}"
                raise ZscapeError(f"Layers are {', '.join(ZONES)}, or {such}, not {words!r}.")
            found.update(range(numbers[0], numbers[-1] + 1))
        return tuple(sorted(found))

    def mixes(self, recipe: Recipe) -> tuple[Mix, ...]:
        """The mixes of `recipe`: layers whose styles come from other recipes."""
        value = recipe.value(self)
        assert isinstance(value, StylesValue)
        return value.mixes

    def check(self, value: Value) -> None:
        super().check(value)
        assert isinstance(value, StylesValue)
        if value.numbers is not None and [len(row) for row in value.numbers] != [self.size] * self.layers:
            raise ZscapeError(f"The styles are not {self.layers} layers of {self.size} numbers: they are another model's.")
        if any(not 0 <= layer < self.layers for mix in value.mixes for layer in mix.layers):
            raise ZscapeError(f"A layer is mixed that the model does not have: it has 0 to {self.layers - 1}.")

    def value(self, given: Any) -> StylesValue:
        if isinstance(given, StylesValue):
            return given
        return StylesValue(numbers=tuple(tuple(map(float, row)) for row in given))

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        """Interpolate linearly, as W is flat: each layer of the end's styles is mixed in by its share.

        If both follow their latents, so do the styles between: the latents are interpolated themselves.
        """
        first, last = start.value(self), end.value(self)
        assert isinstance(first, StylesValue)
        assert isinstance(last, StylesValue)
        if first == last:
            return [first] * len(steps)
        if first.numbers is last.numbers is None and first.mixes == last.mixes:
            return [self._moved(first, last, t) for t in steps]
        every = tuple(range(self.layers))
        return [
            first if t == 0 else last if t == 1 else StylesValue(mixes=(Mix(every, start), Mix(every, end, t))) for t in steps
        ]

    @staticmethod
    def _moved(first: StylesValue, last: StylesValue, t: float) -> StylesValue:
        a, b = dict(first.moves), dict(last.moves)
        moves = tuple((name, (1 - t) * a.get(name, 0.0) + t * b.get(name, 0.0)) for name in sorted({*a, *b}))
        truncation = (1 - t) * first.truncation + t * last.truncation
        return replace(last if t > 0.5 else first, moves=moves, truncation=truncation)

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        values = [recipe.value(self) for recipe in recipes]
        if len(set(values)) == 1:
            return [values[0]] * len(weights)
        every, found = tuple(range(self.layers)), list[Value]()
        for weighted in weights:
            row = weighted.tolist()
            # A mix replaces a fraction of what is already there. These fractions leave each recipe its weight in the end. The
            # largest weight comes first, so that the running sum is never 0, whatever is subtracted.
            mixes, total = [], 0.0
            for recipe, weight in sorted(zip(recipes, row, strict=True), key=lambda pair: -pair[1]):
                total += weight
                mixes.append(Mix(every, recipe, weight / total if total else 0.0))
            found.append(values[row.index(1.0)] if alone(weighted) else StylesValue(mixes=tuple(mixes)))
        return found

    def scalars(self, space: Known) -> dict[str, Scalar]:
        return along(space.directions, self.name)

    def scalar(self, value: Value, name: str) -> float:
        return amount(value, name, self.name)

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        made: Value = with_amount(value, name, number, self.name)
        return made

    def truncated(self, value: Value, factor: float) -> Value:
        assert isinstance(value, StylesValue)
        return replace(value, truncation=factor)

    def describe(self, value: Value) -> str:
        assert isinstance(value, StylesValue)
        words = [] if value.numbers is None else ["stored styles"]
        words += [f"{len(mix.layers)} layers mixed in" for mix in value.mixes]
        words += [f"truncation {value.truncation:g}"] if value.truncation != 1 else []
        return ", ".join(words)
