"""The tooltip of a direction's slider."""

from __future__ import annotations

from zscape.models.inputs.directions import Direction

COMPONENT = "one of the ways in which the pictures differ most, found automatically (a principal component): it has no name yet"
FACTOR = "a way that the network's first layer responds to most, found automatically: it has no name yet"


def about(direction: Direction) -> str:
    """What moving along it does; for one found without a name, also why it has its name."""
    does = f"Changes {direction.name}"
    if direction.name.startswith("component "):
        does = f"{direction.name.capitalize()} is {COMPONENT}"
    elif direction.name.startswith("factor "):
        does = f"{direction.name.capitalize()} is {FACTOR}"
    return f"{does}. The pictures below show what it does; 1 is 1 of its {direction.unit}; double-click to reset"
