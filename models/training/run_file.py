"""The file a training run goes on from: its tensors and its config, as safetensors (no pickle)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import fingerprint, load_tensors, save_tensors
from zscape.models.files.tensor_file import read_header
from zscape.models.training.config import OLD_NAMES

KEY = "zscape-run"
OLD_TENSORS = {"moments/lack": "moments/cov_gradient"}
"""Tensors by the names they had in runs of earlier versions."""


class Record(msgspec.Struct):
    """What stands in the header: the settings the run was begun with, the seconds worked so far, and the tensors' hash."""

    fixed: dict[str, Any]
    seconds: float
    sha256: str


def save_run(path: Path, tensors: Mapping[str, Tensor], fixed: Mapping[str, Any], seconds: float) -> None:
    """Write the state of a run atomically. fixed: the settings a resumed run must share; seconds: worked so far."""
    record = Record(dict(fixed), seconds, fingerprint(tensors))
    save_tensors(path, tensors, {KEY: msgspec.json.encode(record).decode()})


def load_run(path: Path, fixed: Mapping[str, Any]) -> tuple[dict[str, Tensor], float]:
    """The tensors of a run and the seconds worked so far.

    Raises ZscapeError where there is no such file, it is damaged, or its settings are not `fixed` (the message names the first).
    """
    if not path.exists():
        raise ZscapeError(f"There is no run to resume at {path}: start one without --resume, or name its folder with --out.")
    header = read_header(path)
    if KEY not in header.texts:
        raise ZscapeError(f"{path} is not the state of a training run: name the folder of one.")
    try:
        record = msgspec.json.decode(header.texts[KEY], type=Record)
    except msgspec.MsgspecError as error:
        raise ZscapeError(f"{path} is damaged: {error}. Start the run again without --resume.") from error
    was = {OLD_NAMES.get(name, name): value for name, value in record.fixed.items()}
    now = msgspec.json.decode(msgspec.json.encode(fixed))
    for name in was:  # a setting the run did not know yet cannot contradict it
        if was.get(name) != now.get(name):
            raise ZscapeError(
                f"{path} is of a run with {name} = {was.get(name)}, not {now.get(name)}: resume it with its own settings, "
                "or name another folder with --out."
            )
    tensors = load_tensors(path, header)
    if fingerprint(tensors) != record.sha256:
        raise ZscapeError(f"{path} is damaged: start the run again without --resume.")
    return {OLD_TENSORS.get(name, name): tensor for name, tensor in tensors.items()}, record.seconds
