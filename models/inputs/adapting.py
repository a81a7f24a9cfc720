"""Adapts a point of one model to another model: what means the same there, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.styles import Styles, StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value

SAID = 3
"""Maximum number of notes in one line."""


@dataclass(frozen=True)
class Adapted:
    """A recipe for another model.

    notes: what is not the same there, in sentences without a full stop; () for nothing. classes: (class that is drawn, class it
    stands for) pairs, for each class input whose labels differ.
    """

    recipe: Recipe
    notes: tuple[str, ...] = ()
    classes: tuple[tuple[str, str], ...] = ()


def adapted(recipe: Recipe, source: Space, target: Space) -> Adapted:
    """Adapt `recipe`, made for a model of `source`, to a model of `target`.

    Inputs are matched by name and kind, otherwise by kind and order. Latents of the same size stay the same; if the size differs,
    the seed is kept but gives another draw. Classes are matched by label, otherwise by number. Moves along directions that
    `target` does not have are left out. Raises ZscapeError if nothing of the point means anything there.
    """
    notes: list[str] = []
    classes: list[tuple[str, str]] = []
    pairs = [(each, _twin(each, source, target)) for each in target.inputs]
    if not any(twin for _, twin in pairs):
        raise ZscapeError("The two models take nothing in common: there is no point that both can draw.")
    values: dict[str, Value] = {}
    for each, twin in pairs:
        said = recipe.get(twin.name) if twin is not None else None
        if twin is None:
            if not isinstance(each, Styles):  # these always follow the latent
                notes.append(f"it takes {each.name} as well, which the open model does not: the default is used")
        elif isinstance(each, Latent) and isinstance(twin, Latent) and each.size != twin.size:
            values[each.name] = _other_size(recipe.value(twin), twin, each, notes)
        elif isinstance(each, Classes) and isinstance(twin, Classes) and each.labels != twin.labels:
            values[each.name] = _other_labels(recipe.value(twin), twin, each, notes, classes)
        elif said is not None and (value := _same(said, each, twin, target, notes)) is not None:
            values[each.name] = value
    used = {twin.name for _, twin in pairs if twin is not None}
    notes += [f"{each.name} is left out" for each in source.inputs if each.name not in used and recipe.get(each.name)]
    return Adapted(Recipe(values, recipe.root), tuple(dict.fromkeys(notes)), tuple(classes))


def notes_of(made: Sequence[Adapted]) -> tuple[str, ...]:
    """Collect what is not the same for the points of a sheet: each difference once, all classes in one sentence."""
    notes = dict.fromkeys(note for each in made for note in each.notes)
    classes = list(dict.fromkeys(pair for each in made for pair in each.classes))
    said = ", ".join(f"{drawn} for {asked}" for drawn, asked in classes[:SAID])
    if len(classes) > SAID:
        said += f" and so on for {len(classes) - SAID} more"
    return (*notes, *([f"its classes are others, taken by their place: {said}"] if classes else ()))


def note_line(notes: Sequence[str]) -> str:
    """Join notes to one line that ends with the number of those left out; "" if there are none."""
    if len(notes) <= SAID + 1:
        return "; ".join(notes)
    return "; ".join((*notes[:SAID], f"and {len(notes) - SAID} more differences"))


def _twin(target: Input, source: Space, other: Space) -> Input | None:
    """Return the input of `source` that stands for `target`, an input of `other`."""
    kind = type(target)
    named = next((each for each in source.every(kind) if each.name == target.name), None)
    if named is not None:
        return named
    taken = {each.name for each in other.every(kind)}
    free = [each for each in source.every(kind) if each.name not in taken]
    known = {each.name for each in source.every(kind)}
    places = [each for each in other.every(kind) if each.name not in known]
    place = places.index(target)
    return free[place] if place < len(free) else None


def _same(said: Value, target: Input, twin: Input, space: Space, notes: list[str]) -> Value | None:
    """Convert `said` for an input of the same sizes; None if `target` cannot use it."""
    if isinstance(target, Styles) and target != twin:
        notes.append("its styles are those of the latent: its layers are others")
        return None
    if isinstance(said, target.value_type) and (cut := target.within(said)) != said:
        notes.append(f"{target.name} is cut at the end of its range there")
        said = cut
    try:
        target.check(said)
    except ZscapeError:
        notes.append(f"the default {target.name} is used: it has another size there")
        return None
    if isinstance(said, LatentValue | StylesValue):
        for name, _ in said.moves:
            try:
                space.direction(name, target.name)
            except ZscapeError:
                notes.append(f"the direction {name!r} is left out")
                said = said.with_move(name, 0.0)
    return said


def _other_size(value: Value, twin: Latent, target: Latent, notes: list[str]) -> Value:
    assert isinstance(value, LatentValue)
    if value.numbers is not None:
        raise ZscapeError(
            f"This point is {twin.size} stored numbers and the other model takes {target.size}: "
            "choose a point that comes from a seed."
        )
    notes.append(f"its latent has {target.size} numbers, not {twin.size}: the same seed is another point there")
    if value.coordinates or value.moves:
        notes.append("coordinates that were set by hand are left out")
    return replace(value, coordinates=(), moves=())


def _other_labels(value: Value, twin: Classes, target: Classes, notes: list[str], classes: list[tuple[str, str]]) -> Value:
    weights = twin.weights(value)
    used = [(place, weight) for place, weight in enumerate(weights) if weight]
    places = [target.labelled(twin.labels[place]) for place, _ in used]
    if any(place is None for place in places):
        if any(place >= len(target.labels) for place, _ in used):
            notes.append(f"there is no class {twin.describe(value)}: the first one is drawn")
            return target.only(0)
        places = [place for place, _ in used]
    found = [0.0] * len(target.labels)
    for to, (_, weight) in zip(places, used, strict=True):
        assert to is not None
        found[to] += weight
    made = ClassesValue(tuple(found))
    if target.describe(made) != twin.describe(value):
        classes.append((target.describe(made), twin.describe(value)))
    return made
