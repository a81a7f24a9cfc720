"""The space of one model: its inputs, its directions and the names of its coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.directions import Direction, parted
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.units import UNIT_EDITS, UNITS, Units

I = TypeVar("I", bound=Input)  # noqa: E741


@dataclass(frozen=True)
class Space:
    """What a recipe needs to know of a model.

    inputs: those of its generator, in order. coordinates: name -> index of a coordinate of its first latent. directions: name ->
    direction. Raises ZscapeError if there are no inputs, if two have the same name, or for a coordinate that does not exist.
    """

    inputs: tuple[Input, ...]
    coordinates: Mapping[str, int] = field(default_factory=dict)
    directions: Mapping[str, Direction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_inputs(self.inputs)
        latent = self.first(Latent)
        if any(not 0 <= place < (latent.size if latent else 0) for place in self.coordinates.values()):
            raise ZscapeError("A name is given to a coordinate of the latent that does not exist.")

    @property
    def units(self) -> Units:
        """The edits of units inside the network, possible for any model."""
        return UNITS

    def said_by(self, *recipes: Recipe) -> tuple[Input, ...]:
        """Return the inputs that recipes may give values to, including the edits of units if one of the recipes has some."""
        return (*self.inputs, UNITS) if any(each.get(UNIT_EDITS) is not None for each in recipes) else self.inputs

    def first(self, kind: type[I]) -> I | None:
        """Return the first input of a kind, or None."""
        return next((each for each in self.inputs if isinstance(each, kind)), None)

    def every(self, kind: type[I]) -> tuple[I, ...]:
        """Return the inputs of a kind."""
        return tuple(each for each in self.inputs if isinstance(each, kind))

    def input(self, name: str) -> Input:
        """Return the input called `name`. Raises ZscapeError, listing the inputs, if there is none."""
        for each in self.inputs:
            if each.name == name:
                return each
        if name == UNIT_EDITS:
            return UNITS
        known = ", ".join(each.name for each in self.inputs)
        raise ZscapeError(f"The model has no input {name!r} (it takes {known}): the recipe was made for another model.")

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the classes; () if the model has none."""
        classes = self.first(Classes)
        return classes.labels if classes else ()

    @property
    def styles(self) -> Styles | None:
        """The styles input, if the model has one."""
        return self.first(Styles)

    def knows(self, name: str) -> bool:
        """Whether `named` finds a direction called `name`."""
        return name in self.directions or parted(name)[0] in self.directions

    def named(self, name: str) -> Direction:
        """Return the direction called `name`; directions of styles also in chosen layers: "smile [coarse]" (see `in_layers`).

        Raises ZscapeError if there is no such direction or layer.
        """
        found = self.directions.get(name)
        if found is None:
            base, layers = parted(name)
            found = self.directions.get(base) if layers else None
            if found is not None:
                target = self.input(found.input)
                if not isinstance(target, Styles):
                    raise ZscapeError(f"{base!r} moves {found.input!r}, which has no layers: it cannot be moved in {layers}.")
                found = replace(found, name=name, layers=target.layers_of(layers))
        if found is None:
            raise ZscapeError(f"The model knows no direction named {name!r}: open the file that holds it, or do without it.")
        return found

    def direction(self, name: str, of: str) -> Direction:
        """Return the direction called `name` (see `named`) that moves the input `of`. Raises ZscapeError if there is none."""
        found = self.named(name)
        if found.input != of:
            raise ZscapeError(f"The direction {name!r} moves {found.input!r}, not {of!r}: open the file that holds another.")
        return found

    def check(self, recipe: Recipe) -> None:
        """Raise ZscapeError if `recipe` holds a value that a model of this space cannot take."""
        for name, value in recipe.values:
            self.input(name).check(value)
            for direction, _ in getattr(value, "moves", ()):
                self.direction(direction, name)

    def takes(self, recipe: Recipe) -> bool:
        """Whether `recipe` fits the inputs of this space, whichever directions the model has."""
        try:
            for name, value in recipe.values:
                self.input(name).check(value)
        except ZscapeError:
            return False
        return True

    def draws(self, recipe: Recipe) -> bool:
        """Whether a model of this space can draw `recipe`: it fits the inputs and uses only known directions."""
        try:
            self.check(recipe)
        except ZscapeError:
            return False
        return True

    def within(self, recipe: Recipe) -> Recipe:
        """Return `recipe` with numbers out of range clipped to the range of their input."""
        said = {each.name: (each, value) for each in self.inputs if isinstance(value := recipe.get(each.name), each.value_type)}
        cut = {name: found for name, (each, value) in said.items() if (found := each.within(value)) != value}
        return recipe.with_values(cut) if cut else recipe

    def with_directions(self, directions: Iterable[Direction]) -> Space:
        """Return the space with `directions` as its directions. Raises ZscapeError for one that does not fit its input."""
        every = tuple(directions)
        for each in every:
            target = self.input(each.input)
            size = target.shape[-1]
            layers = target.layers if isinstance(target, Styles) else 0
            there = all(0 <= layer < layers for layer in each.layers)
            if not isinstance(target, Latent | Styles) or len(each.vector) != size or not there:
                takes = f"{each.input!r} of {size} numbers"
                raise ZscapeError(f"The direction {each.name!r} does not fit the input {takes}: it is another model's.")
        return replace(self, directions={each.name: each for each in every})


def check_inputs(inputs: tuple[Input, ...]) -> None:
    """Raise ZscapeError unless these can be the inputs of a generator."""
    if not inputs:
        raise ZscapeError("A model needs at least one input, such as Latent('z', 64).")
    if odd := [each for each in inputs if not isinstance(each, Input)]:
        raise ZscapeError(f"{odd[0]!r} is not an input: use Latent, Classes, Numbers, Styles, Noise or Picture.")
    names = [each.name for each in inputs]
    if UNIT_EDITS in names:
        raise ZscapeError(f"An input cannot be called {UNIT_EDITS!r}, which every model has: give it another name.")
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ZscapeError(f"Two inputs are called {min(doubled)!r}: give each a name of its own.")
    if sum(isinstance(each, Styles) for each in inputs) > 1:
        raise ZscapeError("A model can have only one input of styles.")
    if any(isinstance(each, Styles) for each in inputs) and not any(isinstance(each, Latent) for each in inputs):
        raise ZscapeError("Styles are made of a latent: declare one beside them.")
