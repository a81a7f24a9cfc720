"""The folder of a training run: who may write there, and what of it is the run's own."""

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
from zscape.models.training.loss_table import LOSS_FILE, LossTable
from zscape.models.training.run_file import save_run, wrote

LOCK_FILE = "run.lock"
"""Held while a run works there."""


def check_folder(out: Path, resume: bool) -> None:
    """Raise ZscapeError where a run in the folder `out` would overwrite another run, or a model that it did not write.

    resume: it goes on with the run that is there.
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
    """The folder `out` while one run works in it; `check_folder` comes first. resume: what is there is the run's."""

    def __init__(self, out: Path, resume: bool) -> None:
        self._out = out
        self._written = _hash(out / MODEL_FILE) if resume else ""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no other run work there meanwhile. Raises ZscapeError where one does, or nothing can be written."""
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
        """The losses of the run up to `step`."""
        return LossTable.read(self._out / LOSS_FILE, step)

    def write(
        self, model: Model, state: Mapping[str, Tensor], fixed: Mapping[str, Any], seconds: float, losses: LossTable
    ) -> str:
        """Write the state of the run, its model and its losses, each atomically; returns what should be known of that, "" for
        nothing.

        A model that somebody has put in the place of the run's own is not overwritten: it gets another name.
        """
        path = self._out / MODEL_FILE
        spec, tensors = as_stored(model)
        losses.write(self._out / LOSS_FILE)  # before the state: of steps that this does not know they are left out
        # The state before the model: a model without one could not go on, the other way round it can.
        hashes = tuple(each for each in (self._written, spec.sha256) if each)
        save_run(self._out / RUN_FILE, state, fixed, seconds, hashes)
        notice = ""
        if path.exists() and _hash(path) != self._written:
            aside = free_name(path)
            path.replace(aside)
            notice = f"{path} was replaced by another model while the run worked; that is kept as {aside.name}."
        save_stored(path, spec, tensors)
        self._written = spec.sha256
        return notice

    def keep(self, model: Model) -> Path:
        """Write `model` as a checkpoint of its step, without its discriminator; returns the file. One that is there stays."""
        path = self._out / FOLDER / f"step-{model.spec.step:08d}.safetensors"
        if not path.exists():
            save_model(path, replace(model, discriminator=None))
        return path


def _hash(path: Path) -> str:
    """The hash of the model at `path`; "" where there is none, "?" where it cannot be read."""
    try:
        return read_spec(path).sha256 if path.exists() else ""
    except ZscapeError:
        return "?"


def free_name(path: Path) -> Path:
    """A path beside `path` where nothing is."""
    number = 1
    while (free := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return free
