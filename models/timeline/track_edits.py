"""Manual edits of a single track: the keys of one input, of one of its numbers, or of one number of the sheet.

Every function returns a new timeline and leaves the old one unchanged. Times are in seconds; a key is identified by its index in
its track.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import Scalar
from zscape.models.inputs.space import Space
from zscape.models.timeline.timeline import SAME, Key, NumberKey, Timeline, number_at

APART = 0.05
"""Minimum time between two keys of a track that is edited by hand."""


@dataclass(frozen=True)
class Track:
    """Identifies a track. input: an input of the model, "" for the sheet. number: "" for the whole value of the input."""

    input: str
    number: str = ""


def tracks(timeline: Timeline) -> list[Track]:
    """Return all tracks: for each input its own, then those of its numbers; those of the sheet last."""
    names = list(dict.fromkeys([*(name for name, _ in timeline.tracks), *(name for name, _, _ in timeline.numbers)]))
    own = {name for name, _ in timeline.tracks}
    found: list[Track] = []
    for name in names:
        found += [Track(name)] if name in own else []
        found += [Track(name, number) for given, number, _ in timeline.numbers if given == name]
    return found + [Track("", field) for field, _ in timeline.sheet]


def keys_of(timeline: Timeline, track: Track) -> tuple[Any, ...]:
    """Return the keys of a track: Key for an input's own track, otherwise NumberKey; () if there is no such track."""
    if not track.number:
        return dict(timeline.tracks).get(track.input, ())
    if not track.input:
        return dict(timeline.sheet).get(track.number, ())
    return next((keys for name, number, keys in timeline.numbers if (name, number) == (track.input, track.number)), ())


def with_keys(timeline: Timeline, track: Track, keys: tuple[Any, ...]) -> Timeline:
    """Return the timeline with the keys of a track replaced; without keys, the track is removed."""
    if not track.number:
        return replace(timeline, tracks=_put(timeline.tracks, (track.input,), keys))
    if not track.input:
        return replace(timeline, sheet=_put(timeline.sheet, (track.number,), keys))
    return replace(timeline, numbers=_put(timeline.numbers, (track.input, track.number), keys))


def offered(timeline: Timeline | None, space: Space) -> dict[Track, Scalar]:
    """Return the numbers of inputs that could have a track but have none."""
    there = set(tracks(timeline)) if timeline is not None else set()
    values = [Recipe({name: key.value}) for name, keys in timeline.tracks for key in keys] if timeline is not None else []
    said = space.said_by(*values, *([timeline.base] if timeline is not None else []))
    every = {Track(each.name, name): scalar for each in said for name, scalar in each.scalars(space).items()}
    return {track: scalar for track, scalar in every.items() if track not in there}


def begin_track(timeline: Timeline, track: Track, time: float, point: Recipe, space: Space) -> Timeline:
    """Return the timeline with a new track of one number, with one key at `time`: the number's value in `point`."""
    given = space.input(track.input)
    return with_keys(timeline, track, (NumberKey(time, given.scalar(point.value(given), track.number), "smooth"),))


def add_key(timeline: Timeline, track: Track, time: float, space: Space) -> Timeline:
    """Add a key at `time` with the track's value there, and the easing and way of the key before; do nothing if one is there."""
    keys = keys_of(timeline, track)
    if any(abs(key.time - time) < APART for key in keys) or not 0 <= time <= timeline.seconds:
        return timeline
    before = next((key for key in reversed(keys) if key.time < time), keys[0])
    value = number_at(keys, time) if track.number else timeline.value_of(track.input, time, space)
    made = replace(before, time=time, value=value)
    return with_keys(timeline, track, tuple(sorted((*keys, made), key=lambda key: key.time)))


def move_key(timeline: Timeline, track: Track, place: int, time: float) -> Timeline:
    """Move a key to another time, as near to it as its neighbours allow."""
    keys = keys_of(timeline, track)
    low = keys[place - 1].time + APART if place else 0.0
    high = keys[place + 1].time - APART if place + 1 < len(keys) else timeline.seconds
    now = keys[place].time
    return _with_key(timeline, track, place, time=min(max(time, min(low, now)), max(high, now)))


def set_key(timeline: Timeline, track: Track, place: int, **changes: Any) -> Timeline:
    """Change the value, easing or way of a key. If the track closes a loop, its two ends keep the same value."""
    keys = keys_of(timeline, track)
    if "value" in changes and place in (0, len(keys) - 1) and _closes(timeline, keys):
        timeline = _with_key(timeline, track, len(keys) - 1 - place, value=changes["value"])
    return _with_key(timeline, track, place, **changes)


def delete_key(timeline: Timeline, track: Track, place: int) -> Timeline:
    """Remove a key; a track is removed with its last key. Raises ZscapeError if nothing would be left to play."""
    keys = keys_of(timeline, track)
    left = with_keys(timeline, track, (*keys[:place], *keys[place + 1 :]))
    if not (left.tracks or left.numbers or left.sheet):
        raise ZscapeError("This is the last key of the timeline: empty the timeline to take it away.")
    return left


def _with_key(timeline: Timeline, track: Track, place: int, **changes: Any) -> Timeline:
    keys = keys_of(timeline, track)
    return with_keys(timeline, track, (*keys[:place], replace(keys[place], **changes), *keys[place + 1 :]))


def _closes(timeline: Timeline, keys: tuple[Key | NumberKey, ...]) -> bool:
    first, last = keys[0], keys[-1]
    ends = abs(first.time) < SAME and abs(last.time - timeline.seconds) < SAME
    return timeline.loop and len(keys) > 1 and ends and first.value == last.value


def _put(every: tuple[Any, ...], names: tuple[str, ...], keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return `every` with the keys of the track `names` replaced, added at the end, or, if empty, removed."""
    there = any(each[:-1] == names for each in every)
    made = [(*names, keys) if each[:-1] == names else each for each in every]
    made += [] if there else [(*names, keys)]
    return tuple(each for each in made if each[-1])
