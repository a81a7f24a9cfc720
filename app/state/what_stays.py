"""Describes in words what is left behind when another model is opened."""

from __future__ import annotations

from zscape.app.state.scene import Scene, without_units
from zscape.app.state.shelf_state import kept


def what_stays(before: Scene, here: Scene) -> str:
    """The start of a sentence, up to its verb, about what `before` has and `here` lacks; "" if it lacks nothing."""
    there = kept(here)
    count = sum(point not in there for point in kept(before))
    points = f"{count} kept point{'s' if count > 1 else ''}" if count else ""
    if before.timeline is None or here.timeline is not None:
        return points and f"{points} {'stay' if count > 1 else 'stays'}"
    return f"{points} and the timeline stay" if points else "The timeline stays"


def what_goes(before: Scene, after: Scene, of: str, opened: str) -> str:
    """Sentences about what is dropped from a scene that the model `opened` takes over. of: the model it was made with."""
    lines = []
    if without_units(before) != before and without_units(after) == after:
        other = f"another {of}" if of == opened else opened
        lines.append(f"Unit edits made with {of} are dropped: {other} has other units.")
    if names := [name for name in _moves(before) if name not in _moves(after)]:
        lines.append(f"The point is no longer moved along {' and '.join(names)}: {opened} knows no such direction.")
    return " ".join([*lines, "Undo goes back."])


def _moves(scene: Scene) -> list[str]:
    """The directions that the current point is moved along."""
    return [name for _, value in scene.point.values for name, _ in getattr(value, "moves", ())]
