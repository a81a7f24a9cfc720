"""What a model file records of the training run that wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zscape.models.errors import ZscapeError
from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
from zscape.models.files.spec import Spec


@dataclass(frozen=True)
class RunRecord:
    """The training run of a model.

    encoder: whether the run trained an encoder and not a generator. step: steps made by this run, without those of a model it
    started from. seconds: time spent on them. settings: those the run was started with. threads: CPU threads used, 0 if not
    known.
    """

    encoder: bool
    step: int
    seconds: float
    settings: Mapping[str, Any]
    threads: int

    @property
    def steps(self) -> int:
        """Number of steps of the run."""
        return int(number(self.settings, "steps"))


def run_record(spec: Spec) -> RunRecord:
    """Return the record of the run that wrote the model of `spec`. Raises ZscapeError if the spec has none."""
    encoder, settings = spec.recorded.get("encoder"), spec.recorded.get("training")
    threads = int(number(spec.recorded, "threads"))
    if isinstance(encoder, Mapping) and isinstance(encoder.get("settings"), Mapping):
        return RunRecord(True, int(number(encoder, "step")), number(encoder, "seconds"), encoder["settings"], threads)
    if isinstance(settings, Mapping):
        step = spec.step - int(number(spec.recorded.get("start"), "step"))
        return RunRecord(False, step, number(spec.recorded, "seconds"), settings, threads)
    raise ZscapeError(f"{spec.name} does not say how it was trained: choose the model of a training run.")


def model_of_run(folder: Path) -> Path:
    """Return the model file of the training run in `folder`. Raises ZscapeError if no run has written there."""
    path = folder / MODEL_FILE
    if not (folder / RUN_FILE).is_file() or not path.is_file():
        raise ZscapeError(
            f"No training run has written into {folder}: choose the folder that was named with --out. The first checkpoint comes "
            "about a minute after the start."
        )
    return path


def number(values: object, name: str) -> float:
    """Return the number `name` in `values`; 0 if there is none."""
    value = values.get(name) if isinstance(values, Mapping) else None
    return float(value) if isinstance(value, int | float) else 0.0


def written_at(path: Path) -> int:
    """Return when a file was last written, in nanoseconds; 0 if it does not exist."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
