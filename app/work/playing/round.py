"""Which frame of a playing film is due, and its position in the film."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.timeline.pace import Pace

RATE = 30
"""Frames per second of playback."""


@dataclass(frozen=True)
class Round:
    """Playback from `begin` to `end`, in seconds of a film's clock; repeated if it `loops`. Frame 0 is at `start`.

    pace: maps the clock to the timeline's own time, None if they are the same.
    """

    begin: float
    end: float
    loops: bool
    start: float
    pace: Pace | None = None

    @property
    def count(self) -> int:
        """How many different frames there are."""
        return math.ceil((self.end - (self.begin if self.loops else self.start)) * RATE - 1e-6)

    def index(self, frame: int) -> int:
        """The index of frame `frame` among them: the same in each round of a loop, so that cached frames are found."""
        return math.floor(frame / RATE % (self.end - self.begin) * RATE + 1e-6) if self.loops else frame

    def place(self, frame: int) -> float:
        """The position of frame `frame`, in seconds."""
        return round(self.turned(self.start + self.index(frame) / RATE), 9)

    def own(self, frame: int) -> float:
        """The same in the timeline's own time."""
        return self.pace.own(self.place(frame)) if self.pace is not None else self.place(frame)

    def clock(self, own: float) -> float:
        """The clock time of a moment in the timeline's own time."""
        return self.pace.clock(own) if self.pace is not None else own

    def turned(self, place: float) -> float:
        """`place` within the played part: a loop starts again at its end."""
        if not self.loops or place < self.end:
            return place
        return self.begin + (place - self.begin) % (self.end - self.begin)
