"""Runs work in steps, one per turn of the event loop, so that the window stays responsive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer


def one_a_turn(owner: QObject, steps: Iterable[Callable[[], Any]]) -> None:
    """Run the first of `steps` now and the others one turn each, while `owner` exists; a failure does not stop the others."""
    rest = iter(steps)

    def next_step() -> None:
        step = next(rest, None)
        if step is not None:
            try:
                step()
            finally:
                QTimer.singleShot(0, owner, next_step)

    next_step()
