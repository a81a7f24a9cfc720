"""A timeline in another time: what was shown at one moment is shown at another, and all of it in the same order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from zscape.models.timeline.easing import Easing, Measured, eased
from zscape.models.timeline.timeline import SAME, Key, NumberKey, Timeline

K = TypeVar("K", Key, NumberKey)
SHARES = 32
"""Numbers with which the easing of a leg is kept, beside the first."""


def warped(timeline: Timeline, before: Sequence[float], after: Sequence[float]) -> Timeline:
    """What `timeline` shows at the times `before` shown at the times `after`, and between them in proportion.

    before, after: both rise from 0 to the timeline's length. Keys, texts and the in and out point go with what they stand at; the
    easing of each leg becomes a measured one.
    """

    def there(time: float) -> float:
        return _between(before, after, time)

    def back(time: float) -> float:
        return _between(after, before, time)

    def moved(keys: tuple[K, ...]) -> tuple[K, ...]:
        found = []
        for place, key in enumerate(keys):
            end = keys[place + 1].time if place + 1 < len(keys) else key.time
            easing = key.easing if end - key.time < SAME else _eased(key.easing, key.time, end, there, back)
            found.append(replace(key, time=there(key.time), easing=easing))
        return tuple(found)

    marks = tuple(replace(each, start=there(each.start)) for each in timeline.marks)
    part = None if timeline.part is None else (there(timeline.part[0]), there(timeline.part[1]))
    return replace(
        timeline,
        tracks=tuple((name, moved(keys)) for name, keys in timeline.tracks),
        sheet=tuple((name, moved(keys)) for name, keys in timeline.sheet),
        numbers=tuple((name, number, moved(keys)) for name, number, keys in timeline.numbers),
        marks=marks,
        part=part if part is None or part[0] < part[1] else None,
    )


def _eased(easing: Easing, start: float, end: float, there: Callable[[float], float], back: Callable[[float], float]) -> Easing:
    """The easing of a leg from `start` to `end` once it is moved."""
    if easing == "hold":
        return easing
    begin, length = there(start), there(end) - there(start)
    shares = [0.0]
    for step in range(1, SHARES):
        time = back(begin + length * step / SHARES)
        share = eased(easing, min(max((time - start) / (end - start), 0.0), 1.0))
        shares.append(min(max(share, shares[-1]), 1.0))
    return Measured((*(round(each, 6) for each in shares), 1.0))


def _between(given: Sequence[float], wanted: Sequence[float], time: float) -> float:
    place = min(max(bisect_right(given, time) - 1, 0), len(given) - 2)
    length = given[place + 1] - given[place]
    share = (time - given[place]) / length if length > 0 else 0.0
    return wanted[place] + (wanted[place + 1] - wanted[place]) * min(max(share, 0.0), 1.0)
