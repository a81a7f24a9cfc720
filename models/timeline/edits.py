"""What one does to a timeline by hand: every function returns a new one and leaves the old as it is.

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
"""Seconds between the in and the out point."""


def animate_shelf(
    stops: Sequence[Recipe],
    space: Space,
    leg: float = 1.5,
    hold: float = 0.0,
    easing: Easing = "smooth",
    loop: bool = False,
    way: KeyWay = "slerp",
) -> Timeline:
    """Through `stops` in order, all inputs together, and with `loop` back to the first.

    leg: from one stop to the next, above 0. hold: how long each stop stands still, 0 or more. Raises ZscapeError for fewer than
    two stops, stops of another model, and times out of range.
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
    """The times at which any input has a key, in order."""
    found: list[float] = []
    for time in sorted(key.time for _, keys in timeline.tracks for key in keys):
        if not found or time - found[-1] > SAME:
            found.append(time)
    return found


def snapped(timeline: Timeline, time: float, fps: float, within: float = 0.0, moving: float | None = None) -> float:
    """`time` at the nearest other column within `within` seconds, else at the nearest frame; kept inside the timeline.

    moving: the column being moved, which does not hold itself back.
    """
    others = [each for each in columns(timeline) if moving is None or abs(each - moving) > SAME]
    near = min(others, key=lambda each: abs(each - time), default=None)
    place = near if near is not None and abs(near - time) <= within else round(time * fps) / fps
    return min(max(place, 0.0), timeline.seconds)


def add_column(timeline: Timeline, time: float, recipe: Recipe, space: Space, easing: Easing = "smooth") -> Timeline:
    """Keys for every input of `recipe` at `time`, in place of those that are there."""
    space.check(recipe)
    _check(timeline, time)
    known = dict(timeline.tracks)
    tracks = []
    for each in space.said_by(recipe, timeline.base, Recipe(_values(timeline))):
        keys = [key for key in known.get(each.name, ()) if abs(key.time - time) > SAME]
        if each is space.units and each.name not in known:  # until now the other columns had those of the base
            keys = [Key(other, timeline.base.value(each), easing) for other in columns(timeline) if abs(other - time) > SAME]
        keys.append(Key(time, recipe.value(each), easing))
        tracks.append((each.name, tuple(sorted(keys, key=lambda key: key.time))))
    return replace(timeline, tracks=tuple(tracks))


def _values(timeline: Timeline) -> dict[str, Value]:
    """A value of each input that has a track."""
    return {name: keys[0].value for name, keys in timeline.tracks}


def with_length(timeline: Timeline, seconds: float, scale: bool = True) -> Timeline:
    """`timeline` with a length of `seconds`. scale: whether the keys move with it; else they stay.

    Raises ZscapeError where a key that stays would lie beyond the end.
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
    """With everything at `to(time)`, which never falls; it lasts `seconds`."""
    tracks = tuple((name, tuple(replace(key, time=to(key.time)) for key in keys)) for name, keys in timeline.tracks)
    timeline = each_number(timeline, lambda keys: tuple(replace(key, time=to(key.time)) for key in keys))
    marks = tuple(replace(each, start=to(each.start), seconds=to(each.end) - to(each.start)) for each in timeline.marks)
    part = None if timeline.part is None else (to(timeline.part[0]), to(timeline.part[1]))
    return replace(timeline, seconds=seconds, tracks=tracks, marks=marks, part=part)


def with_part(timeline: Timeline, begin: float | None = None, end: float | None = None) -> Timeline:
    """With another in or out point, in seconds; None leaves it where it is. The other gives way where they would meet.

    Both at the ends of the timeline are none.
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
    """With the keys of every track as `change` gives them; a track that has none left goes."""
    changed = ((name, change(keys)) for name, keys in timeline.tracks)
    return replace(timeline, tracks=tuple((name, keys) for name, keys in changed if keys))


def number_keys(timeline: Timeline) -> list[tuple[NumberKey, ...]]:
    """The keys of every track of numbers, of inputs and of the sheet."""
    return [*(keys for _, keys in timeline.sheet), *(keys for _, _, keys in timeline.numbers)]


def each_number(timeline: Timeline, change: Callable[[tuple[NumberKey, ...]], tuple[NumberKey, ...]]) -> Timeline:
    """With the keys of every track of numbers, of inputs and of the sheet, as `change` gives them; one without keys goes."""
    sheet = ((name, change(keys)) for name, keys in timeline.sheet)
    numbers = ((name, number, change(keys)) for name, number, keys in timeline.numbers)
    return replace(timeline, sheet=tuple(each for each in sheet if each[1]), numbers=tuple(each for each in numbers if each[2]))
