"""The addresses by which controllers set the numbers of the current point, and the commands of the window."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import WEIGHT
from zscape.models.inputs.kinds.latent import COORDINATE
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import DIRECTION, Scalar
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value

ROOT = "/zscape"
UNIT = "/unit"
"""The end of an address whose number is from 0 to 1, mapped to the usual range."""
COMMANDS = f"{ROOT}/do/"
PARTED = (DIRECTION, COORDINATE, WEIGHT)
"""Prefixes of number names that become a separate part of the address."""


@dataclass(frozen=True)
class Address:
    """One number of the current point. path: its OSC address. input: the input it belongs to. number: its name in that input."""

    path: str
    input: str
    number: str
    scalar: Scalar

    @property
    def words(self) -> str:
        """Its name for the user."""
        return self.scalar.label

    @property
    def range(self) -> str:
        """Its usual range, in words."""
        low, high = self.scalar.low, self.scalar.high
        return f"{low:g} to {high:g}" if high < 1e6 else f"{low:g} or more"

    def at(self, share: float) -> float:
        """The number at the fraction `share`, from 0 to 1, of the range."""
        number = self.scalar.low + min(max(share, 0.0), 1.0) * (self.scalar.high - self.scalar.low)
        return float(round(number)) if self.scalar.whole else number


def addresses(space: Space) -> dict[str, Address]:
    """Every number of a model of `space` by path, in the order of its inputs."""
    found: dict[str, Address] = {}
    for each in space.inputs:
        for number, scalar in each.dials(space).items():
            head = next((part for part in PARTED if number.startswith(part)), "")
            parts = (each.name, *([head.strip()] if head else ()), number.removeprefix(head))
            path = _free(f"{ROOT}/" + "/".join(map(slug, parts)), found)
            found[path] = Address(path, each.name, number, scalar)
    return found


def slug(name: str) -> str:
    """`name` with only characters that an OSC address may contain: "stroke width" becomes stroke-width."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-") or "x"


def _free(path: str, taken: Iterable[str]) -> str:
    """`path`, with a number appended if it is taken."""
    every = {*taken}
    return next(each for each in (path, *(f"{path}-{k}" for k in range(2, len(every) + 3))) if each not in every)


def number_of(path: str, values: tuple[Any, ...]) -> float:
    """The single number in a message. Raises ZscapeError if it is something else, or not finite."""
    if len(values) != 1 or isinstance(values[0], bool) or not isinstance(values[0], int | float):
        raise ZscapeError(f"{path} takes one number, not {said(values)}: nothing was changed.")
    if not math.isfinite(values[0]):
        raise ZscapeError(f"{path} got {values[0]}, which is not a usable number: nothing was changed.")
    return float(values[0])


def said(values: tuple[Any, ...]) -> str:
    """The values of a message, as a short text."""
    words = ", ".join(f"{each:g}" if isinstance(each, float) else repr(each)[:24] for each in values[:3])
    return (words + (" …" if len(values) > 3 else "")) or "nothing"


def in_range(address: Address, number: float) -> float:
    """`number`, clamped to the usual range: no controller value may ruin the picture."""
    scalar = address.scalar
    number = min(max(number, scalar.low), scalar.high)
    return float(round(number)) if scalar.whole else number


def moved(recipe: Recipe, numbers: Mapping[Address, float], space: Space) -> Recipe:
    """`recipe` with other numbers. Whole numbers (a seed, a choice) are set first, because they reset the rest of their input."""
    asked: dict[str, dict[str, float]] = {}
    for address, number in sorted(numbers.items(), key=lambda pair: not pair[0].scalar.whole):
        asked.setdefault(address.input, {})[address.number] = number
    targets = {name: space.input(name) for name in asked}
    values: dict[str, Value] = {name: each.with_dials(recipe.value(each), asked[name]) for name, each in targets.items()}
    return recipe.with_values(values)


def readings(recipe: Recipe, known: Mapping[str, Address], space: Space) -> dict[str, int | float]:
    """The values of the known numbers at `recipe`, by path, without those that it does not have."""
    read = {each.name: each.readings(recipe.value(each), space) for each in space.inputs}
    there = {path: (each, read[each.input][each.number]) for path, each in known.items() if each.number in read[each.input]}
    return {path: round(number) if each.scalar.whole else number for path, (each, number) in there.items()}
