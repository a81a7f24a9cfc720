"""Renames a direction, or removes it, wherever a scene uses it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from zscape.app.state.directions_state import DirectionsState
from zscape.app.state.scene import Scene
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import DIRECTION
from zscape.models.timeline.timeline import Timeline


def renamed(scene: Scene, old: str, new: str | None) -> Scene:
    """`scene` with the direction `old` renamed to `new`. With None, every move along it and its lock are removed."""
    made: Scene = _renamed(scene, old, new)
    return made


def _renamed(thing: Any, old: str, new: str | None) -> Any:
    if isinstance(thing, Recipe):
        return Recipe({name: _renamed(value, old, new) for name, value in thing.values}, thing.root)
    if isinstance(thing, tuple):
        made = tuple(_renamed(each, old, new) for each in thing)
        return made if any(a is not b for a, b in zip(made, thing, strict=True)) else thing
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changes = {}
    for each in fields(thing):
        before = getattr(thing, each.name)
        after = _renamed(before, old, new)
        if each.name == "moves":
            after = tuple(sorted((called, size) for name, size in before if (called := _called(name, old, new)) is not None))
        if isinstance(thing, DirectionsState) and each.name == "names":
            after = tuple(sorted(called for name in before if (called := _called(name, old, new)) is not None))
        if isinstance(thing, Timeline) and each.name == "numbers":
            calls = [(name, _number(number, old, new), keys) for name, number, keys in before]
            after = tuple(track for track in calls if track[1] is not None)
        if after is not before and after != before:
            changes[each.name] = after
    return replace(thing, **changes) if changes else thing


def _number(name: str, old: str, new: str | None) -> str | None:
    """The same for the name of a number that the timeline moves."""
    if not name.startswith(DIRECTION):
        return name
    called = _called(name[len(DIRECTION) :], old, new)
    return None if called is None else DIRECTION + called


def _called(name: str, old: str, new: str | None) -> str | None:
    """What replaces `name`, which may end with the layers of the move in brackets; None if it is removed."""
    direction, bracket, layers = name.partition("[")
    if direction != old:
        return name
    return None if new is None else f"{new}{bracket}{layers}"
