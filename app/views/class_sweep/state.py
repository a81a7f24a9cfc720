"""What the class sweep view keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import MANY_CLASSES, ViewState, check_columns

LARGE = 48
"""Pixels across from which a picture is large."""


@dataclass(frozen=True)
class ClassSweepState(ViewState):
    """columns: tiles from one class to the next where there are few classes. steps: the same where there are many.

    between: whether there are any between the classes, None for where there are few of these and the pictures are small: a
    hundred large ones cannot be made out, and take longer than a frame.
    """

    columns: int = 10
    between: bool | None = None
    steps: int = 4

    view = "class-sweep"

    def __post_init__(self) -> None:
        check_columns(self.columns)
        check_columns(self.steps)

    def shows_between(self, classes: int, side: int) -> bool:
        """Whether tiles between so many classes are shown, pictures of `side` pixels across."""
        return (classes <= MANY_CLASSES and side < LARGE) if self.between is None else self.between

    def tiles_each(self, classes: int) -> int:
        """Tiles from one class to the next."""
        return self.columns if classes <= MANY_CLASSES else self.steps

    def with_tiles_each(self, classes: int, number: int) -> Self:
        """The same with another number of them."""
        return replace(self, columns=number) if classes <= MANY_CLASSES else replace(self, steps=number)
