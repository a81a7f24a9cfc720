"""Measures how busy the machine was with other processes during a measurement."""

from __future__ import annotations

import os
from pathlib import Path

STAT = Path("/proc/stat")


class OtherLoad:
    """The mean number of cores used by other processes since this object was created (Linux; elsewhere None)."""

    def __init__(self) -> None:
        self._start = self._now()

    def cores(self) -> float | None:
        """Cores used by processes other than this one and its ended children; None if unknown."""
        now = self._now()
        if self._start is None or now is None or now[2] <= self._start[2]:
            return None
        busy, own, wall = (after - before for after, before in zip(now, self._start, strict=True))
        return max(0.0, (busy - own) / wall)

    @staticmethod
    def _now() -> tuple[float, float, float] | None:
        """Seconds of CPU time in all, of our own, and of wall-clock time."""
        if not STAT.exists():
            return None
        user, nice, system, idle, wait, irq, soft, steal = map(int, STAT.read_text().splitlines()[0].split()[1:9])
        tick = os.sysconf("SC_CLK_TCK")
        times = os.times()
        own = times.user + times.system + times.children_user + times.children_system
        # The wall-clock time from the same counters, so that all three have the same resolution.
        wall = (user + nice + system + idle + wait + irq + soft + steal) / tick / (os.cpu_count() or 1)
        return (user + nice + system + irq + soft + steal) / tick, own, wall
