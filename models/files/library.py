"""The models there are: bundled with Zscape, and trained here."""

from __future__ import annotations

import os
import reprlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path

from zscape.models.errors import ZscapeError
from zscape.models.files.header import read_spec
from zscape.models.files.spec import Spec
from zscape.models.files.typed_path import typed_path
from zscape.resources import FOLDER as RESOURCES
from zscape.resources import sections

BUNDLED = RESOURCES
DEFAULT = "mnist"


@dataclass(frozen=True)
class Entry:
    """One model: what it says of itself, where it is, and where it comes from."""

    spec: Spec
    path: Path
    origin: Literal["bundled", "trained"]

    @property
    def called(self) -> str:
        """What it is called in lists: its name, or of a trained one its folder's, as two runs may give their models one name."""
        return self.spec.name if self.origin == "bundled" else self.path.parent.name


def home() -> Path:
    """Where Zscape keeps what is the person's own: $ZSCAPE_HOME, or the system's place for a program's data."""
    chosen = os.environ.get("ZSCAPE_HOME")
    return Path(chosen) if chosen else user_data_path("zscape", appauthor=False)


def cache() -> Path:
    """Where Zscape keeps what it can fetch or make again: $ZSCAPE_HOME, or the system's place for that."""
    chosen = os.environ.get("ZSCAPE_HOME")
    return Path(chosen) if chosen else user_cache_path("zscape", appauthor=False)


def trained_folder() -> Path:
    """The folder of trained models, a folder each."""
    return home() / "models"


def listing() -> list[Entry]:
    """Every model whose header can be read, bundled ones first, in the order of their sentences; other files are passed over."""
    found: list[Entry] = []
    order = {name: place for place, name in enumerate(sections("bundled_models"))}
    for path in sorted(BUNDLED.glob("*.safetensors"), key=lambda each: (order.get(each.stem, len(order)), each.stem)):
        found += _entry(path, "bundled")
    for path in sorted(trained_folder().glob("*/model.safetensors")):
        found += _entry(path, "trained")
    return found


def _entry(path: Path, origin: Literal["bundled", "trained"]) -> list[Entry]:
    try:
        return [Entry(spec_at(path), path, origin)]
    except (OSError, ZscapeError):
        return []


def spec_at(path: Path) -> Spec:
    """The spec in the file at `path`, read again once the file is another: a window asks for all of them again and again.

    Raises ZscapeError where it is no model, OSError where it is gone.
    """
    seen = path.stat()
    found = _spec_once(path, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)
    if isinstance(found, str):
        raise ZscapeError(found)
    return found


@lru_cache(maxsize=256)
def _spec_once(path: Path, *_: int) -> Spec | str:
    """The spec, or why there is none: the bundled classifiers and directions, which are no models, are asked as often."""
    try:
        return read_spec(path)
    except ZscapeError as error:
        return str(error)


def draws(spec: Spec) -> str:
    """What a bundled model draws, as the end of a sentence without its full stop; "" for others."""
    words = sections("bundled_models").get(spec.name, "").rstrip(".")
    return words[:1].lower() + words[1:]


def default_name() -> str:
    """The model a person sees first: mnist, or else the first there is. Raises ZscapeError where there is none."""
    names = [entry.spec.name for entry in listing()]
    if not names:
        raise ZscapeError("There is no model yet: train one with `zscape train digits-dcgan`, or open a file.")
    return DEFAULT if DEFAULT in names else names[0]


def find(name_or_path: str | Path) -> Path:
    """The file of a model: a bundled or trained model's name, a run's folder, or a path.

    What a model is called in lists comes before the name in its file, and a bundled model before a trained one, which its path
    then tells. Raises ZscapeError, naming the known models, where there is none.
    """
    path = typed_path(name_or_path)
    try:
        if path.is_file():
            return path
        if (path / "model.safetensors").is_file():
            return path / "model.safetensors"
        if path.is_dir() and len(path.parts) > 1:  # a bare word is more likely a name that is misspelt
            raise ZscapeError(f"{path} is a folder without a model: choose a run's folder, which has a model.safetensors.")
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise ZscapeError(f"There is no model at {reprlib.repr(str(path))}: {error.strerror or error}.") from error
    entries = listing()
    wanted = str(name_or_path)
    named = [each for each in entries if each.called == wanted] or [each for each in entries if each.spec.name == wanted]
    if named:
        return named[0].path
    known = ", ".join(dict.fromkeys(entry.called for entry in entries)) or "none yet"
    raise ZscapeError(f"There is no model {wanted!r}; known: {known}. Or give the path of a .safetensors file.")
