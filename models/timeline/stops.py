"""The stops of a timeline: points at which it arrives, for a moment or for as long as it is held there.

A held point is two columns of keys with the same values and "hold" between them; manual edits treat them as one. A stop may not
pass or touch another, so a drag loses nothing. Every function returns a new timeline. Times are in seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.easing import Easing
from zscape.models.timeline.edits import add_column, each_number, each_track
from zscape.models.timeline.timeline import SAME, Key, KeyWay, Timeline

APART = 0.05
"""Minimum time between two stops."""
LEG = 1.5
"""Time to a stop added after the last one, if there is no other leg to copy it from."""


@dataclass(frozen=True)
class Stop:
    """One stop, from start to end. closes: whether it is the end of a loop: a copy of the first stop that cannot be edited."""

    start: float
    end: float
    closes: bool = False

    @property
    def hold(self) -> float:
        """How long it is held, in seconds."""
        return self.end - self.start


def stops(timeline: Timeline) -> list[Stop]:
    """Return all stops in order."""
    columns = _columns(timeline)
    names = {name for name, _ in timeline.tracks}
    found: list[Stop] = []
    before: dict[str, Key] = {}
    for time, keys in columns:
        held = bool(found) and before.keys() == keys.keys() == names
        if held and all(before[name].easing == "hold" and before[name].value == keys[name].value for name in names):
            found[-1] = replace(found[-1], end=time)
        else:
            found.append(Stop(time, time))
        before = keys
    if timeline.loop and len(found) > 1 and abs(found[-1].start - timeline.seconds) <= SAME:
        first, last = ({name: key.value for name, key in keys.items()} for _, keys in (columns[0], columns[-1]))
        if first == last:
            found[-1] = replace(found[-1], closes=True)
    return found


def room(timeline: Timeline, stop: Stop) -> tuple[float, float]:
    """Return the earliest and the latest start that `stop` may have between its neighbours."""
    found = stops(timeline)
    place = found.index(stop)
    earliest = found[place - 1].end + APART if place else 0.0
    latest = (found[place + 1].start - APART if place + 1 < len(found) else timeline.seconds) - stop.hold
    return min(earliest, stop.start), max(latest, stop.start)


def move_stop(timeline: Timeline, stop: Stop, start: float) -> Timeline:
    """Move `stop` to `start`, or as near as its neighbours allow, with its hold and the marks that lie in it."""
    earliest, latest = room(timeline, stop)
    by = min(max(start, earliest), latest) - stop.start
    marks = tuple(
        replace(each, start=max(0.0, each.start + by))
        if stop.start - SAME <= each.start and each.end <= stop.end + SAME
        else each
        for each in timeline.marks
    )
    moved = replace(timeline, marks=marks)
    return each_track(moved, lambda keys: tuple(replace(key, time=key.time + by) if _of(stop, key) else key for key in keys))


def delete_stop(timeline: Timeline, stop: Stop) -> Timeline | None:
    """Return the timeline without `stop`; None if nothing would be left."""
    if not any(not each.closes and each != stop for each in stops(timeline)):
        return replace(timeline, tracks=()) if timeline.numbers or timeline.sheet else None
    return in_loop(timeline, lambda opened: _without(opened, stop))


def add_stop(timeline: Timeline, time: float, recipe: Recipe, space: Space, easing: Easing = "smooth") -> Timeline:
    """Add `recipe` as a stop at `time`. If a stop is there already, or `time` is beyond the end, add it after the last stop."""
    taken = any(each.start - APART < time < each.end + APART for each in stops(timeline))
    if taken or time > timeline.seconds:
        return append_stop(timeline, recipe, space, easing)
    return in_loop(timeline, lambda opened: add_column(opened, time, recipe, space, easing))


def append_stop(timeline: Timeline, recipe: Recipe, space: Space, easing: Easing = "smooth") -> Timeline:
    """Add `recipe` as the last stop, after the same interval as the one before it; the stop that closes a loop stays last."""
    found = [each for each in stops(timeline) if not each.closes]
    closes = len(found) < len(stops(timeline))
    leg = found[-1].start - found[-2].end if len(found) > 1 else LEG
    time = found[-1].end + leg if found else 0.0
    seconds = max(timeline.seconds, time + (leg if closes else 0.0))
    return in_loop(timeline, lambda opened: add_column(replace(opened, seconds=seconds), time, recipe, space, easing))


def replace_stop(timeline: Timeline, stop: Stop, recipe: Recipe, space: Space) -> Timeline:
    """Replace the point of `stop` by `recipe`; its hold and its easing stay."""
    space.check(recipe)

    def put(opened: Timeline) -> Timeline:
        values = {name: recipe.value(space.input(name)) for name, _ in opened.tracks}
        tracks = (
            (name, tuple(replace(key, value=values[name]) if _of(stop, key) else key for key in keys))
            for name, keys in opened.tracks
        )
        return replace(opened, tracks=tuple(tracks))

    return in_loop(timeline, put)


def duplicate_stop(timeline: Timeline, stop: Stop, space: Space) -> Timeline:
    """Copy `stop`: half-way to the next one, or after the last."""
    found = stops(timeline)
    place = found.index(stop)
    recipe = timeline.at(stop.start, space)
    if place + 1 < len(found) and (gap := found[place + 1].start - stop.end) > 2 * APART:
        return add_column(timeline, round((stop.end + gap / 2) / APART) * APART, recipe, space, easing_after(timeline, stop))
    return append_stop(timeline, recipe, space, easing_after(timeline, stop))


def hold_stop(timeline: Timeline, stop: Stop, seconds: float) -> Timeline:
    """Hold `stop` for `seconds`; everything after it, and the end, moves by the difference.

    Raises ZscapeError for a time below 0 or too long.
    """
    if not 0 <= seconds < 3600:
        raise ZscapeError("A hold lasts from 0 seconds to an hour.")
    by = seconds - stop.hold

    def held(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        made: list[Key] = []
        for key in keys:
            if not _of(stop, key):
                made.append(replace(key, time=key.time + by) if key.time > stop.end else key)
            elif abs(key.time - stop.end) <= SAME:  # the key from which the next leg starts
                if seconds > SAME:
                    made.append(replace(key, time=stop.start, easing="hold"))
                made.append(replace(key, time=stop.start + seconds))
        return tuple(made)

    later = _later(timeline, stop.end, by)
    return each_track(replace(later, seconds=timeline.seconds + by), held)


def _later(timeline: Timeline, after: float, by: float) -> Timeline:
    """Move the marks, numbers and in and out points after a time by the given seconds, as the keys are.

    If time is removed (by < 0), number keys in it are removed too, and marks and points begin where it was.
    """

    def placed(time: float) -> float:
        return time + by if time > after + SAME else min(time, after + by) if by < 0 else time

    def kept(time: float) -> bool:
        return by >= 0 or not after + by + SAME < time <= after + SAME

    marks = tuple(replace(each, start=placed(each.start)) for each in timeline.marks)
    moved = each_number(timeline, lambda keys: tuple(replace(key, time=placed(key.time)) for key in keys if kept(key.time)))
    part = timeline.part
    if part is not None:
        begin, end = map(placed, part)
        part = (begin, end) if begin < end else None
    return replace(moved, marks=marks, part=part)


def easing_after(timeline: Timeline, stop: Stop) -> Easing:
    """Return the easing of the leg after `stop`; with several tracks, that of the first."""
    return next((key.easing for key in _keys(timeline, stop.end)), "smooth")


def way_after(timeline: Timeline, stop: Stop) -> KeyWay:
    """Return the way from `stop` to the next; with several tracks, that of the first."""
    return next((key.way for key in _keys(timeline, stop.end)), "slerp")


def set_leg(timeline: Timeline, stop: Stop, easing: Easing | None = None, way: KeyWay | None = None) -> Timeline:
    """Return the timeline with another easing or way for the leg after `stop`, in every track."""
    changed = {**({"easing": easing} if easing is not None else {}), **({"way": way} if way is not None else {})}
    return each_track(
        timeline,
        lambda keys: tuple(replace(key, **changed) if abs(key.time - stop.end) <= SAME else key for key in keys),  # type: ignore[arg-type]
    )


def set_loop(timeline: Timeline, loop: bool) -> Timeline:
    """Add a leg from the last stop back to the first at the end, or remove it."""
    found = stops(timeline)
    if loop == timeline.loop:
        return timeline
    if not loop:
        last = found[-1] if found else None
        if last is None or not last.closes or len(found) < 3:
            return replace(timeline, loop=False)
        return replace(_without(timeline, last), seconds=found[-2].end, loop=False)
    if len(found) < 2:
        return replace(timeline, loop=True)
    first, last = found[0], found[-1]
    if _values(timeline, first.start) == _values(timeline, last.start):
        return replace(timeline, loop=True)
    leg = found[-1].start - found[-2].end
    seconds = timeline.seconds if timeline.seconds - last.end >= APART else last.end + leg
    return _closed(replace(timeline, seconds=seconds, loop=True))


def in_loop(timeline: Timeline, edit: Callable[[Timeline], Timeline]) -> Timeline:
    """Apply `edit` to `timeline` without the stop that closes the loop; that stop is then made anew from the first one."""
    last = next((each for each in stops(timeline) if each.closes), None)
    return edit(timeline) if last is None else _closed(edit(_without(timeline, last)))


def _closed(timeline: Timeline) -> Timeline:
    """Return the timeline with its first stop again at its end."""
    start = stops(timeline)[0].start
    end = timeline.seconds
    first = {name: key for name, keys in timeline.tracks for key in keys if abs(key.time - start) <= SAME}
    tracks = (
        (name, (*(key for key in keys if key.time < end - SAME), *([replace(first[name], time=end)] if name in first else ())))
        for name, keys in timeline.tracks
    )
    return replace(timeline, tracks=tuple((name, keys) for name, keys in tracks if keys))


def _without(timeline: Timeline, stop: Stop) -> Timeline:
    return each_track(timeline, lambda keys: tuple(key for key in keys if not _of(stop, key)))


def _of(stop: Stop, key: Key) -> bool:
    return stop.start - SAME <= key.time <= stop.end + SAME


def _keys(timeline: Timeline, time: float) -> list[Key]:
    return [key for _, keys in timeline.tracks for key in keys if abs(key.time - time) <= SAME]


def _values(timeline: Timeline, time: float) -> dict[str, object]:
    return {name: key.value for name, keys in timeline.tracks for key in keys if abs(key.time - time) <= SAME}


def _columns(timeline: Timeline) -> list[tuple[float, dict[str, Key]]]:
    """Return the times at which any input has a key, in order, with the keys there by input; in one pass, for speed."""
    found: list[tuple[float, dict[str, Key]]] = []
    every = ((key.time, name, key) for name, keys in timeline.tracks for key in keys)
    for time, name, key in sorted(every, key=lambda each: each[0]):
        if not found or time - found[-1][0] > SAME:
            found.append((time, {}))
        found[-1][1][name] = key
    return found
