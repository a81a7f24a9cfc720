"""Session files: JSON with a version, read strictly; the old file is kept until the new one is complete."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zscape.app.state.shelf_state
import zscape.app.state.sound_state  # noqa: F401  every session can have several shelves, and a sound on its timeline
from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.saved_session import Files, SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_text import FORMAT, SessionEncoder
from zscape.app.state.view_state import STATES, UnknownState, ViewState
from zscape.models.errors import ZscapeError
from zscape.models.files.reading import BOM, check_file, read_whole

SUFFIX = ".zscape.json"
KEY = "zscape"
"""The key of the text chunk in an exported picture that holds the session."""
LIMIT = 512 << 20
"""The most bytes of a session that is read."""


def to_json(saved: SessionFile) -> str:
    """The session as JSON, indented by two spaces, pictures in base64."""
    import msgspec

    return msgspec.json.format(SessionEncoder().encode(saved), indent=2).decode()


def from_json(text: str | bytes, where: str) -> SessionFile:
    """The session in `text`. Raises ZscapeError, with a message that starts with `where`, if it is not one."""
    import msgspec

    try:
        plain = msgspec.json.decode(text, type=dict[str, Any])
        number = plain.get("format", 0)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ZscapeError(f"{where} is not a session: {error}. Choose a file Zscape saved.") from error
    if "format" not in plain:
        raise ZscapeError(f"{where} is not a session: choose a file Zscape saved.")
    if number not in (1, FORMAT):
        raise ZscapeError(
            f"{where} is a session of format {number}, this Zscape reads 1 to {FORMAT}: use the Zscape that wrote it."
        )
    try:
        if number == 1:
            from zscape.app.state.first_format import in_second

            plain = in_second(plain)
        kind, scene = _scene(plain)
        others = tuple(_scene(each) for each in plain.get("others", ()))
        if any(kind == UNKNOWN for kind, _ in others):
            raise ValueError("a scene for no kind of model")
        files = msgspec.convert(plain.get("files", {}), Files)
        return SessionFile(_text(plain, "model"), _text(plain, "view"), kind, scene, others, files, _text(plain, "run"))
    except (msgspec.MsgspecError, RecursionError, ValueError, TypeError, AttributeError, KeyError, ZscapeError) as error:
        raise ZscapeError(f"{where} is a damaged session: {str(error).rstrip('.')}. What is open stays as it is.") from error


def _text(plain: Mapping[str, Any], name: str) -> str:
    text = plain.get(name, "")
    if not isinstance(text, str):
        raise ValueError(f"{name} is not text")
    return text


def _scene(plain: Mapping[str, Any]) -> tuple[Kind, Scene]:
    from zscape.models.inputs.plain import input_of, recipe_of
    from zscape.models.inputs.space import check_inputs
    from zscape.models.timeline.text import timeline_of

    said, scene = plain.get("kind") or {}, plain.get("scene") or {}
    inputs = tuple(input_of(each) for each in said.get("inputs", ()))
    if inputs:
        check_inputs(inputs)
    views = tuple(_state(name, each) for name, each in scene.get("views", {}).items())
    usual = Scene()
    point = recipe_of(scene["point"]) if "point" in scene else usual.point
    shelf = tuple(map(recipe_of, scene.get("shelf", ())))
    timeline = timeline_of(scene["timeline"]) if "timeline" in scene else None
    return Kind(inputs, bool(said.get("labelled", True))), Scene(point, shelf, views, timeline)


def _state(name: str, plain: Any) -> ViewState:
    import msgspec

    from zscape.models.inputs.plain import dec_hook

    if name not in STATES:
        return UnknownState(name, msgspec.json.encode(plain).decode())
    state: ViewState = msgspec.convert(plain, STATES[name], dec_hook=dec_hook)
    return state


def save(path: Path, saved: SessionFile) -> None:
    """Write the session atomically. Raises ZscapeError if it cannot be written, or is too large to be read again."""
    write(path, to_json(saved).encode())


def write(path: Path, text: bytes) -> None:
    """Write the JSON of a session, as `save` does."""
    from zscape.models.files.atomic import replacing

    if len(text) > LIMIT:
        raise ZscapeError(f"{path} would be larger than the {LIMIT >> 20} MB a session may have: take points off the shelf.")
    with replacing(path) as temporary:
        temporary.write_bytes(text)


def saves_to(path: Path) -> bool:
    """Whether a session opened from `path` is saved there again: not over a picture or a film that contains it."""
    try:
        check_file(path)
        return _is_json(path)
    except (OSError, ZscapeError):
        return path.suffix.lower() == ".json"  # the file no longer exists


def _is_json(path: Path) -> bool:
    """Whether the file begins like a session, and not like a picture or a film, which may be large."""
    with path.open("rb") as file:
        return file.read(64).removeprefix(BOM).lstrip()[:1] == b"{"


def load(path: Path) -> SessionFile:
    """The session in a file, or in a picture exported with one. Raises ZscapeError if there is none."""
    try:
        check_file(path)
        if _is_json(path):
            return from_json(read_whole(path, LIMIT).removeprefix(BOM), str(path))
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    from zscape.models.media.metadata import read_metadata

    text = read_metadata(path).get(KEY)
    if text is None:
        raise ZscapeError(f"{path} holds no session: choose a file Zscape saved, or a picture it exported.")
    return from_json(text, str(path))
