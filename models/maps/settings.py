"""The settings of a map."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.maps.collection import Likeness, check_likeness
from zscape.models.maps.map import METHODS, Method


@dataclass(frozen=True)
class MapSettings:
    """The settings of a map.

    method: how the places are computed. likeness: what the pictures are compared by. device: for the networks, a torch name.
    Raises ZscapeError for an unknown method or likeness.
    """

    method: Method = "pca"
    likeness: Likeness = "pixels"
    device: str = "auto"

    def __post_init__(self) -> None:
        check_likeness(self.likeness)
        if self.method not in METHODS:
            raise ZscapeError(f"Maps are not made by {self.method!r}: choose from {', '.join(METHODS)}.")
