"""Progress reports of long work."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """One progress report of long work, yielded at least every 100 ms.

    done, total: units of work done, and how many there are (total 0: not known). label: what is being done, as a present
    participle ("Writing frames"). figures: current measurements by name ("loss_d": 0.69), empty if there is nothing new. notice:
    sentences that the user should read before the work ends, empty if there are none.
    """

    done: int
    total: int
    label: str
    figures: Mapping[str, float] = field(default_factory=dict)
    notice: str = ""


# Long work is a generator function: it yields Progress and returns its result. The command line shows it with a bar, the window
# runs it as a job, a test runs it to its end. Closing it early cancels it; `finally` blocks save what is to be kept.
Work = Generator[Progress, None, T]


def finish(work: Work[T]) -> T:
    """Run `work` to its end without showing its progress, and return its result."""
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
