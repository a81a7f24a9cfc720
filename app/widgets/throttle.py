"""Showing what changes quickly no more often than an eye reads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from superqt.utils import QSignalThrottler

INTERVAL_MS = 50


def throttled(action: Callable[[], None], parent: QObject) -> QSignalThrottler:
    """Its `throttle()` runs `action` at once after a rest, else at most every INTERVAL_MS, and always once after the last call.

    For what accompanies the picture (figures, tiles, marks): while a slider is dragged their painting would otherwise take the
    renderer a third of a core.
    """
    throttler = QSignalThrottler(QSignalThrottler.EmissionPolicy.Leading, parent)
    throttler.setTimeout(INTERVAL_MS)
    throttler.triggered.connect(action)
    return throttler
