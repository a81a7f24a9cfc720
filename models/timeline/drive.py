"""Numbers of a timeline driven by curves, such as the loudness of a sound: each becomes a track of that number alone.

Imports nothing heavy, so that a scene can hold a Drive before numpy and torch are loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.scalar import Scalar
from zscape.models.inputs.space import Space
from zscape.models.timeline.edits import number_keys
from zscape.models.timeline.timeline import NumberKey, Timeline
from zscape.models.timeline.track_edits import Track, keys_of, offered, with_keys

NEAR = 0.01
"""Maximum deviation of the keys from a curve, as a fraction of its range; no more keys are made than this needs."""
FURTHEST = 1000.0
"""Largest number to which a curve may drive."""


@dataclass(frozen=True)
class Drive:
    """One number driven by a curve.

    curve: its name. input, number: those of the track. low, high: values for 0 and 1 of the curve. Raises ValueError for limits
    that are not finite or beyond FURTHEST.
    """

    curve: str
    input: str
    number: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(each) and abs(each) <= FURTHEST for each in (self.low, self.high)):
            raise ValueError(f"a curve drives from and to numbers of at most {FURTHEST:,.0f}")

    @property
    def track(self) -> Track:
        """The track that it makes."""
        return Track(self.input, self.number)


def drivable(timeline: Timeline, space: Space) -> dict[Track, Scalar]:
    """Return every number of the inputs that a curve can drive: truncation, directions, numbers of the model, strengths."""
    return offered(replace(timeline, numbers=()), space)


def drive(
    timeline: Timeline, space: Space, drives: Sequence[Drive], curves: Mapping[str, Sequence[float]], fps: float,
    before: Sequence[Drive] = (),
) -> Timeline:  # fmt: skip
    """Return `timeline` with a track for each of `drives`, replacing any of the same number; everything else stays.

    curves: name -> numbers from 0 to 1, `fps` per second from the beginning; after its end a curve is 0. before: the previous
    drives; their tracks are removed unless they are in `drives`. Raises ZscapeError for an unknown number or curve, for two
    drives of one number, for values that the model does not take, and for more keys than a film can have.
    """
    from zscape.models.timeline.text import LARGEST, MOST_KEYS, check_timeline, timeline_text

    wanted = [each.track for each in drives]
    for place, each in enumerate(drives):
        if each.track in wanted[:place]:
            raise ZscapeError(f"Two curves drive {each.input}: {each.number}: take one of them away.")
        if each.curve not in curves:
            raise ZscapeError(f"There is no curve {each.curve!r}: choose from {', '.join(curves)}.")
    known = drivable(timeline, space)
    for track in wanted:
        if track not in known:
            raise ZscapeError(f"The open model has no number {track.number!r} of {track.input!r} that a curve could drive.")
    for old in before:
        if old.track not in wanted and keys_of(timeline, old.track):
            timeline = with_keys(timeline, old.track, ())
    for each in drives:
        timeline = with_keys(timeline, each.track, _keys(each, curves[each.curve], fps, timeline.seconds))
    count = sum(map(len, number_keys(timeline)))
    if count > MOST_KEYS or len(timeline_text(timeline)) > LARGEST:
        raise ZscapeError(f"What follows the sound would be {count:,} keys, too many for a film: make the timeline shorter.")
    check_timeline(timeline, space)
    return timeline


def _keys(what: Drive, curve: Sequence[float], fps: float, seconds: float) -> tuple[NumberKey, ...]:
    count = math.floor(seconds * fps + 1e-6) + 1
    levels = [float(each) for each in curve[:count]]
    levels += [0.0] * (count - len(levels))

    def key(moment: int) -> NumberKey:
        number = what.low + levels[moment] * (what.high - what.low)
        return NumberKey(round(min(moment / fps, seconds), 4), round(number, 4))

    return tuple(key(moment) for moment in corners(levels, NEAR))


def corners(levels: Sequence[float], near: float) -> list[int]:
    """Return the indices of `levels` through which straight lines pass all levels within `near`.

    They are the first, the last, and as few between as one pass finds.
    """
    found, start, last = [0], 0, len(levels) - 1
    low, high = -math.inf, math.inf  # slopes from `start` that pass all levels since then within `near`
    for place in range(1, len(levels)):
        rise, away = levels[place] - levels[start], place - start
        if not low <= rise / away <= high:  # a line to this level would miss one in between
            start = place - 1
            found.append(start)
            rise, away, low, high = levels[place] - levels[start], 1, -math.inf, math.inf
        low, high = max(low, (rise - near) / away), min(high, (rise + near) / away)
    return [*found, last] if last > 0 else found
