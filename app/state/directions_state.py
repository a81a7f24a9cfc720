"""What the directions panel keeps: which directions are locked, and which style layers are moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, register
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class DirectionsState(ViewState):
    """names: the locked directions, sorted. One that the open model does not have has no effect until a model has it.

    layers: the style layers that the sliders move: a zone, or numbers separated by commas; "" for all.
    """

    names: tuple[str, ...] = ()
    layers: str = ""

    view = "directions"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)()

    def toggled(self, name: str) -> Self:
        """The same with the lock of one direction toggled."""
        return replace(self, names=tuple(sorted({*self.names} ^ {name})))


register(DirectionsState)
