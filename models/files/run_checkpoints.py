"""The checkpoints of a training run: the models in its folder, by age."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.header import read_spec
from zscape.models.files.spec import Spec

MODEL_FILE = "model.safetensors"
"""The model of a run as it is now."""
FOLDER = "checkpoints"
"""The folder inside a run's that holds what it was at earlier steps."""
RUN_FILE = "run.safetensors"
"""What a run writes beside its model: all that going on with it needs."""
NOT_MODELS = (RUN_FILE, ".directions.safetensors")
"""How the names of files end that are no models."""
MOST = 1000
"""Files of a folder that are looked at."""


@dataclass(frozen=True)
class Checkpoint:
    """One age of a model: its file and what the file says of itself."""

    path: Path
    spec: Spec

    @property
    def step(self) -> int:
        """Training steps that it has behind it."""
        return self.spec.step


@dataclass(frozen=True)
class Checkpoints:
    """Those of a run, the youngest first, one for each step. left_out: files that are none, by name, each with the reason."""

    ages: tuple[Checkpoint, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    def at(self, step: int) -> Checkpoint:
        """The one of `step`, or the nearest one; the oldest for a step below 0."""
        return self.ages[-1] if step < 0 else min(self.ages, key=lambda each: abs(each.step - step))

    def without(self, path: Path, reason: str) -> Checkpoints:
        """The same without a file that turned out not to load."""
        left = tuple(each for each in self.ages if each.path != path)
        return Checkpoints(left, (*self.left_out, (path.name, reason)))

    @property
    def words(self) -> str:
        """What is missing, in one line; "" where nothing is."""
        if not self.left_out:
            return ""
        name, reason = self.left_out[0]
        more = f" and {len(self.left_out) - 1} more" if len(self.left_out) > 1 else ""
        return f"Left out: {name}{more} ({reason}). The others are shown."


def folder_of(path: Path) -> Path | None:
    """The folder of the run that a model file, or a folder, belongs to; None for a model that stands alone."""
    if path.is_dir():
        return path.parent if path.name == FOLDER and (path.parent / MODEL_FILE).is_file() else path
    if path.parent.name == FOLDER:
        return path.parent.parent if (path.parent.parent / MODEL_FILE).is_file() else path.parent
    return path.parent if path.name == MODEL_FILE else None


def checkpoints(folder: Path) -> Checkpoints:
    """The checkpoints in a run's folder and in its folder `checkpoints`; any folder of models of one kind will do.

    A file that cannot be read, or draws from other inputs or in another size than the newest one, is left out. Raises ZscapeError
    where there is no model at all.
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
