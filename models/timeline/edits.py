"""Manual edits of a timeline: every function returns a new timeline and leaves the old one unchanged.

A column is the keys of all inputs at one time. Times are in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value
from zscape.models.timeline.easing import Easing
from zscape.models.timeline.timeline import SAME, Key, KeyWay, NumberKey, Timeline

LEAST = 0.05
"""Minimum time between the in point and the out point, in seconds."""


def animate_shelf(
    stops: Sequence[Recipe],
    space: Space,
    leg: float = 1.5,
    hold: float = 0.0,
    easing: Easing = "smooth",
    loop: bool = False,
    way: KeyWay = "slerp",
) -> Timeline:
    """Make a timeline through `stops` in order, all inputs together, and with `loop` back to the first.

    leg: time from one stop to the next, above 0. hold: pause at each stop, 0 or more. Raises ZscapeError for fewer than two
    stops, stops of another model, and times out of range.
    """
    if len(stops) < 2:
        raise ZscapeError("An animation of the shelf needs at least two points: keep some on the shelf (K).")
    if not (math.isfinite(leg) and leg > 0 and math.isfinite(hold) and hold >= 0):
        raise ZscapeError("A leg lasts longer than 0 seconds, a hold 0 seconds or more.")
    for stop in stops:
        space.check(stop)
    count = len(stops)
    tracks = []
    for each in space.said_by(*stops):
        keys: list[Key] = []
        for place, stop in enumerate(stops):
            value, start = stop.value(each), place * (leg + hold)
            if hold:
                keys.append(Key(start, value, "hold"))
            keys.append(Key(start + hold, value, easing, way))
        if loop:
            keys.append(Key(count * (leg + hold), stops[0].value(each)))
        tracks.append((each.name, tuple(keys)))
    seconds = count * (leg + hold) if loop else count * (leg + hold) - leg
    return Timeline(seconds, stops[0], tuple(tracks), loop=loop)


def columns(timeline: Timeline) -> list[float]:
    """Return the times at which any input has a key, in order."""
    found: list[float] = []
    for time in sorted(key.time for _, keys in timeline.tracks for key in keys):
        if not found or time - found[-1] > SAME:
            found.append(time)
    return found


def snapped(timeline: Timeline, time: float, fps: float, within: float = 0.0, moving: float | None = None) -> float:
    """Snap `time` to the nearest other column within `within` seconds, otherwise to the nearest frame, inside the timeline.

    moving: time of the column being moved, to which it does not snap.
    """
    others = [each for each in columns(timeline) if moving is None or abs(each - moving) > SAME]
    near = min(others, key=lambda each: abs(each - time), default=None)
    place = near if near is not None and abs(near - time) <= within else round(time * fps) / fps
    return min(max(place, 0.0), timeline.seconds)


def add_column(timeline: Timeline, time: float, recipe: Recipe, space: Space, easing: Easing = "smooth") -> Timeline:
    """Return the timeline with keys for every input of `recipe` at `time`, replacing any keys there."""
    space.check(recipe)
    _check(timeline, time)
    known = dict(timeline.tracks)
    tracks = []
    for each in space.said_by(recipe, timeline.base, Recipe(_values(timeline))):
        keys = [key for key in known.get(each.name, ()) if abs(key.time - time) > SAME]
        if each is space.units and each.name not in known:  # so far the other columns had the edits of the base recipe
            keys = [Key(other, timeline.base.value(each), easing) for other in columns(timeline) if abs(other - time) > SAME]
        keys.append(Key(time, recipe.value(each), easing))
        tracks.append((each.name, tuple(sorted(keys, key=lambda key: key.time))))
    return replace(timeline, tracks=tuple(tracks))


def _values(timeline: Timeline) -> dict[str, Value]:
    """Return one value of each input that has a track."""
    return {name: keys[0].value for name, keys in timeline.tracks}


def with_length(timeline: Timeline, seconds: float, scale: bool = True) -> Timeline:
    """Return `timeline` with a length of `seconds`. scale: whether the keys are scaled with it; otherwise they stay.

    Raises ZscapeError if a key that stays would lie beyond the end.
    """
    if not scale:
        numbers = [key.time for track in number_keys(timeline) for key in track]
        last = max([*columns(timeline), *numbers], default=0.0)
        if last > seconds + SAME:
            raise ZscapeError(f"A key lies at {last:g} s, after the end at {seconds:g} s: move it, or scale the keys.")
        return replace(timeline, seconds=seconds)
    factor = seconds / timeline.seconds
    return retimed(timeline, lambda time: time * factor, seconds)


def retimed(timeline: Timeline, to: Callable[[float], float], seconds: float) -> Timeline:
    """Return the timeline with everything at time t moved to `to(t)`, which never falls, and a length of `seconds`."""
    tracks = tuple((name, tuple(replace(key, time=to(key.time)) for key in keys)) for name, keys in timeline.tracks)
    timeline = each_number(timeline, lambda keys: tuple(replace(key, time=to(key.time)) for key in keys))
    marks = tuple(replace(each, start=to(each.start), seconds=to(each.end) - to(each.start)) for each in timeline.marks)
    part = None if timeline.part is None else (to(timeline.part[0]), to(timeline.part[1]))
    return replace(timeline, seconds=seconds, tracks=tracks, marks=marks, part=part)


def with_part(timeline: Timeline, begin: float | None = None, end: float | None = None) -> Timeline:
    """Return the timeline with another in or out point, in seconds; None leaves a point as it is.

    If the two would meet, the other one gives way. Points at both ends of the timeline count as none.
    """
    first, last = timeline.played
    if begin is not None:
        first = min(max(begin, 0.0), timeline.seconds - LEAST)
        last = max(last, first + LEAST)
    if end is not None:
        last = max(min(end, timeline.seconds), LEAST)
        first = min(first, last - LEAST)
    whole = first <= SAME and last >= timeline.seconds - SAME
    return replace(timeline, part=None if whole else (max(0.0, round(first, 6)), round(last, 6)))


def _check(timeline: Timeline, time: float) -> None:
    if not 0 <= time <= timeline.seconds + SAME:
        raise ZscapeError(f"A key at {time:g} s lies outside the timeline, which lasts {timeline.seconds:g} s.")


def each_track(timeline: Timeline, change: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> Timeline:
    """Return the timeline with the keys of every track replaced by `change(keys)`; a track left without keys is removed."""
    changed = ((name, change(keys)) for name, keys in timeline.tracks)
    return replace(timeline, tracks=tuple((name, keys) for name, keys in changed if keys))


def number_keys(timeline: Timeline) -> list[tuple[NumberKey, ...]]:
    """Return the keys of every track of numbers, of inputs and of the sheet."""
    return [*(keys for _, keys in timeline.sheet), *(keys for _, _, keys in timeline.numbers)]


def each_number(timeline: Timeline, change: Callable[[tuple[NumberKey, ...]], tuple[NumberKey, ...]]) -> Timeline:
    """Return the timeline with the keys of every number track replaced by `change(keys)`; one without keys is removed."""
    sheet = ((name, change(keys)) for name, keys in timeline.sheet)
    numbers = ((name, number, change(keys)) for name, number, keys in timeline.numbers)
    return replace(timeline, sheet=tuple(each for each in sheet if each[1]), numbers=tuple(each for each in numbers if each[2]))
