"""Watching a run from outside: every checkpoint is reported with the losses since the last, to the end; nothing is written."""

import shutil
from dataclasses import replace

import pytest
from blobs import CONFIG, blobs

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.run_record import run_record
from zscape.models.progress import finish
from zscape.models.training.encoder import train_encoder
from zscape.models.training.run.watch import watch
from zscape.models.training.train import train


@pytest.fixture
def run(tmp_path):
    """A run that was stopped after its second step."""
    work = train(CONFIG, blobs(), tmp_path / "run")
    while next(work).done < 2:
        pass
    work.close()
    return tmp_path / "run"


def told(watching):
    """The next checkpoint: the steps of its losses, its figures, and what was published."""
    losses = next(sign for sign in watching if hasattr(sign, "past"))
    return [row["step"] for row in (*losses.past, losses.figures)], losses.figures, next(watching)


def test_each_checkpoint_is_reported_until_all_steps_are_done(run):
    watching = watch(run, 1e-3)
    steps, figures, shown = told(watching)
    assert steps == [1, 2]
    assert {"step", "loss_d", "loss_g"} <= figures.keys()
    assert (shown.done, shown.total, shown.sheet.shape, shown.published.spec.step) == (2, 6, (20, 28, 28, 1), 2)
    files = {path: path.stat().st_mtime_ns for path in run.iterdir()}
    assert {next(watching).label for _ in range(3)} == {"Waiting for the next checkpoint"}
    assert files == {path: path.stat().st_mtime_ns for path in run.iterdir()}
    finish(train(CONFIG, blobs(), run, resume=True))
    steps, figures, shown = told(watching)
    assert steps == [3, 4, 5, 6]
    assert figures["seconds_left"] == 0
    assert shown.published.spec.step == 6
    assert finish(watching) == run / "model.safetensors"


def test_the_run_of_an_encoder_reports_its_errors_and_no_sheet(run, tmp_path):
    finish(train_encoder(run / "model.safetensors", blobs(), tmp_path / "encoder", 3, "cpu"))
    watching = watch(tmp_path / "encoder")
    steps, figures, shown = told(watching)
    assert steps == [1, 2, 3]
    assert "mse" in figures
    assert shown.sheet is None
    assert shown.published.encoder is not None
    assert finish(watching).parent == tmp_path / "encoder"


def test_the_steps_of_the_model_it_started_from_are_not_counted(run, tmp_path):
    finish(train(replace(CONFIG, steps=3), blobs(), tmp_path / "longer", start=run / "model.safetensors"))
    record = run_record(load_model(tmp_path / "longer" / "model.safetensors").spec)
    assert (record.step, record.steps, record.encoder) == (3, 3, False)


def test_a_folder_without_a_run_and_a_run_that_disappears_are_errors(run, tmp_path):
    with pytest.raises(ZscapeError, match="No training run has written into"):
        next(watch(tmp_path))
    watching = watch(run, 1e-3)
    told(watching)
    shutil.rmtree(run)
    with pytest.raises(ZscapeError, match="No training run has written into"):
        finish(watching)
