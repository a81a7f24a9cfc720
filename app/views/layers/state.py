"""What the layers view keeps. The edits of units themselves are the current point's: models/inputs/units.py says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from zscape.app.state.view_state import ViewState
from zscape.models.inputs.space import Space

BY_NUMBER, BY_ACTIVITY = "", "activity"
"""Orders of the units that need no measuring; all others are what models/directions/unit_effects.py measures."""


@dataclass(frozen=True)
class LayersState(ViewState):
    """layer: whose units are shown, "" for one in the middle. order: by what they are sorted. judged: whether the discriminator's
    gradient lies over the picture.
    """

    layer: str = ""
    order: str = BY_NUMBER
    judged: bool = False

    view = "layers"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)(judged=self.judged)
