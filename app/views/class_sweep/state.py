"""What the class sweep view keeps."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.sweep_columns import SweepColumns
from zscape.app.state.view_state import MANY_CLASSES

LARGE = 48 * 48
"""Numbers of a picture, one a pixel in grey and three in colour, from which it is large."""


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

    def shows_between(self, classes: int, numbers: int) -> bool:
        """Whether tiles between so many classes are shown, of pictures of so many numbers (C x H x W)."""
        return (classes <= MANY_CLASSES and numbers < LARGE) if self.between is None else self.between
