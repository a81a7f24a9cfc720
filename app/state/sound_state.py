"""The sound of the timeline: which file it is, and what its curves drive. What is heard in it is measured again, not kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, register
from zscape.models.inputs.space import Space
from zscape.models.timeline.drive import Drive


@dataclass(frozen=True)
class SoundState(ViewState):
    """path: of the sound file, "" for none. drives: what follows which of its curves; their keys are in the timeline."""

    path: str = ""
    drives: tuple[Drive, ...] = ()

    view = "sound"

    def fit(self, space: Space, same_classes: bool) -> Self:
        names = {each.name for each in (*space.inputs, space.units)}
        return replace(self, drives=tuple(each for each in self.drives if each.input in names))

    def to_hand_on(self) -> Self:
        """Without the path, which says where somebody keeps files."""
        return type(self)()


register(SoundState)
