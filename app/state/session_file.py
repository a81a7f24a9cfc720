"""Sessions in files: JSON with a version, read strictly, written so that the old file stays until the new one is complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zscape.app.state.scene import Scene
from zscape.models.errors import ZscapeError

FORMAT = 1
"""The version this Zscape writes. Older ones stay readable; each has a file in tests/fixtures."""
SUFFIX = ".zscape.json"
KEY = "zscape"
"""The name of the text in an exported picture that holds the session."""
LIMIT = 64 << 20
"""Bytes of the largest session that is read."""


@dataclass(frozen=True)
class KindScene:
    """A scene and the kind of latent space it is for: its number of coordinates (1 or more), of classes (0 or more), and their
    names, none where the file does not say them.
    """

    z_size: int
    classes: int
    scene: Scene
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class SessionFile:
    """What a session file holds.

    model: the name of the model it was made with. view: the view that was shown. scene: the scene that was shown; z_size,
    classes and class_names: the kind of latent space it is for; 0, 0 and none where that is not known, as in files of before
    they said it. others: the scenes of the other kinds of model that were looked at.
    """

    format: int = FORMAT
    model: str = ""
    view: str = ""
    z_size: int = 0
    classes: int = 0
    scene: Scene = field(default_factory=Scene)
    others: tuple[KindScene, ...] = ()
    class_names: tuple[str, ...] = ()


def to_json(saved: SessionFile) -> str:
    """The session as JSON, two spaces deep, pictures in base64."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(saved), indent=2).decode()


def from_json(text: str | bytes, where: str) -> SessionFile:
    """The session in `text`. Raises ZscapeError, opening with `where`, for anything that is not one."""
    import msgspec

    try:
        version = msgspec.json.decode(text, type=dict[str, msgspec.Raw]).get("format", msgspec.Raw(b"0"))
        number = msgspec.json.decode(version, type=int)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ZscapeError(f"{where} is not a session: {error}. Choose a file Zscape saved.") from error
    if number != FORMAT:
        raise ZscapeError(
            f"{where} is a session of format {number}, this Zscape reads format {FORMAT}: use the Zscape that wrote it."
        )
    try:
        saved = msgspec.json.decode(text, type=SessionFile)
        _check(saved)
    except (msgspec.MsgspecError, RecursionError, ValueError, ZscapeError) as error:
        raise ZscapeError(f"{where} is a damaged session: {error}. What is open stays as it is.") from error
    return saved


def _check(saved: SessionFile) -> None:
    if any(scene.columns < 2 for scene in (saved.scene, *(other.scene for other in saved.others))):
        raise ValueError("columns below 2")
    kinds: list[SessionFile | KindScene] = [*saved.others]
    if (saved.z_size, saved.classes) != (0, 0):
        kinds.append(saved)
    if any(each.z_size < 1 or each.classes < 0 or len(each.class_names) not in (0, each.classes) for each in kinds):
        raise ValueError("a scene for no kind of model")


def save(path: Path, saved: SessionFile) -> None:
    """Write the session atomically. Raises ZscapeError where it cannot be written."""
    from zscape.models.files.atomic import replacing

    with replacing(path) as temporary:
        temporary.write_text(to_json(saved), encoding="utf-8")


def load(path: Path) -> SessionFile:
    """The session in a file, or in a picture that was exported with one. Raises ZscapeError where there is none."""
    from zscape.models.media.metadata import read_metadata

    try:
        if path.stat().st_size > LIMIT:
            raise ZscapeError(f"{path} is too large for a session: choose a file Zscape saved.")
        data = path.read_bytes()
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    if data.lstrip()[:1] == b"{":
        return from_json(data, str(path))
    text = read_metadata(path).get(KEY)
    if text is None:
        raise ZscapeError(f"{path} holds no session: choose a file Zscape saved, or a picture it exported.")
    return from_json(text, str(path))
