"""Which options apply to which sheets, in a notebook and on the command line alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from zscape.models.errors import ZscapeError
from zscape.models.sweeps import SWEEPS
from zscape.models.sweeps.candidates import Candidates

EXTENT, TEMPERATURE = 3.0, Candidates.temperature
"""Default extent of a sheet along directions, and default temperature of candidates."""

OF_KINDS = {
    "columns": ("class", "style", "mixing", "direction", "candidates"),
    "classes": ("analogy", "plane", "direction", "corners", "triangle", "seeds", "polygon", "candidates", "mixing"),
    "direction": ("direction", "plane"),
    "directions": ("direction", "plane"),
    "keep": ("direction", "plane"),
    "extent": ("direction", "plane"),
    "temperature": ("candidates",),
    "layers": ("mixing", "direction", "plane"),
    "way": ("style",),
}
"""Kinds of sheets to which an option applies; an option that is not listed applies to all."""
ALONG_TWO = ("keep", "layers")
"""Options that apply to a plane only if it is along two directions."""
USUAL = {"extent": EXTENT, "temperature": TEMPERATURE, "way": "slerp"}
"""Default values of options that are not empty by default."""


def unusual(options: Mapping[str, object]) -> list[str]:
    """Return the names of those `options` that differ from their defaults."""
    return [name for name, value in options.items() if value not in (None, "", (), [], USUAL.get(name))]


def check_kind(kind: str) -> None:
    """Raise ZscapeError if `kind` is not one of SWEEPS."""
    if not isinstance(kind, str) or kind not in SWEEPS:
        raise ZscapeError(f"There is no sweep {kind!r}: choose from {', '.join(SWEEPS)}.")


def check_options(kind: str, given: Collection[str], prefix: str = "") -> None:
    """Raise ZscapeError for an unknown kind, and for a given option that would have no effect.

    given: names of the options that differ from their defaults. prefix: what precedes a name where it is typed.
    """
    check_kind(kind)
    for name in given:
        kinds = OF_KINDS.get(name, (kind,))
        if kind not in kinds:
            of = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
            raise ZscapeError(f"{prefix}{name} is for sheets of {of}, not of {kind}.")
        if kind == "plane" and name in ALONG_TWO and "direction" not in given:
            raise ZscapeError(f"{prefix}{name} of a plane goes with its two directions: give {prefix}direction X Y.")
