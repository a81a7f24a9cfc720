"""The text on and below a pad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zscape.models.inputs.space import Space
from zscape.models.sweeps.mixed_pads import CornersPad
from zscape.models.sweeps.pads import ClassesPad, DirectionsPad
from zscape.models.sweeps.seeds_pad import SeedsPad

if TYPE_CHECKING:
    from zscape.models.sweeps.pad import Pad

HINT = "Drag the point; the wheel zooms."
ELSEWHERE = "The point is not on this plane: click to move it here."
LETTERS = "ABCD"


@dataclass(frozen=True)
class Labels:
    """names: of the axes. corners: places with names. outline: places connected to a ring. numbers: whether axes have numbers."""

    names: tuple[str, str] = ("", "")
    corners: tuple[tuple[tuple[float, float], str], ...] = ()
    outline: tuple[tuple[float, float], ...] = ()
    numbers: bool = False


def labels_of(pad: Pad, space: Space) -> Labels:
    """The labels of a pad."""
    if isinstance(pad, DirectionsPad):
        return Labels((pad.along_x, pad.along_y), numbers=True)
    if isinstance(pad, SeedsPad):
        return Labels(("next seed", "100 seeds on"))
    corners = pad.corners()
    words = [space.labels[number] for number in pad.numbers] if isinstance(pad, ClassesPad) else LETTERS[: len(corners)]
    ring = (0, 1, 3, 2) if isinstance(pad, CornersPad) else range(len(corners))
    return Labels(corners=tuple(zip(corners, words, strict=True)), outline=tuple(corners[number] for number in ring))


def hint_of(pad: Pad | None, on_it: bool) -> str:
    """What the user can do. on_it: whether the current point is on the pad."""
    along = (*pad.also_x, *pad.also_y) if isinstance(pad, DirectionsPad) else ()
    axes = (pad.along_x, pad.along_y) if isinstance(pad, DirectionsPad) else ()
    held = [name for name in dict(along) if name not in axes]
    if held:
        return f"Drag the point; {', '.join(held)} {'is' if len(held) == 1 else 'are'} held."
    return HINT if on_it else ELSEWHERE
