"""The checkpoints of a training run: the models in its folder, by training step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.header import read_spec
from zscape.models.files.spec import Spec

MODEL_FILE = "model.safetensors"
"""The latest model of a run."""
FOLDER = "checkpoints"
"""Subfolder of a run folder that holds the models of earlier steps."""
RUN_FILE = "run.safetensors"
"""What a run saves beside its model in order to be resumed."""
NOT_MODELS = (RUN_FILE, ".directions.safetensors")
"""Endings of the names of files that are not models."""
MOST = 1000
"""Maximum number of files of a folder that are read."""


@dataclass(frozen=True)
class Checkpoint:
    """One checkpoint of a model: its file and its spec."""

    path: Path
    spec: Spec

    @property
    def step(self) -> int:
        """Number of training steps at this checkpoint."""
        return self.spec.step


@dataclass(frozen=True)
class Checkpoints:
    """The checkpoints of a run, the earliest first, one per step. left_out: (name, reason) of each file that is not one."""

    ages: tuple[Checkpoint, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    def at(self, step: int) -> Checkpoint:
        """Return the checkpoint of `step`, or the nearest one; the latest for a step below 0."""
        return self.ages[-1] if step < 0 else min(self.ages, key=lambda each: abs(each.step - step))

    def without(self, path: Path, reason: str) -> Checkpoints:
        """Return the checkpoints without a file that could not be loaded."""
        left = tuple(each for each in self.ages if each.path != path)
        return Checkpoints(left, (*self.left_out, (path.name, reason)))

    @property
    def words(self) -> str:
        """What was left out, in one line; "" if nothing was."""
        if not self.left_out:
            return ""
        name, reason = self.left_out[0]
        more = f" and {len(self.left_out) - 1} more" if len(self.left_out) > 1 else ""
        return f"Left out: {name}{more} ({reason}). The others are shown."


def folder_of(path: Path) -> Path | None:
    """Return the run folder that a model file or a folder belongs to; None for a model that stands alone."""
    if path.is_dir():
        return path.parent if path.name == FOLDER and (path.parent / MODEL_FILE).is_file() else path
    if path.parent.name == FOLDER:
        return path.parent.parent if (path.parent.parent / MODEL_FILE).is_file() else path.parent
    return path.parent if path.name == MODEL_FILE else None


def checkpoints(folder: Path) -> Checkpoints:
    """List the checkpoints in a run folder and its subfolder `checkpoints`; any folder of models of one kind will do.

    A file that cannot be read, or whose inputs or image size differ from those of the latest, is left out. Raises ZscapeError if
    there is no model at all.
    """
    try:
        found = [*sorted(folder.glob("*.safetensors")), *sorted((folder / FOLDER).glob("*.safetensors"))]
    except OSError as error:
        raise ZscapeError(f"Cannot read {folder}: {error.strerror or error}. Check the name and the permissions.") from error
    files = [path for path in found if not path.name.endswith(NOT_MODELS) and not path.name.startswith(".")]
    read: list[Checkpoint] = []
    left_out: list[tuple[str, str]] = []
    for path in files[:MOST]:
        try:
            read.append(Checkpoint(path, read_spec(path)))
        except ZscapeError:
            left_out.append((path.name, "it is not a model, or it is damaged"))
    if not read:
        raise ZscapeError(f"There is no model in {folder} that can be read: choose the folder of a training run.")
    read.sort(key=lambda each: (each.step, each.path.name == MODEL_FILE))
    newest = next((each for each in read if each.path.name == MODEL_FILE), read[-1]).spec
    ages: dict[int, Checkpoint] = {}
    for each in read:
        if (each.spec.inputs, each.spec.image_shape) == (newest.inputs, newest.image_shape):
            ages[each.step] = each
        else:
            left_out.append((each.path.name, "it is another kind of model"))
    return Checkpoints(tuple(ages.values()), tuple(left_out))
