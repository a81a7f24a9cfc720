"""The trial before a run: how long it takes, and what is wrong."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from stage import write_noise
from train_stage import choose, known

from zscape.app.work.training_run import earlier_runs
from zscape.models.errors import ZscapeError
from zscape.models.files.library import trained_folder
from zscape.models.progress import Progress
from zscape.models.training.trial import Pace

pytestmark = pytest.mark.usefixtures("tried")


def test_the_time_is_told_before_the_start_by_a_trial(qtbot, view, tried):
    setup = view.setup
    qtbot.waitUntil(lambda: "on this computer" in setup.note.text(), timeout=20_000)
    assert tried == [("digits-dcgan", (1, 28, 28))]
    setup.form.steps.setValue(1200)
    assert "10 to 15 min on this computer, by " in setup.note.text()
    view.resize(view.width(), view.minimumSizeHint().height() + 40)
    places = []
    for words in ("Measuring how long it takes here\u2026", setup.note.text()):
        setup.note.setText(words)
        QApplication.processEvents()
        places.append(setup.start.geometry())
    assert places[0] == places[1], "the button stays where it is as the estimate comes"
    qtbot.mouseClick(setup.encoder, Qt.MouseButton.LeftButton)
    known(qtbot, view)
    qtbot.waitUntil(lambda: "on this computer" in setup.note.text(), timeout=20_000)
    setup.form.steps.setValue(1200)
    assert "40 min to 1 h 00 min on this computer" in setup.note.text()
    qtbot.mouseClick(setup.generator, Qt.MouseButton.LeftButton)
    known(qtbot, view)
    qtbot.waitUntil(lambda: "10 to 15 min" in setup.note.text(), timeout=20_000)
    assert len(tried) == 2  # what was measured is remembered


def test_a_run_computes_with_the_threads_that_were_fastest(qtbot, view, monkeypatch, tmp_path):
    def quick(*_):
        yield Progress(0, 0, "Trying")
        return Pace(0.5, threads=3)

    monkeypatch.setattr("zscape.models.training.trial.try_generator", quick)
    view.setup.form.data.take_own(Path(write_noise(tmp_path / "noise.npz")))
    known(qtbot, view)
    qtbot.waitUntil(lambda: view.setup.request().threads == 3, timeout=20_000)
    before = torch.get_num_threads()
    view.setup.form.steps.setValue(1)
    qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.job is None, timeout=60_000)
    (run,) = earlier_runs(trained_folder())
    assert run.threads == 3
    assert torch.get_num_threads() == before


def test_a_trial_can_be_stopped_and_gives_way_to_a_run(qtbot, view, monkeypatch, tmp_path):
    under_way = threading.Event()

    def endless(*_):
        while True:
            under_way.set()
            yield Progress(0, 0, "Trying")

    monkeypatch.setattr("zscape.models.training.trial.try_generator", endless)
    form, jobs = view.setup.form, view.context.jobs
    choose(qtbot, form.preset, "colour-32")
    assert "Measuring" in view.setup.note.text()
    qtbot.waitUntil(under_way.is_set, timeout=20_000)
    (job,) = [each for each in jobs.jobs if each.name.startswith("Try")]
    job.cancel()
    qtbot.waitUntil(lambda: "not measured" in view.setup.note.text(), timeout=20_000)
    under_way.clear()
    choose(qtbot, form.preset, "colour-64")
    qtbot.waitUntil(under_way.is_set, timeout=20_000)
    view.start(replace(view.setup.request(), data=str(tmp_path / "gone")))
    qtbot.waitUntil(lambda: not [each for each in jobs.jobs if each.name.startswith("Try")], timeout=20_000)


def test_what_a_trial_finds_wrong_is_said_before_the_start(qtbot, view, monkeypatch):
    def broken(*_):
        yield Progress(0, 0, "Trying")
        raise ZscapeError("These do not fit.")

    monkeypatch.setattr("zscape.models.training.trial.try_generator", broken)
    choose(qtbot, view.setup.form.preset, "colour-32")
    qtbot.waitUntil(lambda: "These do not fit." in view.setup.note.text(), timeout=20_000)
