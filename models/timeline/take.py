"""Converts a recording of manual changes to keys: smoothed, and with no more keys than needed.

The point is sampled RATE times per second. It is smoothed in time by local means with Gaussian weights (E. Nadaraya 1964, G.
Watson 1964) of SMOOTH seconds, less towards the ends, which stay where they were. Then samples are left out as long as straight
lines between the remaining ones deviate by no more than TOLERANCE (U. Ramer 1972, D. Douglas and T. Peucker 1973), measured at
the same time: for every input, as a fraction of how far it moved. A spline connects the keys.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value
from zscape.models.timeline.edits import each_track
from zscape.models.timeline.stops import in_loop
from zscape.models.timeline.timeline import SAME, Key, Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 20.0
"""Samples per second."""
SMOOTH = 0.1
"""Standard deviation of the weights, in seconds."""
TOLERANCE = 0.03
"""Maximum deviation of a sample that is left out, as a fraction of how far its input moved from its start."""
LONGEST = 600.0
"""Maximum length of a recording, in seconds."""
ONE_BY_ONE = ("moves", "coordinates")
"""Fields of a value with numbers that are set by hand, each by its own name."""

Sample = tuple[float, Recipe]


@dataclass(frozen=True, eq=False)
class _Course:
    """One input over the samples. rows: float64 [N, D], smoothed, if it moves. value(k): its value at sample k."""

    rows: NDArray[np.float64] | None
    value: Callable[[int], Value]


def keys_of(samples: Sequence[Sample], space: Space) -> list[Sample]:
    """Return the keys of a recording, from the first move to the last, the first key at 0 seconds.

    samples: (time, point) at each change, in order, the first before anything moved. Raises ZscapeError if nothing moved, and for
    a recording longer than LONGEST seconds.
    """
    moved = [place for place in range(1, len(samples)) if samples[place][1] != samples[place - 1][1]]
    if not moved:
        raise ZscapeError("Nothing moved while it was recorded: press Record, then drag a slider, a pad or a number.")
    begin, end = samples[moved[0]][0], samples[moved[-1]][0]
    if end - begin > LONGEST:
        raise ZscapeError(f"A take lasts at most {LONGEST / 60:g} minutes: record a shorter one.")
    count = max(1, math.ceil((end - begin) * RATE - 1e-6)) + 1
    recipes = [samples[moved[0] - 1][1], *_at(samples, [begin + step / RATE for step in range(count - 1)]), samples[moved[-1]][1]]
    for recipe in dict.fromkeys(recipes):
        space.check(recipe)
    courses = {each.name: _course(each, recipes, space) for each in space.inputs}
    kept = _needed([each.rows for each in courses.values() if each.rows is not None], len(recipes))
    return [
        (place / RATE, recipes[place].with_values({name: each.value(place) for name, each in courses.items()})) for place in kept
    ]


def with_take(timeline: Timeline | None, start: float, keys: Sequence[Sample], space: Space) -> Timeline:
    """Return `timeline` with the keys of a recording from `start` on, replacing those there; extended if necessary."""
    end = start + keys[-1][0]
    line = timeline or Timeline(end, keys[0][1])

    def put(opened: Timeline) -> Timeline:
        seconds = max(opened.seconds, end)
        clear = each_track(
            replace(opened, seconds=seconds),
            lambda known: tuple(key for key in known if not start - SAME <= key.time <= end + SAME),
        )
        known = dict(clear.tracks)
        tracks = []
        for each in space.inputs:
            made = (Key(start + time, recipe.value(each), "linear", "spline") for time, recipe in keys)
            tracks.append((each.name, tuple(sorted([*known.get(each.name, ()), *made], key=lambda key: key.time))))
        return replace(clear, tracks=tuple(tracks))

    return in_loop(line, put)


def _at(samples: Sequence[Sample], times: Sequence[float]) -> list[Recipe]:
    """Return the point at each of `times`, which are in order."""
    found, place = [], 0
    for time in times:
        while place + 1 < len(samples) and samples[place + 1][0] <= time + SAME:
            place += 1
        found.append(samples[place][1])
    return found


def _course(given: Input, recipes: Sequence[Recipe], space: Space) -> _Course:
    import numpy as np

    values = [recipe.value(given) for recipe in recipes]
    if len(set(values)) == 1:
        return _Course(None, lambda _: values[0])
    if len({_rest(value) for value in values}) == 1 and (parts := _parts(given, values)):
        rows = _smoothed(np.array([[part.get(name, 0.0) for name in parts[0]] for part in parts], np.float64))
        names = list(parts[0])
        return _Course(rows, lambda place: _with_parts(values[place], names, rows[place].tolist()))
    if isinstance(given, Styles):  # only the network knows what they look like: they change at once
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        return _Course(np.eye(len(numbers))[[numbers[value] for value in values]], lambda place: values[place])
    plain = np.stack([np.asarray(given.row(value, space), np.float64).ravel() for value in values])

    def value(place: int) -> Value:
        around, weights = _weights(place, len(recipes))
        near = [recipes[k] for k in around]
        made: Value = given.combine(near, weights[None].astype(np.float32), False, space)[0]
        return made

    return _Course(_smoothed(plain), value)


def _weights(place: int, count: int) -> tuple[range, NDArray[np.float64]]:
    """Return the samples that count for the one at `place`, and their weights."""
    import numpy as np

    spread = min(SMOOTH * RATE, place / 2, (count - 1 - place) / 2)
    reach = math.ceil(3 * spread)
    around = range(max(0, place - reach), min(count, place + reach + 1))
    if not spread:
        return range(place, place + 1), np.ones(1)
    weights = np.exp(-0.5 * ((np.array(around) - place) / spread) ** 2)
    return around, weights / weights.sum()


def _smoothed(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    made = np.empty_like(rows)
    for place in range(len(rows)):
        around, weights = _weights(place, len(rows))
        made[place] = weights @ rows[around.start : around.stop]
    return made


def _needed(courses: Sequence[NDArray[np.float64]], count: int) -> list[int]:
    """Return the indices of the samples that are kept."""
    import numpy as np

    scaled = []
    for rows in courses:
        far = float(np.linalg.norm(rows - rows[0], axis=1).max())
        scaled.append(rows / far if far > 0 else rows)
    kept, waiting = {0, count - 1}, [(0, count - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        share = (np.arange(first + 1, last) - first)[:, None] / (last - first)
        off = np.max(
            [np.linalg.norm(rows[first + 1 : last] - (1 - share) * rows[first] - share * rows[last], axis=1) for rows in scaled],
            axis=0,
        )
        worst = int(off.argmax())
        if off[worst] > TOLERANCE:
            middle = first + 1 + worst
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return sorted(kept)


# A value whose seeds or stored numbers stay keeps them: only numbers set by hand move, and can be edited by name.


def _rest(value: Value) -> Value:
    """Return `value` without the numbers that are set by hand one by one."""
    there: dict[str, Any] = {name: () for name in ONE_BY_ONE if hasattr(value, name)}
    if hasattr(value, "truncation"):
        there["truncation"] = 1.0
    rest: Value = replace(value, **there) if there else value
    return rest


def _parts(given: Input, values: Sequence[Value]) -> list[dict[tuple[str, Any], float]]:
    """Return the numbers set by hand in each of `values`, for every name that any of them has; [] if there are none."""
    names = sorted({(field, name) for value in values for field in ONE_BY_ONE for name, _ in getattr(value, field, ())})
    base = getattr(given, "base", None)
    parts = []
    for value in values:
        known = {(field, name): number for field in ONE_BY_ONE for name, number in getattr(value, field, ())}
        if hasattr(value, "truncation"):
            known["truncation", ""] = value.truncation
        for field, name in names:
            if (field, name) not in known:
                known[field, name] = float(base(value)[name]) if field == "coordinates" and base else 0.0
        parts.append(known)
    return parts if parts and parts[0] else []


def _with_parts(value: Value, names: Sequence[tuple[str, Any]], numbers: Sequence[float]) -> Value:
    found: dict[str, Any] = {}
    for (field, name), number in zip(names, numbers, strict=True):
        if field == "truncation":
            found[field] = number
        else:
            found.setdefault(field, []).append((name, number))
    made: Value = replace(
        value, **{field: tuple(sorted(each)) if field != "truncation" else each for field, each in found.items()}
    )
    return made
