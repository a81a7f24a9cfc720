"""The available models: bundled with Zscape or trained on this machine."""

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
    """One model: its spec, its file, and its origin."""

    spec: Spec
    path: Path
    origin: Literal["bundled", "trained"]

    @property
    def called(self) -> str:
        """Its name in lists: the model's name, or for a trained one its folder's, since two runs may name their models alike."""
        return self.spec.name if self.origin == "bundled" else self.path.parent.name


def home() -> Path:
    """Return the folder of the user's own files: $ZSCAPE_HOME, or the system's folder for application data."""
    chosen = os.environ.get("ZSCAPE_HOME")
    return Path(chosen) if chosen else user_data_path("zscape", appauthor=False)


def cache() -> Path:
    """Return the folder of files that can be fetched or made again: $ZSCAPE_HOME, or the system's cache folder."""
    chosen = os.environ.get("ZSCAPE_HOME")
    return Path(chosen) if chosen else user_cache_path("zscape", appauthor=False)


def trained_folder() -> Path:
    """Return the folder of trained models, which holds one folder per model."""
    return home() / "models"


def listing() -> list[Entry]:
    """List every model whose header can be read, bundled ones first in their documented order. Other files are ignored."""
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
    """Return the spec in the file at `path`, cached until the file changes, because a window asks for all specs repeatedly.

    Raises ZscapeError if it is not a model, OSError if it no longer exists.
    """
    seen = path.stat()
    found = _spec_once(path, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)
    if isinstance(found, str):
        raise ZscapeError(found)
    return found


@lru_cache(maxsize=256)
def _spec_once(path: Path, *_: int) -> Spec | str:
    """Return the spec, or why there is none: bundled classifiers and directions, which are not models, are asked for as often."""
    try:
        return read_spec(path)
    except ZscapeError as error:
        return str(error)


def draws(spec: Spec) -> str:
    """Return what a bundled model draws, as the end of a sentence without its full stop; "" for other models."""
    words = sections("bundled_models").get(spec.name, "").rstrip(".")
    return words[:1].lower() + words[1:]


def default_name() -> str:
    """Return the name of the default model: mnist, or else the first in the list. Raises ZscapeError if there is none."""
    names = [entry.spec.name for entry in listing()]
    if not names:
        raise ZscapeError("There is no model yet: train one with `zscape train digits-dcgan`, or open a file.")
    return DEFAULT if DEFAULT in names else names[0]


def find(name_or_path: str | Path) -> Path:
    """Return the file of a model, given the name of a bundled or trained model, a run folder, or a path.

    A name in lists takes precedence over the name in a file, and a bundled model over a trained one, which can be given by its
    path. Raises ZscapeError, listing the known models, if there is none.
    """
    path = typed_path(name_or_path)
    try:
        if path.is_file():
            return path
        if (path / "model.safetensors").is_file():
            return path / "model.safetensors"
        if path.is_dir() and len(path.parts) > 1:  # a bare word is more likely a misspelt name
            raise ZscapeError(f"{path} is a folder without a model: choose a run's folder, which has a model.safetensors.")
    except OSError as error:  # the name is too long, or a folder cannot be read
        raise ZscapeError(f"There is no model at {reprlib.repr(str(path))}: {error.strerror or error}.") from error
    entries = listing()
    wanted = str(name_or_path)
    named = [each for each in entries if each.called == wanted] or [each for each in entries if each.spec.name == wanted]
    if named:
        return named[0].path
    for damaged in (BUNDLED / f"{wanted}.safetensors", trained_folder() / wanted / "model.safetensors"):
        if damaged.is_file():
            read_spec(damaged)  # raises what is wrong with it
    known = ", ".join(dict.fromkeys(entry.called for entry in entries)) or "none yet"
    raise ZscapeError(f"There is no model {wanted!r}; known: {known}. Or give the path of a .safetensors file.")
