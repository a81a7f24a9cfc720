"""The pace of a timeline: which of its moments is shown at which time of the clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zscape.models.errors import ZscapeError


@dataclass(frozen=True)
class Pace:
    """Which of a timeline's times is shown when.

    begin, end: the played part, in seconds. times: the timeline's own times at even steps of the clock between them; they start
    with `begin`, end with `end`, and never fall. Raises ZscapeError for anything else.
    """

    begin: float
    end: float
    times: tuple[float, ...]

    def __post_init__(self) -> None:
        rises = all(one <= other for one, other in pairwise(self.times))  # False if one is NaN
        if len(self.times) < 2 or not rises or (self.times[0], self.times[-1]) != (self.begin, self.end):
            raise ZscapeError("A pace is at least two times that rise from the beginning to the end of what is played.")

    def own(self, clock: float) -> float:
        """Return the timeline's own time shown at `clock`; outside the played part it is the same."""
        if not self.begin < clock < self.end:
            return clock
        place = (clock - self.begin) / (self.end - self.begin) * (len(self.times) - 1)
        low = min(int(place), len(self.times) - 2)
        return self.times[low] + (place - low) * (self.times[low + 1] - self.times[low])

    def clock(self, own: float) -> float:
        """Return the clock time at which the timeline's own time `own` is shown: `own(clock(t))` is t."""
        if not self.begin < own < self.end:
            return own
        low = min(max(bisect_right(self.times, own) - 1, 0), len(self.times) - 2)
        step = self.times[low + 1] - self.times[low]
        share = (own - self.times[low]) / step if step > 0 else 0.0
        return self.begin + (low + share) * (self.end - self.begin) / (len(self.times) - 1)


def paced(clock: Sequence[float], pace: Pace | None) -> list[float]:
    """Return the timeline's own times shown at clock times; with None they are the same."""
    return [*clock] if pace is None else [pace.own(time) for time in clock]
