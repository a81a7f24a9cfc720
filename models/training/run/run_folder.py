"""The folder of a training run: who may write in it, and which files belong to the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, as_stored, save_model, save_stored
from zscape.models.files.header import read_spec
from zscape.models.files.lock import FileLock
from zscape.models.files.run_checkpoints import FOLDER, MODEL_FILE, RUN_FILE
from zscape.models.training.run.loss_table import LOSS_FILE, LossTable
from zscape.models.training.run.run_file import save_run, wrote

LOCK_FILE = "run.lock"
"""Locked while a run works there."""


def check_folder(out: Path, resume: bool) -> None:
    """Raise ZscapeError if a run in the folder `out` would overwrite another run, or a model that it did not write.

    resume: it continues the run that is there.
    """
    run, model = out / RUN_FILE, out / MODEL_FILE
    if resume:
        if run.exists() and model.exists() and not _is_of(model, run):
            raise ZscapeError(
                f"{model} is not the model that the run there has written, and training on would overwrite it: "
                "move it to another folder, then resume."
            )
        return
    if run.exists():
        raise ZscapeError(f"{out} already holds a run: resume it with --resume, or name another folder with --out.")
    if model.exists():
        raise ZscapeError(f"{out} holds a model that is not of a run there: name another folder with --out.")


def _is_of(model: Path, run: Path) -> bool:
    try:
        spec = read_spec(model)
    except ZscapeError:
        return False
    return wrote(run, spec)


class RunFolder:
    """The folder `out` while one run works in it; call `check_folder` first. resume: the files there belong to the run."""

    def __init__(self, out: Path, resume: bool) -> None:
        self._out = out
        self._written = _hash(out / MODEL_FILE) if resume else ""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs out of the folder meanwhile. Raises ZscapeError if one is working there, or nothing can be written."""
        try:
            lock = FileLock.take(self._out / LOCK_FILE)
        except OSError as error:
            raise ZscapeError(f"Cannot write into {self._out}: {error.strerror or error}. Choose another folder.") from error
        if lock is None:
            raise ZscapeError(f"Another run works in {self._out}: wait until it has ended, or name another folder with --out.")
        try:
            yield
        finally:
            lock.release()

    def losses(self, step: int) -> LossTable:
        """Return the losses of the run up to `step`."""
        return LossTable.read(self._out / LOSS_FILE, step)

    def write(
        self,
        model: Model,
        state: Mapping[str, Tensor],
        fixed: Mapping[str, Any],
        seconds: float,
        losses: LossTable,
        origin: Mapping[str, Any],
    ) -> str:
        """Write the state of the run, its model and its losses, each atomically; return a message for the user, "" for none.

        fixed, origin: see `Task`. A model that somebody has put in place of the run's own is not overwritten: it gets another
        name.
        """
        path = self._out / MODEL_FILE
        spec, tensors = as_stored(model)
        losses.write(self._out / LOSS_FILE)  # before the state: losses of steps after the state are dropped on resuming
        # The state before the model: a model without its state could not be resumed, a state without its model can.
        hashes = tuple(each for each in (self._written, spec.sha256) if each)
        save_run(self._out / RUN_FILE, state, fixed, seconds, hashes, origin)
        notice = ""
        if path.exists() and _hash(path) != self._written:
            aside = free_name(path)
            path.replace(aside)
            notice = f"{path} was replaced by another model while the run worked; that is kept as {aside.name}."
        save_stored(path, spec, tensors)
        self._written = spec.sha256
        return notice

    def keep(self, model: Model) -> Path:
        """Write `model` as a checkpoint of its step, without its discriminator, and return the file; an existing one stays."""
        path = self._out / FOLDER / f"step-{model.spec.step:08d}.safetensors"
        if not path.exists():
            save_model(path, replace(model, discriminator=None))
        return path


def _hash(path: Path) -> str:
    """Return the hash of the model at `path`; "" if there is none, "?" if it cannot be read."""
    try:
        return read_spec(path).sha256 if path.exists() else ""
    except ZscapeError:
        return "?"


def free_name(path: Path) -> Path:
    """Return a path beside `path` that is not in use."""
    number = 1
    while (free := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return free
