"""How a map is made."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.maps.collection import Likeness
from zscape.models.maps.map import Method


@dataclass(frozen=True)
class MapSettings:
    """method: what finds the places. likeness: in what the pictures are compared. device: of the networks, in torch's words."""

    method: Method = "pca"
    likeness: Likeness = "pixels"
    device: str = "auto"
