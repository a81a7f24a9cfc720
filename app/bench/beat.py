"""Measures how evenly the event loop runs."""

from __future__ import annotations

import time

BEAT_MS = 4
"""The interval of the timer in milliseconds; a gap is the time between two of its events."""


class Beat:
    """Measures the gaps between two turns of the event loop, from `start` on."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Start measuring."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """The median gap, the 95th percentile and the longest gap, in milliseconds."""
        import numpy as np

        self._timer.stop()
        gaps = np.percentile(self.gaps, [50, 95, 100]).tolist()
        return dict(zip(("gap_p50_ms", "gap_p95_ms", "gap_max_ms"), gaps, strict=True))

    def _turn(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now
