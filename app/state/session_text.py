"""Writes sessions as JSON, piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.view_state import UnknownState, ViewState
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.timeline import Timeline

FORMAT = 2
"""The version that this Zscape writes. Older ones can still be read; each has files in tests/fixtures."""


class SessionEncoder:
    """Turns sessions into JSON. A piece (a recipe, a timeline, a view's state) that was also in the previous session is not
    encoded again.

    rest() is called after each encoded piece, so that other threads can run meanwhile. Not thread-safe.
    """

    def __init__(self, rest: Callable[[], None] = lambda: None) -> None:
        self._rest = rest
        self._known: dict[int, tuple[object, Any]] = {}  # by id; the object is kept, so that its id is not reused
        self._used: dict[int, tuple[object, Any]] = {}

    def encode(self, saved: SessionFile) -> bytes:
        """`saved` as one line of JSON in UTF-8, pictures in base64."""
        import msgspec

        self._used = {}
        plain: dict[str, Any] = {"format": FORMAT, "model": saved.model, "view": saved.view}
        if saved.run:
            plain["run"] = saved.run
        if saved.files != type(saved.files)():
            plain["files"] = asdict(saved.files)
        plain |= self._scene(saved.kind, saved.scene)
        plain["others"] = [self._scene(kind, scene) for kind, scene in saved.others]
        self._known = self._used
        return msgspec.json.encode(plain)

    def _scene(self, kind: Kind, scene: Scene) -> dict[str, Any]:
        views = {each.name if isinstance(each, UnknownState) else each.view: self._piece(each) for each in scene.views}
        recipes = {"point": self._piece(scene.point), "shelf": [self._piece(each) for each in scene.shelf]}
        played = {"timeline": self._piece(scene.timeline)} if scene.timeline is not None else {}
        return {"kind": self._piece(kind), "scene": {**recipes, **played, "views": views}}

    def _piece(self, given: Recipe | ViewState | Kind | Timeline) -> Any:
        key = id(given)
        found = self._known.get(key) or self._used.get(key)
        if found is None:
            found = given, _encoded(given)
            self._rest()
        self._used[key] = found
        return found[1]


def _encoded(given: Recipe | ViewState | Kind | Timeline) -> Any:
    """`given` as JSON that is inserted verbatim into a larger text."""
    import msgspec

    from zscape.models.inputs.plain import enc_hook, plain_input

    if isinstance(given, UnknownState):
        return msgspec.Raw(given.json.encode())
    if isinstance(given, Kind):
        plain: Any = {"inputs": [plain_input(each) for each in given.inputs], "labelled": given.labelled}
    elif isinstance(given, Recipe):
        plain = enc_hook(given)
    elif isinstance(given, Timeline):
        from zscape.models.timeline.text import plain_timeline

        plain = plain_timeline(given)
    else:
        plain = given
    return msgspec.Raw(msgspec.json.encode(plain, enc_hook=enc_hook))
