"""What long work yields while it runs."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """One sign of life from long work, yielded at least every 100 ms.

    done, total: how many units of work are behind and how many there are (total 0: not known).
    label: what is being done, in the present participle ("Writing frames").
    figures: named measurements of this moment ("loss_d": 0.69), empty when there is nothing new.
    notice: sentences a person should have read before the end, empty when there are none.
    """

    done: int
    total: int
    label: str
    figures: Mapping[str, float] = field(default_factory=dict)
    notice: str = ""


# Long work is a generator function: it yields Progress and returns its result. The command line shows it with a bar,
# the window runs it as a job, a test drains it. Closing it early cancels it; `finally` blocks flush what is kept.
Work = Generator[Progress, None, T]


def finish(work: Work[T]) -> T:
    """Run `work` to its end without showing anything and return its result."""
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
