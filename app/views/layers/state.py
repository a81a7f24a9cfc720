"""The layers view's state. Unit edits themselves belong to the current point: models/inputs/units.py says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from zscape.app.state.view_state import ViewState
from zscape.models.inputs.space import Space

BY_NUMBER, BY_ACTIVITY = "", "activity"
"""Orders that need no measuring; all others are effects measured by models/directions/unit_effects.py."""


@dataclass(frozen=True)
class LayersState(ViewState):
    """layer: the layer whose units are shown, "" for one in the middle. order: of the units. judged: whether the discriminator's
    gradient is shown over the picture.
    """

    layer: str = ""
    order: str = BY_NUMBER
    judged: bool = False

    view = "layers"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)(judged=self.judged)
