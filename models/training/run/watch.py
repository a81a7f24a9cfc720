"""Watches a training run of another process through its folder: its losses and, at each checkpoint, its latest model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from zscape.models.files.checkpoint import load_model
from zscape.models.files.run_record import RunRecord, model_of_run, number, run_record, written_at
from zscape.models.progress import Progress, Work
from zscape.models.training.run.loss_table import LOSS_FILE, LossTable, Row
from zscape.models.training.train import TrainProgress, draw_sheet
from zscape.models.training.trainer import Resumed

LABEL, WAITING = "Watching", "Waiting for the next checkpoint"
LOOK_SECONDS = 1.0
"""Seconds between two checks of the folder."""
BREATH = 0.1
"""Seconds between two progress reports."""


def watch(folder: Path, look_seconds: float = LOOK_SECONDS) -> Work[Path]:
    """Report each checkpoint that a run of another process writes into `folder`; return its model when all steps are done.

    Only reads files. Yields `Resumed` with the new losses, and `TrainProgress` with the sheet of fixed points (none for an
    encoder) and the model. look_seconds: time between two checks of the folder. Raises ZscapeError if there is no run, or it
    disappears.
    """
    seen, told = 0, 0.0  # when the model reported last was written, and the last step whose losses were reported
    now: RunRecord | None = None
    while True:
        path = model_of_run(folder)
        if (written := written_at(path)) != seen or now is None:
            model, seen, before = load_model(path), written, now
            now = run_record(model.spec)
            losses = [row for row in LossTable.read(folder / LOSS_FILE, now.step).rows if row["step"] > told]
            newest: Row = losses.pop() if losses else {}
            told = newest.get("step", told)
            yield Resumed(now.step, now.steps, LABEL, {**newest, **_pace(before, now)}, past=tuple(losses))
            sheet = None if now.encoder else draw_sheet(model.generator, model.spec.space, int(number(now.settings, "seed")))
            yield TrainProgress(now.step, now.steps, LABEL, sheet=sheet, published=model)
        if now.step >= now.steps:
            return path
        yield from _wait(look_seconds, now)


def _wait(seconds: float, now: RunRecord) -> Iterator[Progress]:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(BREATH, left))
        yield Progress(now.step, now.steps, WAITING, {"step": float(now.step)})


def _pace(before: RunRecord | None, now: RunRecord) -> dict[str, float]:
    """Return the figures between two checkpoints, or since the run began: the step, images_per_second, seconds_left."""
    made, seconds = (now.step - before.step, now.seconds - before.seconds) if before else (now.step, now.seconds)
    figures, left = {"step": float(now.step)}, max(0, now.steps - now.step)
    if made > 0 and seconds > 0:  # the seconds are recorded to a tenth
        figures |= {"images_per_second": made * number(now.settings, "batch") / seconds, "seconds_left": left * seconds / made}
    return figures if left else figures | {"seconds_left": 0.0}
