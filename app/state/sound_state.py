"""The sound of the timeline: its file, and what its curves drive. Its measured curves are not saved: they are computed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, register
from zscape.models.inputs.space import Space
from zscape.models.timeline.drive import Drive


@dataclass(frozen=True)
class SoundState(ViewState):
    """path: the sound file, "" for none. drives: which number follows which of its curves; the keys are in the timeline."""

    path: str = ""
    drives: tuple[Drive, ...] = ()

    view = "sound"

    def fit(self, space: Space, same_classes: bool) -> Self:
        names = {each.name for each in (*space.inputs, space.units)}
        return replace(self, drives=tuple(each for each in self.drives if each.input in names))

    def to_hand_on(self) -> Self:
        """The same without the path, which shows where the user keeps files."""
        return type(self)()


register(SoundState)
