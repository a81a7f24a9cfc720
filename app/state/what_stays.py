"""What stays with a kind of model as one of another kind is opened, in words."""

from __future__ import annotations

from zscape.app.state.scene import Scene
from zscape.app.state.shelf_state import kept


def what_stays(before: Scene, here: Scene) -> str:
    """The beginning of a sentence, up to its verb, about what `before` has and `here` has not; "" where that is nothing."""
    there = kept(here)
    count = sum(point not in there for point in kept(before))
    points = f"{count} kept point{'s' if count > 1 else ''}" if count else ""
    if before.timeline is None or here.timeline is not None:
        return points and f"{points} {'stay' if count > 1 else 'stays'}"
    return f"{points} and the timeline stay" if points else "The timeline stays"
