"""Training a generator in its view: start, follow, pause, stop, resume, explore."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from stage import give_model, small_model
from train_stage import SETTINGS, ended, run_request

from zscape.app.work.training_run import GeneratorRequest, earlier_runs
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import trained_folder
from zscape.models.progress import Progress


def test_it_says_what_will_happen_and_then_early_progress_notices_and_extra_figures(qtbot, view):
    qtbot.waitUntil(view.setup.start.isEnabled)
    assert view.setup.page.isVisible()
    qtbot.mouseClick(view.tabs, Qt.MouseButton.LeftButton, pos=view.tabs.tabRect(1).center())
    assert view.live.welcome.isVisible()
    assert "minute" in view.live.welcome.text()
    view.setup.encoder.click()
    assert "point of a picture" in view.live.welcome.text()
    view.setup.generator.click()
    assert "minute" in view.live.welcome.text()
    assert not any(button.isEnabled() for button in (view.strip.pause, view.strip.stop, view.strip.explore))
    live = view.live
    live.begin(encoder=False)
    live.show_progress(Progress(37, 100, "Learning the classes", {"loss": 0.2}))
    assert live.status.text() == "Learning the classes 37%\u2026"
    (spread,) = (label for label in live.findChildren(QLabel) if label.accessibleName() == "Spread")
    assert spread.isHidden()
    live.show_progress(Progress(1, 100, "Training", {"step": 1.0, "moments": 0.25}))
    for words in ("The data are few.", "Its steps are slow.", "The data are few."):
        live.show_progress(Progress(2, 100, "Training", {"step": 2.0}, words))
    assert live.notice.text() == "The data are few.\nIts steps are slow."
    assert live.status.text() == ""
    live.finish()
    assert not spread.isHidden()
    assert spread.text() == "0.2500"


def test_a_run_shows_curves_points_and_figures_and_leaves_a_model_that_can_be_explored(qtbot, view, data):
    view.start(run_request(data))
    assert not view.setup.start.isEnabled()
    view.hide()
    ended(qtbot, view)
    view.show()
    assert len(view.live.plot.lines["loss_g"].getData()[0]) == 4, "the curves survive a look at another view"
    curves = view.live.plot.curves
    assert curves["loss_d"].steps[-1] >= 3
    assert curves["loss_g"].steps == [1.0, 2.0, 3.0, 4.0]
    assert curves["chi_square"].values
    path = trained_folder() / "little" / "model.safetensors"
    assert str(path) in view.live.status.text()
    assert load_model(path).spec.step == 4
    sheet = view.live.sheet.picture
    assert (sheet.width(), sheet.height()) == (280, 280)
    screen = view.live.sheet.grab().toImage()
    assert len({screen.pixelColor(x, 140).lightness() for x in range(0, screen.width(), 3)}) > 10
    assert view.setup.start.isEnabled()
    with qtbot.waitSignal(view.session.model_changed):
        qtbot.mouseClick(view.strip.explore, Qt.MouseButton.LeftButton)
    assert view.session.model.spec.name == "little"


def test_going_back_to_the_model_before_ends_following(qtbot, view, context):
    give_model(qtbot, context, small_model(seed=1))  # newer weights of the model with this name
    assert not view.session.undo_stack.canUndo()
    published = replace(small_model(seed=2), spec=replace(small_model().spec, name="run"))
    view.strip.follow.setChecked(True)
    give_model(qtbot, context, published)
    assert view.strip.follow.isChecked()
    view.session.undo_stack.undo()
    assert not view.strip.follow.isChecked()


def test_a_run_can_be_paused_resumed_and_stopped_from_the_status_bar_which_it_says(qtbot, view, data):
    view.start(run_request(data, steps=100_000))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.pause, Qt.MouseButton.LeftButton)
    assert view.job.paused
    assert (view.strip.pause.text(), view.live.status.text()) == ("Resume", "Paused.")
    qtbot.mouseClick(view.strip.pause, Qt.MouseButton.LeftButton)
    reached = view.live.plot.curves["loss_g"].steps[-1]
    qtbot.waitUntil(lambda: view.live.plot.curves["loss_g"].steps[-1] > reached, timeout=30_000)
    view.live.show_progress(Progress(3, 100_000, "Training", figures={"step": 3, "seconds_left": 960.0}))
    view.job.cancel()
    assert view.live.status.text() == "Stopping: saving the work…"
    assert "–" in [label.text() for label in view.live.findChildren(QLabel) if label.accessibleName() == "Time left"]
    assert not view.strip.stop.isEnabled()
    assert not view.strip.pause.isEnabled()
    ended(qtbot, view)
    assert "kept in" in view.live.status.text()


def test_follow_draws_with_each_publication(qtbot, view, data):
    view.strip.follow.setChecked(True)
    view.start(run_request(data, steps=8))
    qtbot.waitUntil(lambda: view.session.model.spec.name == "little", timeout=30_000)
    ended(qtbot, view)
    qtbot.waitUntil(lambda: view.session.model.spec.step == 8, timeout=30_000)


def test_stopping_keeps_the_work_and_it_can_go_on(qtbot, view, data):
    view.start(run_request(data, steps=100_000))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    ended(qtbot, view)
    assert "kept in" in view.live.status.text()
    (run,) = earlier_runs(trained_folder())
    assert run.step >= 3
    view.setup.form.run.setCurrentIndex(1)
    view.setup.form.steps.setValue(run.step + 2)
    assert view.setup.start.text() == "Go on"
    assert not view.setup.form.preset.isVisible()
    assert not view.setup.form.size_box.isVisible()
    assert "continues as it was started: dcgan" in view.setup.form.summary.text()
    view.setup.form.data.take_own(trained_folder())  # the user chooses the data each time
    asked = view.setup.request()
    assert (asked.resume, asked.out) == (True, trained_folder() / "little")
    view.start(GeneratorRequest(asked.source, asked.out, data, "cpu", True, {"steps": run.step + 2}))
    ended(qtbot, view)
    assert load_model(asked.out / "model.safetensors").spec.step == run.step + 2
    assert view.live.plot.curves["loss_g"].steps == list(range(1, run.step + 3))  # the curves continue too


def test_a_run_whose_rate_depends_on_its_length_keeps_it_and_is_over_at_its_end(qtbot, view, data):
    decaying = replace(run_request(data, steps=100_000), source={**SETTINGS, "steps": 100_000, "decay_from": 0.5})
    view.start(decaying)
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    ended(qtbot, view)
    form = view.setup.form
    form.run.setCurrentIndex(1)
    assert (form.steps.value(), form.steps.isEnabled(), form.time.isEnabled()) == (100_000, False, False)
    assert "keeps its length" in form.steps.toolTip()
    assert view.setup.request().config().steps == 100_000
    view.start(replace(decaying, out=trained_folder() / "short", overrides={"steps": 2}))
    ended(qtbot, view)
    assert [run.out.name for run in earlier_runs(trained_folder())] == ["little"]


def test_continuing_takes_more_steps_than_there_are_and_a_run_that_is_there(qtbot, view, data):
    view.start(run_request(data))
    ended(qtbot, view)
    form = view.setup.form
    form.run.setCurrentIndex(1)
    assert form.steps.minimum() == 5
    form.steps.setValue(1)
    assert view.setup.request().config().steps == 5
    shutil.rmtree(trained_folder() / "little")
    with pytest.raises(ZscapeError, match="no longer there"):
        view.setup.request()
    form.run.setCurrentIndex(0)
    assert form.steps.minimum() == 1


def test_an_error_is_shown_and_the_next_run_starts(qtbot, view, data):
    for broken, bad in {
        "data": run_request(data + "-gone"),
        "settings": run_request(data, overrides={"batch": -1}),
        "device": GeneratorRequest({**SETTINGS, "steps": 2}, trained_folder() / "x", data, "cuda:77"),
    }.items():
        with qtbot.waitSignal(view.session.message, check_params_cb=lambda _, is_error: is_error) as said:
            view.start(bad)
        assert said.args[1] is True, broken
        ended(qtbot, view)
        assert view.live.status.text() == said.args[0], broken
        view.start(replace(run_request(data, steps=1), out=trained_folder() / broken))
        ended(qtbot, view)
        assert "Done" in view.live.status.text(), broken


def test_the_form_asks_for_what_it_shows(qtbot, view, tmp_path):
    form = view.setup.form
    form.preset.setCurrentText("digits-dcgan")
    form.steps.setValue(123)
    form.seed.setValue(9)
    form.name.setText("mine")
    with qtbot.waitSignal(view.setup.start_asked) as asked:
        view.setup.start_asked.disconnect(view.start)
        qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    config = asked.args[0].config()
    assert (config.name, config.steps, config.seed, config.data) == ("mine", 123, 9, "digits")
    assert asked.args[0].out == trained_folder() / "mine"
