"""The file from which a training run is resumed: its tensors and its config, as safetensors (no pickle)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import fingerprint, load_tensors, save_tensors
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.spec import Spec
from zscape.models.files.tensor_file import Header, read_header
from zscape.models.training.config import OLD_NAMES

KEY = "zscape-run"
OLD_TENSORS = {"moments/lack": "moments/cov_gradient"}
"""Present names of tensors in runs of earlier versions."""


class Record(msgspec.Struct):
    """The record in the header: the settings the run was started with, the seconds worked so far, and the tensors' hash.

    models: hashes of the model that the run wrote last and of the one it writes next; runs of 0.1.0 do not record them. origin:
    the record of the model it started from, {} for none, and in runs of 0.1.0, where only the model has it.
    """

    fixed: dict[str, Any]
    seconds: float
    sha256: str
    models: tuple[str, ...] = ()
    origin: dict[str, Any] = {}


def save_run(
    path: Path,
    tensors: Mapping[str, Tensor],
    fixed: Mapping[str, Any],
    seconds: float,
    models: tuple[str, ...] = (),
    origin: Mapping[str, Any] | None = None,
) -> None:
    """Write the state of a run atomically.

    fixed: the settings a resumed run must share. seconds: time worked so far. models: hashes of the last model it wrote and of
    the one it writes next. origin: the record of the model it started from.
    """
    record = Record(dict(fixed), seconds, fingerprint(tensors), models, dict(origin or {}))
    save_tensors(path, tensors, {KEY: msgspec.json.encode(record).decode()})


def load_run(path: Path, fixed: Mapping[str, Any]) -> tuple[dict[str, Tensor], float]:
    """Read the tensors of a run and the seconds worked so far.

    Raises ZscapeError if there is no such file, it is damaged, or its settings differ from `fixed` (the message names the first).
    """
    if not path.exists():
        raise ZscapeError(f"There is no run to resume at {path}: start one without --resume, or name its folder with --out.")
    header = read_header(path)
    record = _record(path, header)
    was = {OLD_NAMES.get(name, name): value for name, value in record.fixed.items()}
    now = msgspec.json.decode(msgspec.json.encode(fixed))
    for name in was:  # a setting unknown to the run cannot contradict it
        if was.get(name) != now.get(name):
            raise ZscapeError(
                f"{path} is of a run with {name} = {was.get(name)}, not {now.get(name)}: resume it with its own settings, "
                "or name another folder with --out."
            )
    tensors = load_tensors(path, header)
    if fingerprint(tensors) != record.sha256:
        raise ZscapeError(f"{path} is damaged: start the run again without --resume.")
    return {OLD_TENSORS.get(name, name): tensor for name, tensor in tensors.items()}, record.seconds


def run_origin(path: Path) -> dict[str, Any]:
    """Return the record of the model that the run in the file at `path` started from; {} if none is recorded there."""
    return _record(path, read_header(path)).origin if path.exists() else {}


def wrote(path: Path, spec: Spec) -> bool:
    """Whether the run in the file at `path` has written the model of `spec`.

    For a run of 0.1.0, which does not record it, it is enough that the model was trained with its settings. Raises ZscapeError if
    the file is not that of a run.
    """
    record = _record(path, read_header(path))
    if record.models:
        return spec.sha256 in record.models
    encoder = spec.recorded.get("encoder")
    said = encoder.get("settings") if isinstance(encoder, Mapping) else spec.recorded.get("training")
    return isinstance(said, Mapping) and all(said[name] == value for name, value in record.fixed.items() if name in said)


def _record(path: Path, header: Header) -> Record:
    if KEY not in header.texts:
        raise ZscapeError(f"{path} is not the state of a training run: name the folder of one.")
    try:
        return msgspec.json.decode(header.texts[KEY], type=Record)
    except NOT_JSON as error:
        raise ZscapeError(f"{path} is damaged: {error}. Start the run again without --resume.") from error
