"""A recipe: one point of some model, as plain values by input name.

Imports nothing heavy, so that the window can hold recipes before numpy and torch are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import index
from typing import Any, Protocol

from zscape.models.inputs.value import Value, check_seed


class Target(Protocol):
    """What a recipe needs to know of an input (models/inputs/base.py)."""

    @property
    def name(self) -> str:
        """Its name in recipes."""

    def default(self, seed: int) -> Value:
        """Return its value if a recipe of `seed` has none."""


class Recipe:
    """One point of some model, independent of which model that is.

    values: values of single inputs, by name. root: the seed of every random input that has no value here; other inputs have a
    default of their own. Frozen and hashable; it holds no arrays. Raises ZscapeError if root is out of range.
    """

    __slots__ = ("_hash", "root", "values")
    root: int
    values: tuple[tuple[str, Value], ...]
    _hash: int

    def __init__(self, values: Mapping[str, Value] | None = None, root: int = 0) -> None:
        check_seed(root)
        object.__setattr__(self, "values", tuple(sorted(values.items())) if values else ())
        object.__setattr__(self, "root", root)
        object.__setattr__(self, "_hash", hash((self.values, root)))

    @staticmethod
    def seed(seed: int) -> Recipe:
        """Return the draw of `seed`, a whole number of any type, with every other input at its default."""
        return Recipe(root=index(seed) if hasattr(seed, "__index__") else seed)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a recipe is frozen: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Recipe):
            return NotImplemented
        return self is other or (self._hash == other._hash and self.root == other.root and self.values == other.values)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.values)
        return f"Recipe(seed {self.root}{', ' + said if said else ''})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Recipe, (dict(self.values), self.root))

    def get(self, name: str) -> Value | None:
        """Return the value of the input called `name`, or None."""
        return next((value for each, value in self.values if each == name), None)

    def value(self, given: Target) -> Value:
        """Return the value of an input, or else that input's default."""
        value = self.get(given.name)
        return given.default(self.root) if value is None else value

    def with_value(self, name: str, value: Value) -> Recipe:
        """Return the recipe with the value of one input replaced."""
        return Recipe({**dict(self.values), name: value}, self.root)

    def with_values(self, values: Mapping[str, Value]) -> Recipe:
        """Return the recipe with the values of several inputs replaced."""
        return Recipe({**dict(self.values), **values}, self.root)

    def without(self, name: str) -> Recipe:
        """Return the recipe without a value for one input."""
        return Recipe({each: value for each, value in self.values if each != name}, self.root)


USUAL = Recipe()
"""The recipe that has no values."""
