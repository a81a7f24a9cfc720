"""Work in steps, one a turn of the event loop, so that the window stays live."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer


def one_a_turn(owner: QObject, steps: Iterable[Callable[[], Any]]) -> None:
    """Do the first of `steps` now, each other a turn later, while `owner` lives; one that fails keeps no other from its turn."""
    rest = iter(steps)

    def next_step() -> None:
        step = next(rest, None)
        if step is not None:
            try:
                step()
            finally:
                QTimer.singleShot(0, owner, next_step)

    next_step()
