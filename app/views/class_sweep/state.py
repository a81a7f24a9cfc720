"""The class sweep view's state."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.sweep_columns import SweepColumns
from zscape.app.state.view_state import MANY_CLASSES

LARGE = 48 * 48
"""The number of values in a picture (one per grey pixel, three per colour pixel) from which it counts as large."""


@dataclass(frozen=True)
class ClassSweepState(SweepColumns):
    """columns, steps: tiles from one class to the next.

    between: whether there are tiles between the classes. None: only if there are few classes and the pictures are small, because
    a hundred large ones are too small to see, and take longer than a frame.
    """

    columns: int = 10
    between: bool | None = None
    steps: int = 4

    view = "class-sweep"

    def shows_between(self, classes: int, numbers: int) -> bool:
        """Whether tiles between that many classes are shown, for pictures of that many values (C x H x W)."""
        return (classes <= MANY_CLASSES and numbers < LARGE) if self.between is None else self.between
