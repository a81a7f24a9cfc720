"""Finds the kind of a dropped file from its content."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from zscape.app.state.session_file import KEY
from zscape.app.widgets.pictures.dragged_tile import PNG_RECIPE
from zscape.models.errors import ZscapeError
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.reading import BOM, check_file, reading
from zscape.models.files.run_checkpoints import MODEL_FILE
from zscape.models.files.utf8 import check_utf8

KINDS = "choose a model, a session, a film, a picture, a sound, latents, a map, directions or unit edits"
Kind = Literal["model", "session", "latents", "map", "directions", "units", "film", "tile", "sound", "picture"]
NAMED = frozenset(
    {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".safetensors", ".json", ".npz"}
    | {".mp4", ".mov", ".webm", ".mkv", ".wav", ".mp3", ".flac", ".ogg", ".m4a", ".aac", ".aiff"}
)
"""The extensions of the files that Zscape opens: a file with one of them but other content is damaged."""
SMALL = 16 << 20
"""The most bytes of a JSON file that is read to find its keys."""
FILM = "timeline"
"""The key of the timeline in a film (models/media/film/film_file.py, which is not loaded during every drag)."""


OF_KEYS: Mapping[Kind, str] = {"session": "format", "film": FILM, "units": "units"}
"""The key that tells what a JSON file contains."""


def kind_of(path: Path) -> Kind:
    """Whether `path` contains a model (also as the folder of a run), directions, unit edits, a session (also inside an exported
    picture), a timeline alone (as JSON or inside a film, also one that is a folder of pictures), latents, a map, a tile that was
    dragged out, sound (also of other programs' videos), or else a picture.

    Raises ZscapeError for other folders, unreadable files, and pickles, which can run code.
    """
    check_utf8(str(path))  # a session could not record it
    try:
        if path.is_dir():
            if (inside := file_in(path)) is not None:
                return kind_of(inside)
            raise ZscapeError(f"{path} is a folder: drop it on Restyle to encode its pictures, or on Train to learn from them.")
        check_file(path)
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    if not start:
        raise ZscapeError(f"{path} is empty: choose another file.")
    if start[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"):
        raise ZscapeError(f"{path} is a pickle, a program that could do anything: export the weights as safetensors instead.")
    if start[8:9] == b"{" and int.from_bytes(start[:8], "little") < 1 << 32:
        return "directions" if _holds_directions(path) else "model"
    if start.removeprefix(BOM).lstrip()[:1] == b"{":
        return _kind_of_json(path, b"".join(start.removeprefix(BOM).split()))
    if start[:4] == b"PK\x03\x04":
        return _kind_of_zip(path)
    if _is_sound(start):
        return "sound"
    texts = _texts(path)
    ours: Kind | None = "session" if KEY in texts else "film" if FILM in texts else "tile" if PNG_RECIPE in texts else None
    return ours or ("sound" if _is_video(start) else "picture")


def why_not(path: Path) -> str:
    """Why `path` cannot be opened, "" if it can. Called before the drop, so it reads only the first bytes."""
    try:
        kind = kind_of(path)
    except ZscapeError as error:
        return str(error)
    from zscape.models.media.images import is_picture

    if kind != "picture" or is_picture(path):
        return ""
    if path.suffix.lower() in NAMED:
        return f"{path} is damaged, or not what its name says: make it or fetch it once more."
    return f"{path} is not a kind of file that Zscape opens: {KINDS}."


def _kind_of_json(path: Path, begin: bytes) -> Kind:
    """What a JSON file contains, from its keys. begin: its first bytes without white space, which usually tell."""
    for kind, key in OF_KEYS.items():
        if begin.startswith(b'{"' + key.encode() + b'":'):
            return kind
    if path.stat().st_size <= SMALL:
        with suppress(*NOT_JSON):
            keys = msgspec.json.decode(path.read_bytes().removeprefix(BOM), type=dict[str, msgspec.Raw])
            return next((kind for kind, key in OF_KEYS.items() if key in keys), "session")
    return "session"


def file_in(folder: Path) -> Path | None:
    """The file that represents `folder`, None if there is none: the model of a training run, or the first picture of a film
    written by Zscape, which contains what its frames were made from.
    """
    if (folder / MODEL_FILE).is_file():
        return folder / MODEL_FILE
    first = min((path for path in folder.iterdir() if path.suffix.lower() == ".png"), default=None)
    texts = _texts(first) if first is not None else {}
    return first if FILM in texts or KEY in texts else None


def _is_sound(start: bytes) -> bool:
    """Whether these are the first bytes of WAV, AIFF, FLAC, Ogg, M4A, MP3 or AAC; the last two begin with a tag or a frame."""
    kind, at_8 = start[:4], start[8:12]
    held = (kind, at_8) in ((b"RIFF", b"WAVE"), (b"RF64", b"WAVE"), (b"FORM", b"AIFF"), (b"FORM", b"AIFC"))
    frame = len(start) > 2 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[2] & 0xF0 != 0xF0
    return held or kind in (b"fLaC", b"OggS") or start[:3] == b"ID3" or start[4:11] == b"ftypM4A" or frame


def is_video(path: Path) -> bool:
    """Whether the file `path`, which can be read, is a film, by Zscape or another program."""
    with path.open("rb") as file:
        return _is_video(file.read(64))


def _is_video(start: bytes) -> bool:
    """Whether these are the first bytes of MP4, MOV, WebM or Matroska, which may have sound, not a picture in that format."""
    boxed = start[4:8] == b"ftyp" and start[8:12] not in (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1")
    return boxed or start[:4] == b"\x1a\x45\xdf\xa3"


def _holds_directions(path: Path) -> bool:
    from zscape.models.files.directions import KEY
    from zscape.models.files.tensor_file import read_header

    try:
        return KEY in read_header(path).texts
    except ZscapeError:
        return False  # opening it as a model will report what is wrong


def _kind_of_zip(path: Path) -> Kind:
    import zipfile

    with reading(path), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if {"about.npy", "positions.npy"} <= set(names):
        return "map"
    if any(name.endswith(".npy") for name in names):
        return "latents"
    if any(name.endswith("data.pkl") for name in names):
        raise ZscapeError(f"{path} is a PyTorch file made of pickles, which can run code: convert it to safetensors first.")
    raise ZscapeError(f"{path} is an archive of something else: Zscape opens models, sessions, pictures and .npz latents.")


def _texts(path: Path) -> Mapping[str, str]:
    from zscape.models.media.metadata import read_metadata

    try:
        return read_metadata(path)
    except ZscapeError:
        return {}
