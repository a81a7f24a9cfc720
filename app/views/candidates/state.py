"""The candidates view's state."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.view_state import ViewState
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT

USUAL = 0.35
"""The default distance of the variations."""


@dataclass(frozen=True)
class CandidatesState(ViewState):
    """temperature: the distance of the variations, 0 to 1. seed: of the variations."""

    temperature: float = USUAL
    seed: int = 0

    view = "candidates"

    def __post_init__(self) -> None:
        if not 0 <= self.temperature <= 1 or not 0 <= self.seed < SEED_LIMIT:
            raise ValueError("no variations")


def lacks(space: Space) -> str:
    """Why a model of `space` has nothing to vary, "" if it has."""
    return "" if space.first(Latent) else "The open model has no latent to vary"
