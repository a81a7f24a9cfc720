"""Edits of single units inside the network: switched off, amplified, moved, turned or scaled.

A unit is one feature map of a layer. Switching units off to see what they draw is network dissection (D. Bau et al., "GAN
Dissection: Visualizing and Understanding Generative Adversarial Networks", 2019, section 3.2); amplifying, moving, turning and
scaling their maps is network bending (T. Broad, F. Leymarie, M. Grierson, "Network Bending: Expressive Manipulation of Deep
Generative Models", 2021, section 3).

Edits of units are part of the recipe, not of the scene or the model, because a picture is determined by its recipe. Everything
that holds, moves or writes recipes (undo, sessions, the shelf, a copied tile, every sweep, a timeline and its films, the command
line, a notebook) then handles them without extra code, and points with different edits can stand in one sheet. No generator
declares them among its inputs: every space has them (`Space.units`), since any network of layers can be edited. Points carry the
values as they are (`Points.units`), because the units of a layer form no array of fixed shape, and the code that draws
(models/inference/inside/unit_edits.py) knows which layers there are. Layers are named as modules: the family plays no part.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input, Way, alone
from zscape.models.inputs.scalar import Scalar, no_such
from zscape.models.inputs.value import Value

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats, Known
    from zscape.models.inputs.recipe import Recipe

UNIT_EDITS = "unit edits"
"""Name of the edits in recipes, timelines and on the command line."""
STRENGTH, STRONGEST = "strength", 10.0
MOST_UNITS = 100_000
"""Maximum number of units that a recipe may edit."""


class Setting(NamedTuple):
    """What is done to a unit's map.

    gain: a factor, 0 switches it off. right, down: shift, as a fraction of the map's side. turn: degrees clockwise about the
    map's centre. scale: a factor on its size, about the centre. Areas that come in from outside are filled with 0.
    """

    gain: float = 1.0
    right: float = 0.0
    down: float = 0.0
    turn: float = 0.0
    scale: float = 1.0


AS_DRAWN = Setting()
RANGES = {
    "gain": (-100.0, 100.0),
    "right": (-2.0, 2.0),
    "down": (-2.0, 2.0),
    "turn": (-3600.0, 3600.0),
    "scale": (0.05, 20.0),
}
"""Lowest and highest value of each field of `Setting`."""


@dataclass(frozen=True)
class UnitEdit:
    """An edit of some units of one layer. layer: name of its module. units: their numbers, from 0. The rest: see `Setting`.

    Raises ZscapeError for an empty layer name, no units, and numbers that are not finite or out of range.
    """

    layer: str
    units: tuple[int, ...]
    gain: float = 1.0
    right: float = 0.0
    down: float = 0.0
    turn: float = 0.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not isinstance(self.layer, str) or not 0 < len(self.layer) <= 256:
            raise ZscapeError("An edit of units names the layer they are in.")
        try:  # whole numbers of any type, such as numpy's
            units = () if any(isinstance(unit, bool) for unit in self.units) else tuple(sorted(set(map(index, self.units))))
        except TypeError:
            units = ()
        if not units or units[0] < 0:
            raise ZscapeError(f"The edit of layer {self.layer!r} needs the numbers of its units, from 0.")
        object.__setattr__(self, "units", units)
        for name, (low, high) in RANGES.items():
            number = getattr(self, name)
            if isinstance(number, bool | str) or not hasattr(number, "__float__") or not low <= number <= high:  # NaN fails too
                raise ZscapeError(f"The {name} of a unit is {number!r}: it must be a number from {low:g} to {high:g}.")
            object.__setattr__(self, name, float(number))

    @property
    def setting(self) -> Setting:
        """What is done to each of the units."""
        return Setting(self.gain, self.right, self.down, self.turn, self.scale)


@dataclass(frozen=True)
class UnitsValue(Value):
    """Edits of units.

    edits: which units are edited and how, each unit at most once. strength: how much of the edits applies, 0 is none, 1 all. The
    same edits are the same value, in whichever order they came: units of one layer with the same setting are grouped, and edits
    that do nothing are left out.
    """

    edits: tuple[UnitEdit, ...] = ()
    strength: float = 1.0

    kind = "unit edits"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.strength) and 0 <= self.strength <= STRONGEST):
            raise ZscapeError(f"The strength of unit edits is {self.strength:g}: it must be a number from 0 to {STRONGEST:g}.")
        if sum(len(each.units) for each in self.edits) > MOST_UNITS:
            raise ZscapeError(f"A recipe edits at most {MOST_UNITS:,} units.")
        known: dict[tuple[str, int], Setting] = {}
        for each in self.edits:
            for unit in each.units:
                if (each.layer, unit) in known:
                    raise ZscapeError(f"Unit {unit} of layer {each.layer!r} is edited twice: leave one of the edits out.")
                known[each.layer, unit] = each.setting
        object.__setattr__(self, "edits", _grouped(known))
        if not self.edits:  # the next edit then applies in full
            object.__setattr__(self, "strength", 1.0)

    @property
    def settings(self) -> dict[tuple[str, int], Setting]:
        """(layer, unit) -> its setting, before strength is applied."""
        return {(each.layer, unit): each.setting for each in self.edits for unit in each.units}

    def of(self, layer: str) -> dict[int, Setting]:
        """Return unit -> setting for the edited units of one layer."""
        return {unit: each.setting for each in self.edits if each.layer == layer for unit in each.units}

    def with_units(self, layer: str, units: Iterable[int], **changes: float) -> UnitsValue:
        """Return the value with fields of `Setting` changed for those units; the other fields stay."""
        known = self.settings
        for unit in units:
            known[layer, unit] = known.get((layer, unit), AS_DRAWN)._replace(**changes)
        return replace(self, edits=_grouped(known))

    def without(self, layer: str, units: Iterable[int]) -> UnitsValue:
        """Return the value without edits of those units."""
        gone = {(layer, unit) for unit in units}
        return replace(self, edits=_grouped({place: each for place, each in self.settings.items() if place not in gone}))

    def applied(self) -> UnitsValue:
        """Return the same edits at strength 1: the strength is worked into the settings."""
        if self.strength == 1:
            return self
        mixed = {place: _mixed([(self.strength, each), (1 - self.strength, AS_DRAWN)]) for place, each in self.settings.items()}
        return UnitsValue(_grouped(mixed))


@dataclass(frozen=True)
class Units(Input):
    """The edits of units, which every space has. Values: UnitsValue. They have no array in points; see the module's docstring."""

    name: str = UNIT_EDITS

    kind = "unit edits"
    value_type = UnitsValue

    @property
    def shape(self) -> tuple[int, ...]:
        return ()

    @property
    def summary(self) -> str:
        return "edits of its units"

    def default(self, seed: int) -> UnitsValue:
        return NOTHING

    def value(self, given: Any) -> UnitsValue:
        """Accept a value, or a list of UnitEdit or of dictionaries with its fields. Raises ZscapeError for anything else."""
        if isinstance(given, UnitsValue):
            return given
        such = "Unit edits are a list such as [{'layer': 'up', 'units': [3], 'gain': 0}]"
        known = [each.name for each in fields(UnitEdit)]
        if isinstance(given, str | Mapping):
            raise ZscapeError(f"{such}, not {given!r}.")
        try:
            for each in given:
                if not isinstance(each, UnitEdit) and (odd := set(each) - set(known)):
                    raise ZscapeError(f"{such}: there is no {min(odd)!r}, but {', '.join(known)}.")
                if not isinstance(each, UnitEdit) and not {"layer", "units"} <= set(each):
                    raise ZscapeError(f"{such}: each names its layer and its units.")
            return UnitsValue(tuple(each if isinstance(each, UnitEdit) else UnitEdit(**each) for each in given))
        except TypeError as error:
            raise ZscapeError(f"{such}: {error}.") from error

    def between(self, start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Known) -> list[Value]:
        first, last = (self.said(each) for each in (start, end))
        if first == last:
            return [first] * len(steps)
        return [first if t == 0 else last if t == 1 else _sum([(1 - t, first), (t, last)]) for t in steps]

    def combine(self, recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Known) -> list[Value]:
        """Weighted sums of the settings of each unit."""
        values = [self.said(recipe) for recipe in recipes]
        return [
            values[int(row.argmax())] if alone(row) else _sum(list(zip(row.tolist(), values, strict=True))) for row in weights
        ]

    def said(self, recipe: Recipe) -> UnitsValue:
        """Return the edits in a recipe."""
        value = recipe.value(self)
        self.check(value)
        assert isinstance(value, UnitsValue)
        return value

    def scalars(self, space: Known) -> dict[str, Scalar]:
        return {STRENGTH: Scalar(STRENGTH, 0.0, 2.0, least=0.0, most=STRONGEST)}

    def scalar(self, value: Value, name: str) -> float:
        assert isinstance(value, UnitsValue)
        if name != STRENGTH:
            raise no_such(name, self.name)
        return value.strength

    def with_scalar(self, value: Value, name: str, number: float) -> Value:
        assert isinstance(value, UnitsValue)
        if name != STRENGTH:
            raise no_such(name, self.name)
        return replace(value, strength=number)

    def describe(self, value: Value) -> str:
        assert isinstance(value, UnitsValue)
        count = len(value.settings)
        if not count:
            return ""
        share = "" if value.strength == 1 else f" at {value.strength:g}"
        return f"{count} unit{'s' * (count > 1)} edited{share}"


