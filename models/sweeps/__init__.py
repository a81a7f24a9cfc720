"""Sweeps: each turns one recipe into the recipes of a sheet."""

from zscape.models.sweeps.analogy import Analogy
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.candidates import Candidates
from zscape.models.sweeps.class_sweep import ClassSweep
from zscape.models.sweeps.direction import DirectionSweep
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.plane import Plane
from zscape.models.sweeps.style_mixing import StyleMixing
from zscape.models.sweeps.style_sweep import StyleSweep

SWEEPS: dict[str, type[Sweep]] = {
    "class": ClassSweep,
    "style": StyleSweep,
    "analogy": Analogy,
    "plane": Plane,
    "mixing": StyleMixing,
    "direction": DirectionSweep,
    "corners": PadSheet,
    "triangle": PadSheet,
    "seeds": PadSheet,
    "polygon": PadSheet,
    "candidates": Candidates,
}
"""Sweeps by their names on the command line."""
