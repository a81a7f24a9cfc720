"""What a model's file says of the training run that wrote it."""

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
    """encoder: whether an encoder was trained, not a generator. step: how many steps the run itself had made, without those of a
    model it began with, and seconds: worked for them. settings: those it was begun with. threads: of the processor, 0: not known.
    """

    encoder: bool
    step: int
    seconds: float
    settings: Mapping[str, Any]
    threads: int

    @property
    def steps(self) -> int:
        """The length of the run."""
        return int(number(self.settings, "steps"))


def run_record(spec: Spec) -> RunRecord:
    """Of the run that wrote the model of `spec`; ZscapeError where that does not say."""
    encoder, settings = spec.recorded.get("encoder"), spec.recorded.get("training")
    threads = int(number(spec.recorded, "threads"))
    if isinstance(encoder, Mapping) and isinstance(encoder.get("settings"), Mapping):
        return RunRecord(True, int(number(encoder, "step")), number(encoder, "seconds"), encoder["settings"], threads)
    if isinstance(settings, Mapping):
        step = spec.step - int(number(spec.recorded.get("start"), "step"))
        return RunRecord(False, step, number(spec.recorded, "seconds"), settings, threads)
    raise ZscapeError(f"{spec.name} does not say how it was trained: choose the model of a training run.")


def model_of_run(folder: Path) -> Path:
    """The model of the training run in `folder`; ZscapeError where no run has written there."""
    path = folder / MODEL_FILE
    if not (folder / RUN_FILE).is_file() or not path.is_file():
        raise ZscapeError(
            f"No training run has written into {folder}: choose the folder that was named with --out. The first checkpoint comes "
            "about a minute after the start."
        )
    return path


def number(values: object, name: str) -> float:
    """The number `name` of `values`; 0 where there is none."""
    value = values.get(name) if isinstance(values, Mapping) else None
    return float(value) if isinstance(value, int | float) else 0.0


def written_at(path: Path) -> int:
    """When a file was written last, in nanoseconds; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