def _grouped(settings: Mapping[tuple[str, int], Setting]) -> tuple[UnitEdit, ...]:
    """Return the edits that give these settings, in order of layer and unit."""
    groups: dict[tuple[str, Setting], list[int]] = {}
    for (layer, unit), setting in sorted(settings.items()):
        if setting != AS_DRAWN:
            groups.setdefault((layer, setting), []).append(unit)
    return tuple(UnitEdit(layer, tuple(units), *setting) for (layer, setting), units in groups.items())


def _mixed(parts: Sequence[tuple[float, Setting]]) -> Setting:
    """Return the weighted sum of settings, kept within the ranges."""
    sums = (sum(weight * setting[place] for weight, setting in parts) for place in range(len(AS_DRAWN)))
    return Setting(*(min(max(number, low), high) for number, (low, high) in zip(sums, RANGES.values(), strict=True)))


def _sum(parts: Sequence[tuple[float, UnitsValue]]) -> UnitsValue:
    """Return the weighted sum of several values, unit by unit; the weights sum to 1."""
    known = [(weight, value.applied().settings) for weight, value in parts if weight]
    places = {place for _, settings in known for place in settings}
    mixed = {place: _mixed([(weight, settings.get(place, AS_DRAWN)) for weight, settings in known]) for place in places}
    return UnitsValue(_grouped(mixed))


NOTHING = UnitsValue()
"""The value without edits."""
UNITS = Units()
"""The input for edits of units, the same in every space."""
