"""How many tiles the views of sweeps show for each class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

from zscape.app.state.view_state import MANY_CLASSES, ViewState


class SweepColumns(ViewState):
    """columns: tiles for each class if there are few classes. steps: the same if there are many.

    A state that inherits from this declares both as its own fields, because files list the fields of a view in the order of its
    class.
    """

    columns: int
    steps: int

    def __post_init__(self) -> None:
        if min(self.columns, self.steps) < 2:
            raise ValueError("columns below 2")

    def tiles_each(self, classes: int) -> int:
        """How many tiles each class has."""
        return self.columns if classes <= MANY_CLASSES else self.steps

    def with_tiles_each(self, classes: int, number: int) -> Self:
        """The same with another number of tiles for each class."""
        changed: dict[str, Any] = {"columns" if classes <= MANY_CLASSES else "steps": number}
        return replace(self, **changed)
