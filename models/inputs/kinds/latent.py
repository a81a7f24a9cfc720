"""The kind `latent`: a vector drawn from a normal distribution, which determines the look of the image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, alone, ends, stream
from zscape.models.inputs.kinds.latent_draw import draw
from zscape.models.inputs.scalar import HIGHEST, SEED, Scalar, along, amount, with_amount
from zscape.models.inputs.spline import Leg, spherical
from zscape.models.inputs.value import Value, check_finite, check_seed, check_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

MOST = 1 << 16
COORDINATE = "coordinate "
"""Prefix of the name of a single coordinate, followed by its index from 0."""


@dataclass(frozen=True)
class LatentValue(Value):
    """z = truncation * (base with `coordinates` set, plus the `moves`).

    base is `numbers` if given, otherwise the weighted sum of the standard normal draws of `seeds`, rescaled to N(0, I).

    seeds: (seed, weight) pairs. numbers: a stored latent, which replaces the seeds. coordinates: (index, value) pairs set by
    hand, sorted by index. moves: (name of a direction, amount in its units) pairs, sorted by name. truncation: a factor on the
    latent; 1 is the prior, smaller is more typical and less varied. Raises ZscapeError if a value is out of range.
    """

    seeds: tuple[tuple[int, float], ...] = ((0, 1.0),)
    numbers: tuple[float, ...] | None = None
    coordinates: tuple[tuple[int, float], ...] = ()
    moves: tuple[tuple[str, float], ...] = ()
    truncation: float = 1.0

    kind = "latent"

    def __post_init__(self) -> None:
        check_finite([self.truncation, *(self.numbers or ())])
        check_finite([number for _, number in (*self.seeds, *self.coordinates, *self.moves)])
        for seed, _ in self.seeds:
            check_seed(seed)
        if self.numbers is None and not any(weight for _, weight in self.seeds):
            raise ZscapeError("A latent needs stored numbers or at least one seed with a weight other than 0.")
        if any(index < 0 for index, _ in self.coordinates):
            raise ZscapeError("Coordinates of a latent are counted from 0: one that is set is negative.")

    @property
    def seed(self) -> int | None:
        """Its single seed; None for a mixture or a stored latent."""
        return self.seeds[0][0] if self.numbers is None and len(self.seeds) == 1 else None

    def with_seed(self, seed: int) -> LatentValue:
        """Return the draw of `seed` with the same truncation and nothing set by hand."""
        return LatentValue(seeds=((seed, 1.0),), truncation=self.truncation)

    def drawn_again(self, seed: int) -> LatentValue:
        """Return the draw of `seed` as `with_seed` does, moved along the same directions as before."""
        return replace(self.with_seed(seed), moves=self.moves)

    def with_coordinate(self, index: int, number: float) -> LatentValue:
        """Return the value with coordinate `index` (before truncation) set to `number`."""
        return self.with_coordinates({index: number})

    def with_coordinates(self, numbers: Mapping[int, float]) -> LatentValue:
        """Set several coordinates at once, as `with_coordinate` does."""
        return replace(self, coordinates=tuple(sorted({**dict(self.coordinates), **numbers}.items())))

    def without_coordinate(self, index: int) -> LatentValue:
        """Return the value with coordinate `index` back at what the seeds or the stored numbers give."""
        return replace(self, coordinates=tuple(pair for pair in self.coordinates if pair[0] != index))

    def with_move(self, direction: str, amount: float) -> LatentValue:
        """Return the value with its move along `direction` set to `amount` (0: not moved)."""
        moves = {**dict(self.moves), direction: amount}
        return replace(self, moves=tuple(sorted((name, size) for name, size in moves.items() if size)))

    def plain(self) -> LatentValue:
        """Return the value without anything set by hand."""
        return replace(self, coordinates=(), moves=())


@dataclass(frozen=True)
class Latent(Input):
    """A latent of `size` numbers, drawn from N(0, I). Values: LatentValue; in points float32 [N, size]."""

    size: int

    kind = "latent"
    value_type = LatentValue
    random = True
    truncates = True

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "size", check_size(f"The size of {self.name!r}", self.size, MOST))

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.size,)

    @property
    def summary(self) -> str:
        return f"{self.size} coordinates"

    def default(self, seed: int) -> LatentValue:
        return LatentValue(seeds=((seed, 1.0),))

    def check(self, value: Value) -> None:
        super().check(value)
        assert isinstance(value, LatentValue)
        if value.numbers is not None and len(value.numbers) != self.size:
            raise ZscapeError(
                f"The latent has {len(value.numbers)} numbers, the model wants {self.size}: it was made for another model."
            )
        if value.coordinates and value.coordinates[-1][0] >= self.size:
            raise ZscapeError(
                f"Coordinate {value.coordinates[-1][0]} is set, the model has 0 to {self.size - 1}: reset the sliders."
            )

    def value(self, given: Any) -> LatentValue:
        if isinstance(given, LatentValue):
            return given
        if isinstance(given, int):
            return LatentValue(seeds=((given, 1.0),))
        if isinstance(given, Mapping):
            return LatentValue(coordinates=tuple(sorted((int(index), float(number)) for index, number in given.items())))
        return LatentValue(seeds=(), numbers=tuple(map(float, given)))

    def base(self, value: LatentValue) -> Floats:
        """Return the latent, float32 [size], before coordinates, moves and truncation."""
        import numpy as np

        if value.numbers is not None:
            return np.asarray(value.numbers, np.float32)
        total = sum(weight * draw(self.name, seed, self.size).astype(np.float64) for seed, weight in value.seeds)
        # A weighted sum of independent normals has variance sum(w^2). Divide by its root so that the mixture follows the prior
        # too.
        scale = float(np.sqrt(sum(weight * weight for _, weight in value.seeds)))
        return np.asarray(total / scale, np.float32)

    def before_truncation(self, value: Value, space: Known) -> Floats:
        """Return the latent, float32 [size], before truncation, as the sliders show it."""
        import numpy as np

        self.check(value)
        assert isinstance(value, LatentValue)
        z = self.base(value).copy()
        for index, number in value.coordinates:
            z[index] = number
        for name, far in value.moves:
            z += np.float32(far) * np.asarray(space.direction(name, self.name).vector, np.float32)
        return z

    def row(self, value: Value, space: Known) -> Floats:
        import numpy as np

        assert isinstance(value, LatentValue)
        return self.before_truncation(value, space) * np.float32(value.truncation)

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        import numpy as np

        from zscape.models.inputs.interpolation import WAYS

        a, b = start.value(self), end.value(self)
        assert isinstance(a, LatentValue)
        assert isinstance(b, LatentValue)
        if a == b:
            return [a] * len(steps)
        # With the same truncation at both ends, interpolate the latents before truncation; the tiles keep that truncation.
        same = a.truncation == b.truncation
        get = self.before_truncation if same else self.row
        rows = WAYS[way](get(a, space), get(b, space), np.asarray(steps, np.float32)).tolist()
        kept = a.truncation if same else 1.0
        return ends([LatentValue(seeds=(), numbers=tuple(row), truncation=kept) for row in rows], steps, a, b)

    def curved(self, leg: Leg, share: float, space: Known) -> Value:
        import numpy as np

        a, b = leg.start.value(self), leg.end.value(self)
        assert isinstance(a, LatentValue)
        assert isinstance(b, LatentValue)
        if a == b or share in (0.0, 1.0):
            return b if share == 1.0 else a
        beside = [each.recipe.value(self) for each in (leg.before, leg.after) if each is not None]
        # With the same truncation everywhere, interpolate the latents before truncation, as `between` does.
        same = {each.truncation for each in (a, b, *beside) if isinstance(each, LatentValue)} == {a.truncation}
        get = self.before_truncation if same else self.row

        def vector(recipe: Recipe) -> NDArray[np.float64]:
            return np.asarray(get(recipe.value(self), space), np.float64)

        row = spherical(leg, share, vector).astype(np.float32).tolist()
        return LatentValue(seeds=(), numbers=tuple(row), truncation=a.truncation if same else 1.0)

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        import numpy as np

        from zscape.models.inputs.interpolation import sums

        values = [value for recipe in recipes if isinstance(value := recipe.value(self), LatentValue)]
        truncation = values[0].truncation if len({value.truncation for value in values}) == 1 else None
        get = self.row if truncation is None else self.before_truncation
        mixed = sums(np.stack([get(value, space) for value in values]), weights, keep_norm)
        corners = {place: values[int(row.argmax())] for place, row in enumerate(weights) if alone(row)}
        rows = mixed.tolist()
        kept = 1.0 if truncation is None else truncation
        return [
            corners.get(place) or LatentValue(seeds=(), numbers=tuple(row), truncation=kept) for place, row in enumerate(rows)
        ]

    def scalars(self, space: Known) -> dict[str, Scalar]:
        """Truncation, directions, and the named coordinates."""
        first = next((each for each in space.inputs if isinstance(each, Latent)), None)
        named = space.coordinates.items() if first == self else ()
        return {
            **along(space.directions, self.name),
            **{f"{COORDINATE}{place}": Scalar(name, -3.0, 3.0) for name, place in named},
        }

    def scalar(self, value: Value, name: str) -> float:
        assert isinstance(value, LatentValue)
        place = self._place(name)
        if place is None:
            return amount(value, name, self.name)
        return dict(value.coordinates).get(place, float(self.base(value)[place]))

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        assert isinstance(value, LatentValue)
        place = self._place(name)
        if place is not None:
            return value.with_coordinate(place, number)
        made: Value = with_amount(value, name, number, self.name)
        return made

    def dials(self, space: Known) -> dict[str, Scalar]:
        """The seed, `scalars`, and every coordinate."""
        known = self.scalars(space)
        every = {f"{COORDINATE}{place}": Scalar(f"coordinate {place}", -3.0, 3.0) for place in range(self.size)}
        return {
            SEED: Scalar(SEED, 0, HIGHEST, whole=True),
            **known,
            **{name: known.get(name, each) for name, each in every.items()},
        }

    def readings(self, value: Value, space: Known) -> dict[str, float]:
        assert isinstance(value, LatentValue)
        coordinates = dict(enumerate(self.base(value).tolist())) | dict(value.coordinates)
        seed = {SEED: float(value.seed)} if value.seed is not None else {}
        moves = {name: amount(value, name, self.name) for name in along(space.directions, self.name)}
        return {**seed, **moves, **{f"{COORDINATE}{place}": number for place, number in coordinates.items()}}

    def with_dial(self, value: Value, name: str, number: float) -> Value:
        assert isinstance(value, LatentValue)
        return value.drawn_again(int(number)) if name == SEED else self.with_scalar(value, name, number)

    def with_dials(self, value: Value, numbers: Mapping[str, float]) -> Value:
        """Set all coordinates in one step, after the other numbers: a controller may send hundreds."""
        places = {name: place for name in numbers if (place := self._place(name)) is not None}
        value = super().with_dials(value, {name: number for name, number in numbers.items() if name not in places})
        assert isinstance(value, LatentValue)
        return value.with_coordinates({place: numbers[name] for name, place in places.items()}) if places else value

    def _place(self, name: str) -> int | None:
        """Return the index of the coordinate called `name`; None if it is another number."""
        place = name.removeprefix(COORDINATE)
        known = name.startswith(COORDINATE) and place.isascii() and place.isdecimal() and len(place) < 7
        return int(place) if known and int(place) < self.size else None

    def prior(self, count: int, seed: int) -> Floats:
        import numpy as np

        return stream(self.name, seed).standard_normal((count, self.size)).astype(np.float32)

    def truncated(self, value: Value, factor: float) -> Value:
        assert isinstance(value, LatentValue)
        return replace(value, truncation=factor)

    def describe(self, value: Value) -> str:
        assert isinstance(value, LatentValue)
        if value.numbers is not None:
            words = "stored numbers"
        elif value.seed is not None:
            words = f"seed {value.seed}"
        else:
            words = f"{len(value.seeds)} seeds mixed"
        if count := len(value.coordinates) + len(value.moves):
            words += f", {count} set by hand"
        return words + (f", truncation {value.truncation:g}" if value.truncation != 1 else "")
