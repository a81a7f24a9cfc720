"""What the directions panel keeps: what is locked, and in which layers of the styles one moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, register
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class DirectionsState(ViewState):
    """names: of the locked directions, sorted. One that the open model does not know holds nothing, and comes back with it.

    layers: of the styles, in which the sliders move: a zone, or numbers with commas; "" for all.
    """

    names: tuple[str, ...] = ()
    layers: str = ""

    view = "directions"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)()

    def toggled(self, name: str) -> Self:
        """The same with one locked that was free, or free that was locked."""
        return replace(self, names=tuple(sorted({*self.names} ^ {name})))


register(DirectionsState)
