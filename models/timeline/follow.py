"""Turns a curve, such as the loudness of a sound, into keys for something that a timeline shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import STRENGTH, UNIT_EDITS
from zscape.models.inputs.value import SEED_LIMIT, Value
from zscape.models.timeline.text import MOST_KEYS
from zscape.models.timeline.timeline import Key, Timeline


@dataclass(frozen=True)
class Following:
    """What follows which curve, and how far.

    curve: its name. target: see `follow`. low, high: values for 0 and 1 of the curve.
    """

    curve: str
    target: str
    low: float
    high: float


def following_of(text: str, curves: Sequence[str]) -> Following:
    """Parse a text such as "bass:smile=0..2" or "level:class.7=0..1". Raises ZscapeError for anything else."""
    curve, colon, rest = text.partition(":")
    target, sign, ends = rest.rpartition("=")
    low, dots, high = ends.partition("..")
    try:
        found = Following(curve, target, float(low), float(high))
        if not (colon and sign and dots and target and abs(found.low) <= 1000 and abs(found.high) <= 1000):  # also false for NaN
            raise ValueError
    except ValueError as error:
        raise ZscapeError(f"{text[:60]!r}: write it as CURVE:TARGET=LOW..HIGH, such as bass:smile=0..2.") from error
    if curve not in curves:
        raise ZscapeError(f"{text[:60]!r}: there is no curve {curve!r}; choose from {', '.join(curves)}.")
    return found


def follow(timeline: Timeline, space: Space, what: Following, curve: Sequence[float], fps: float) -> Timeline:
    """Return `timeline` with `what.target` driven by `curve`: numbers from 0 to 1, `fps` per second from its beginning.

    Everything else stays as it is. target: the name of a direction (low to high in its unit); INPUT.LABEL for numbers (their
    value) or classes (the weight of that class, 0 to 1); "truncation" (the factor); "unit edits.strength"; or seed.NUMBER (how
    far towards the point of that seed, 0 to 1). After its end a curve is 0. Raises ZscapeError for a target that the model does
    not have, and if there would be more keys than a timeline may have.
    """
    count = round(timeline.seconds * fps) + 1
    others = sum(len(keys) for _, keys in timeline.tracks)
    if count + others > MOST_KEYS:
        raise ZscapeError(f"A timeline has at most {MOST_KEYS:,} keys, this would have {count + others:,}: make it shorter.")
    names, change = _target(what.target, space)
    made: dict[str, list[Key]] = {name: [] for name in names}
    for moment in range(count):
        level = float(curve[moment]) if moment < len(curve) else 0.0
        time = min(moment / fps, timeline.seconds)
        recipe = change(replace(timeline, loop=False).at(time, space), what.low + level * (what.high - what.low))
        for name in names:
            made[name].append(Key(time, recipe.value(space.input(name)), way="lerp"))
    kept = {name: keys for name, keys in timeline.tracks if name not in made}
    driven = {name: tuple(keys) for name, keys in made.items()}
    return replace(timeline, tracks=tuple({**kept, **driven}.items()))


def _target(target: str, space: Space) -> tuple[list[str], Callable[[Recipe, float], Recipe]]:
    """Return the inputs that change, and a function that applies an amount to a recipe."""
    if target in space.directions:
        name = space.directions[target].input
        return [name], lambda recipe, amount: recipe.with_value(name, _moved(recipe.value(space.input(name)), target, amount))
    if target == "truncation":
        from zscape.models.inputs.blending import truncated

        names = [space.styles.name] if space.styles else [each.name for each in space.inputs if each.truncates]
        return names, lambda recipe, amount: truncated(recipe, amount, space)
    name, _, label = target.partition(".")
    if name == "seed" and label.isascii() and label.isdigit() and int(label) < SEED_LIMIT:
        return _towards(Recipe.seed(int(label)), space)
    found = next((each for each in space.inputs if each.name == name), None)
    if target == f"{UNIT_EDITS}.{STRENGTH}":
        units = space.units
        return [UNIT_EDITS], lambda recipe, amount: recipe.with_value(
            UNIT_EDITS, units.with_scalar(recipe.value(units), STRENGTH, amount)
        )
    if isinstance(found, Numbers) and label in found.labels:
        place, numbers = found.labels.index(label), found
        return [name], lambda recipe, amount: recipe.with_value(name, numbers.with_number(recipe.value(numbers), place, amount))
    if isinstance(found, Classes) and label:
        only, classes = found.only(found.number(label)), found

        def more(recipe: Recipe, amount: float) -> Recipe:
            share = [min(1.0, max(0.0, amount))]
            return recipe.with_value(name, classes.between(recipe, recipe.with_value(name, only), share, "lerp", space)[0])

        return [name], more
    known = [*space.directions, *(f"{each.name}.LABEL" for each in space.inputs if isinstance(each, Numbers | Classes))]
    raise ZscapeError(f"Nothing here is called {target[:40]!r}: choose from {', '.join([*known, 'truncation', 'seed.NUMBER'])}.")


def _moved(value: Value, direction: str, amount: float) -> Value:
    assert isinstance(value, LatentValue | StylesValue)  # the values that directions move
    return value.with_move(direction, amount)


def _towards(other: Recipe, space: Space) -> tuple[list[str], Callable[[Recipe, float], Recipe]]:
    random = [each for each in space.inputs if each.random]

    def nearer(recipe: Recipe, amount: float) -> Recipe:
        share = [min(1.0, max(0.0, amount))]
        there = recipe.with_values({each.name: each.default(other.root) for each in random})
        return recipe.with_values({each.name: each.between(recipe, there, share, "slerp", space)[0] for each in random})

    return [each.name for each in random], nearer
