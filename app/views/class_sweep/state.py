"""What the class sweep view keeps."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.sweep_columns import SweepColumns
from zscape.app.state.view_state import MANY_CLASSES

LARGE = 48
"""Pixels across from which a picture is large."""


@dataclass(frozen=True)
class ClassSweepState(SweepColumns):
    """columns, steps: tiles from one class to the next.

    between: whether there are any between the classes, None for where there are few of these and the pictures are small: a
    hundred large ones cannot be made out, and take longer than a frame.
    """

    columns: int = 10
    between: bool | None = None
    steps: int = 4

    view = "class-sweep"

    def shows_between(self, classes: int, side: int) -> bool:
        """Whether tiles between so many classes are shown, pictures of `side` pixels across."""
        return (classes <= MANY_CLASSES and side < LARGE) if self.between is None else self.between
