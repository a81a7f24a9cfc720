"""Which frame of what plays is due, and where in the film that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.timeline.pace import Pace

RATE = 30
"""Frames a second while it plays."""


@dataclass(frozen=True)
class Round:
    """What plays from `begin` to `end`, in seconds of a film's clock; again and again where it `loops`. Frame 0 is at `start`.

    pace: between the clock and the timeline's own time, None where they are the same.
    """

    begin: float
    end: float
    loops: bool
    start: float
    pace: Pace | None = None

    @property
    def count(self) -> int:
        """How many frames differ from each other."""
        return math.ceil((self.end - (self.begin if self.loops else self.start)) * RATE - 1e-6)

    def index(self, frame: int) -> int:
        """Which of them frame `frame` is: the same in each round of a loop, as what was drawn is kept."""
        return math.floor(frame / RATE % (self.end - self.begin) * RATE + 1e-6) if self.loops else frame

    def place(self, frame: int) -> float:
        """Where frame `frame` is, in seconds."""
        return round(self.turned(self.start + self.index(frame) / RATE), 9)

    def own(self, frame: int) -> float:
        """The same in the timeline's own time."""
        return self.pace.own(self.place(frame)) if self.pace is not None else self.place(frame)

    def clock(self, own: float) -> float:
        """A moment of the timeline's own time, by the clock."""
        return self.pace.clock(own) if self.pace is not None else own

    def turned(self, place: float) -> float:
        """`place` in what is played: at its end a loop begins again."""
        if not self.loops or place < self.end:
            return place
        return self.begin + (place - self.begin) % (self.end - self.begin)
