"""Named directions along which a latent or the styles can be moved, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import LARGEST


@dataclass(frozen=True)
class Direction:
    """One direction.

    name: its name in recipes and on sliders. input: name of the input that it moves. vector: what 1 `unit` adds, one number per
    coordinate of that input (for styles: of one layer). unit: what an amount of 1 stands for ("standard deviations"). layers: the
    style layers that it moves, () for all. method: how it was found. provenance: what it was found from, so that others can
    repeat it. Raises ZscapeError for an empty name, an empty vector or numbers that are not finite.
    """

    name: str
    input: str
    vector: tuple[float, ...]
    unit: str = "standard deviations"
    layers: tuple[int, ...] = ()
    method: str = ""
    provenance: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.vector:
            raise ZscapeError("A direction needs a name and at least one number.")
        if not all(abs(number) <= LARGEST for number in self.vector):  # also false for NaN
            raise ZscapeError(f"The direction {self.name!r} holds a number that is not finite: it cannot be followed.")

    def __repr__(self) -> str:
        where = f" in layers {', '.join(map(str, self.layers))}" if self.layers else ""
        return f"<direction {self.name!r} of {self.input!r}{where}: {self.method or 'given'}>"


def in_layers(name: str, layers: str) -> str:
    """Return the name of the direction `name` restricted to some style layers; Space.named resolves it.

    layers: a zone, or numbers such as "0,2"; "" for the direction's own.
    """
    return f"{name} [{layers}]" if layers else name


def parted(name: str) -> tuple[str, str]:
    """Split a name made by `in_layers` into (name of the direction, layers); layers is "" if the name has none."""
    base, bracket, rest = name.rpartition(" [")
    return (base, rest[:-1]) if bracket and base and rest.endswith("]") and rest != "]" else (name, "")


@dataclass(frozen=True)
class DirectionSet:
    """Directions of one model. model: its name. sha256: hash of its weights, which identifies the model."""

    model: str
    sha256: str
    directions: tuple[Direction, ...] = ()

    def __post_init__(self) -> None:
        names = [each.name for each in self.directions]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ZscapeError(f"Two directions are called {min(doubled)!r}: give each a name of its own.")

    def with_direction(self, direction: Direction) -> DirectionSet:
        """Return the set with `direction` added, replacing any of the same name."""
        kept = tuple(each for each in self.directions if each.name != direction.name)
        return DirectionSet(self.model, self.sha256, (*kept, direction))
