"""Watching the run of another program."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from stage import drop, dropped
from train_stage import ended, run_request

from zscape.app.work.training_run import earlier_runs
from zscape.models.files.library import trained_folder


def test_a_run_of_another_program_is_watched_without_changing_it(qtbot, view, data, monkeypatch):
    view.start(run_request(data, steps=100_000))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    view.stop()
    ended(qtbot, view)
    (run,) = earlier_runs(trained_folder())
    before = {path: path.read_bytes() for path in run.out.iterdir()}
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(run.out))
    qtbot.mouseClick(view.strip.watch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.strip.explore.isEnabled, timeout=30_000)
    assert view.live.plot.lines["loss_g"].getData()[0].tolist() == list(range(1, run.step + 1))
    assert "" not in {label.text() for label in view.live.findChildren(QLabel) if label.isVisible()}
    assert view.live.sheet.picture is not None
    assert view.live.status.text() == ""
    assert not any(button.isEnabled() for button in (view.strip.pause, view.strip.watch, view.setup.start))
    with qtbot.waitSignal(view.session.model_changed):
        view.strip.follow.setChecked(True)
    assert view.session.model.spec.step == run.step
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    ended(qtbot, view)
    assert "continues" in view.live.status.text()
    assert view.strip.watch.isEnabled()
    assert {path: path.read_bytes() for path in run.out.iterdir()} == before


def test_dropping_a_run_folder_watches_it(qtbot, view, data, tmp_path):
    for _ in run_request(data).work():
        pass
    assert drop(view, dropped(trained_folder() / "little"))
    qtbot.waitUntil(lambda: view.live.status.text().startswith("Done."), timeout=30_000)  # all its steps were done
    assert view.live.plot.curves["loss_g"].steps == [1, 2, 3, 4]
    ended(qtbot, view)
    with qtbot.waitSignal(view.session.message) as said:
        view.watch(tmp_path)
    assert "No training run has written into" in said.args[0]
    assert view.job is None
