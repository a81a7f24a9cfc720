"""Timelines made from what is on screen. All are seamless loops: their end is their beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.sweeps.analogy import Analogy
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.candidates import Candidates
from zscape.models.sweeps.class_sweep import ClassSweep
from zscape.models.sweeps.direction import DirectionSweep
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.plane import Plane
from zscape.models.sweeps.single import Single
from zscape.models.sweeps.style_mixing import StyleMixing
from zscape.models.sweeps.style_sweep import StyleSweep
from zscape.models.timeline.timeline import Key, NumberKey, Timeline


def round_the_classes(centre: Recipe, space: Space, seconds: float) -> Timeline:
    """Take `centre` through all classes in `seconds`, starting with its own. Raises ZscapeError for fewer than two classes."""
    classes = space.first(Classes)
    if classes is None or len(classes.labels) < 2:
        raise ZscapeError("This model has no classes to go round: choose a random loop.")
    count, first = len(classes.labels), classes.heaviest(centre.value(classes))
    keys = tuple(Key(seconds * step / count, classes.only((first + step) % count)) for step in range(count + 1))
    return Timeline(seconds, centre, ((classes.name, keys),), loop=True)


def through_the_classes(centre: Recipe, space: Space, leg: float, hold: float) -> Timeline:
    """Show `centre` in every class, starting with its own: each is held for `hold` seconds, then morphs for `leg` seconds.

    Raises ZscapeError for fewer than two classes.
    """
    classes = space.first(Classes)
    if classes is None or len(classes.labels) < 2:
        raise ZscapeError("This model has no classes to go through: choose a random loop.")
    count, first = len(classes.labels), classes.heaviest(centre.value(classes))
    keys: list[Key] = []
    for step in range(count):
        value = classes.only((first + step) % count) if step else centre.value(classes)
        start = step * (leg + hold)
        keys += [Key(start, value, "hold"), Key(start + hold, value, "smooth")]
    seconds = count * (leg + hold)
    keys.append(Key(seconds, centre.value(classes)))
    return Timeline(seconds, centre, ((classes.name, tuple(keys)),), loop=True)


def tour(stops: Sequence[Recipe], space: Space, seconds: float) -> Timeline:
    """Go through `stops` and back to the first in `seconds`, all inputs together, with equal times between stops.

    Raises ZscapeError for fewer than two stops.
    """
    if len(stops) < 2:
        raise ZscapeError("A tour needs at least two points: keep some on the shelf (K).")
    times = [seconds * step / len(stops) for step in range(len(stops) + 1)]
    tracks = tuple(
        (each.name, tuple(Key(time, stop.value(each), "smooth") for time, stop in zip(times, [*stops, stops[0]], strict=True)))
        for each in space.said_by(*stops)
    )
    return Timeline(seconds, stops[0], tracks, loop=True)


def random_loop(centre: Recipe, space: Space, seconds: float, seed: int = 0, stops: int = 4) -> Timeline:
    """Go from the centre through draws of `stops` - 1 seeds and back; inputs that are not random stay as at the centre."""
    drawn = [each for each in space.inputs if each.random]
    found = [centre]
    for step in range(1, stops):
        other = Recipe.seed((seed + step) % SEED_LIMIT)
        found.append(centre.with_values({each.name: each.default(other.root) for each in drawn}))
    return tour(found, space, seconds)


def _sheet(seconds: float, centre: Recipe, field: str, *numbers: float) -> Timeline:
    keys = tuple(NumberKey(seconds * place / (len(numbers) - 1), number) for place, number in enumerate(numbers))
    return Timeline(seconds, centre, (), ((field, keys),), loop=True)


def usual(sweep: Sweep, space: Space, seconds: float) -> Timeline | None:
    """Return the default loop of a sheet, starting with what it shows; None for a sheet that stands still.

    An image goes round the classes (a random loop if there are none), and so do the tiles of a class sweep; a wave runs along the
    columns of a style sweep and of a strip along a direction; an analogy folds and unfolds; planes and pads turn; mixed layers
    and variations go and come back.
    """
    makers: dict[type[Sweep], Callable[[], Timeline]] = {
        Single: lambda: (round_the_classes if len(space.labels) > 1 else random_loop)(sweep.centre, space, seconds),
        ClassSweep: lambda: _sheet(seconds, sweep.centre, "start", 0.0, float(len(space.labels))),
        StyleSweep: lambda: _sheet(seconds, sweep.centre, "turn", 0.0, 1.0),
        Analogy: lambda: _sheet(seconds, sweep.centre, "extent", 1.0, 0.0, 1.0),
        Plane: lambda: _sheet(seconds, sweep.centre, "turn", 0.0, 1.0),
        StyleMixing: lambda: _sheet(seconds, sweep.centre, "weight", 1.0, 0.0, 1.0),
        Candidates: lambda: _sheet(seconds, sweep.centre, "temperature", *_out_and_back(sweep)),
        DirectionSweep: lambda: _sheet(seconds, sweep.centre, "turn", 0.0, 1.0),
        PadSheet: lambda: _sheet(seconds, sweep.centre, "turn", 0.0, 1.0),
    }
    make = makers.get(type(sweep))
    return make() if make else None


def _out_and_back(sweep: Sweep) -> tuple[float, float, float]:
    """Return the temperatures of candidates: the current one, 0, and the current one; if it is 0, up to the default and back."""
    assert isinstance(sweep, Candidates)
    own = sweep.temperature
    return own, 0.0 if own else Candidates.temperature, own
