"""Which directions are locked: their attributes stay while others are moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, register
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class LockedDirections(ViewState):
    """names: of the locked directions, sorted. One that the open model does not know holds nothing, and comes back with it."""

    names: tuple[str, ...] = ()

    view = "directions"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)()

    def toggled(self, name: str) -> Self:
        """The same with one locked that was free, or free that was locked."""
        return replace(self, names=tuple(sorted({*self.names} ^ {name})))


register(LockedDirections)
