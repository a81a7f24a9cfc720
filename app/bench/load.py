"""How busy the machine was with other things while something was measured."""

from __future__ import annotations

import os
from pathlib import Path

STAT = Path("/proc/stat")


class OtherLoad:
    """The mean number of cores that other processes kept busy since this object was made (Linux; elsewhere None)."""

    def __init__(self) -> None:
        self._start = self._now()

    def cores(self) -> float | None:
        """Cores busy with other processes than this one and its children that have ended; None where it cannot be told."""
        now = self._now()
        if self._start is None or now is None or now[2] <= self._start[2]:
            return None
        busy, own, wall = (after - before for after, before in zip(now, self._start, strict=True))
        return max(0.0, (busy - own) / wall)

    @staticmethod
    def _now() -> tuple[float, float, float] | None:
        """Seconds of CPU busy in all, of which our own, and on the wall clock."""
        if not STAT.exists():
            return None
        user, nice, system, idle, wait, irq, soft, steal = map(int, STAT.read_text().splitlines()[0].split()[1:9])
        tick = os.sysconf("SC_CLK_TCK")
        times = os.times()
        own = times.user + times.system + times.children_user + times.children_system
        # The wall clock from the same counters, so that all three have the same grain.
        wall = (user + nice + system + idle + wait + irq + soft + steal) / tick / (os.cpu_count() or 1)
        return (user + nice + system + irq + soft + steal) / tick, own, wall
