"""Training in its view: start, watch, pause, stop, resume, explore."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from stage import drop, dropped, give_model, show, small_model, write_model, write_noise

from zscape.app.views.train.view import TrainView
from zscape.app.work.training_run import EncoderRequest, GeneratorRequest, earlier_runs
from zscape.models.files.checkpoint import load_model
from zscape.models.files.directions import own_directions, own_file, save_directions
from zscape.models.files.library import listing, trained_folder
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.progress import Progress

SETTINGS = {
    "name": "little",
    "family": "dcgan",
    "model": {"z_size": 8, "hidden": 16, "generator_maps": [4, 4], "discriminator_maps": [4, 4]},
    "batch": 8,
    "publish_seconds": 1e-6,
}


@pytest.fixture
def data(tmp_path):
    return write_noise(tmp_path / "noise.npz")


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, TrainView(context))
    give_model(qtbot, context, small_model())
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)  # the data has been examined
    return view


def request(data, steps=4, **changes):
    return GeneratorRequest({**SETTINGS, "steps": steps}, trained_folder() / "little", data, "cpu", **changes)


def ended(qtbot, view):
    qtbot.waitUntil(lambda: view.job is None, timeout=60_000)


def test_before_the_first_run_it_says_what_will_happen(qtbot, view):
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


def test_a_run_shows_curves_points_and_figures_and_leaves_a_model(qtbot, view, data):
    view.start(request(data))
    assert not view.setup.start.isEnabled()
    ended(qtbot, view)
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


def test_what_is_learnt_before_the_first_step_is_said_and_further_figures_get_their_rows(view):
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


def test_curves_survive_a_look_at_another_view(qtbot, view, data):
    view.start(request(data))
    view.hide()
    ended(qtbot, view)
    view.show()
    assert len(view.live.plot.lines["loss_g"].getData()[0]) == 4


def test_the_newest_weights_can_be_explored(qtbot, view, data):
    view.start(request(data))
    ended(qtbot, view)
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


def test_a_run_that_is_stopped_from_the_status_bar_says_that_it_stops(qtbot, view, data):
    view.start(request(data, steps=100_000))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
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
    view.start(request(data, steps=8))
    qtbot.waitUntil(lambda: view.session.model.spec.name == "little", timeout=30_000)
    ended(qtbot, view)
    qtbot.waitUntil(lambda: view.session.model.spec.step == 8, timeout=30_000)


def test_a_run_can_be_held_and_goes_on(qtbot, view, data):
    view.start(request(data, steps=100_000))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.pause, Qt.MouseButton.LeftButton)
    assert view.job.paused
    assert (view.strip.pause.text(), view.live.status.text()) == ("Resume", "Paused.")
    qtbot.mouseClick(view.strip.pause, Qt.MouseButton.LeftButton)
    reached = view.live.plot.curves["loss_g"].steps[-1]
    qtbot.waitUntil(lambda: view.live.plot.curves["loss_g"].steps[-1] > reached, timeout=30_000)
    view.stop()
    ended(qtbot, view)


def test_stopping_keeps_the_work_and_it_can_go_on(qtbot, view, data):
    view.start(request(data, steps=100_000))
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


def test_the_encoder_is_trained_the_same_way(qtbot, view, data):
    path = write_model(trained_folder() / "drawn" / "model.safetensors", encoder=False)
    view.start(EncoderRequest(path, trained_folder() / "drawn-encoder", data, 3, "cpu"))
    ended(qtbot, view)
    assert view.live.plot.curves["mse"].steps[-1] >= 2
    with qtbot.waitSignal(view.session.model_changed):
        view.explore()
    assert view.session.model.encoder is not None
    assert earlier_runs(trained_folder()) == []  # its learning rate has fallen to zero


def test_an_encoder_is_put_into_the_model_one_trained(qtbot, view, data):
    path = write_model(trained_folder() / "drawn" / "model.safetensors", encoder=False)
    with qtbot.waitSignal(view.session.model_changed):
        view.context.renderer.open(path)
    given = load_model(path)
    mine = Direction("mine", "z", (1.0,) * given.spec.z_size)
    save_directions(own_file(given.spec), DirectionSet("tiny", given.spec.sha256, (mine,)))
    assert view.strip.put.isHidden()
    view.start(EncoderRequest(path, trained_folder() / "drawn-encoder", data, 2, "cpu"))
    ended(qtbot, view)
    assert view.strip.put.text() == "Put it into drawn"
    assert view.strip.put.isVisible()
    with qtbot.waitSignal(view.session.message, check_params_cb=lambda line, _: "has its encoder now" in line, timeout=20_000):
        qtbot.mouseClick(view.strip.put, Qt.MouseButton.LeftButton)
    assert view.strip.put.isHidden()
    model = load_model(path)
    assert model.encoder is not None
    assert model.spec.name == given.spec.name
    assert "encoder_mse" in model.spec.measures
    assert [each.name for each in own_directions(model.spec)] == ["mine"]
    assert [each.called for each in listing() if each.origin == "trained"] == ["drawn"]
    qtbot.waitUntil(lambda: view.session.model_path == path and view.session.model.encoder is not None, timeout=20_000)


def test_an_encoder_for_a_bundled_model_stays_beside_it(qtbot, view, data, tmp_path):
    path = write_model(tmp_path / "elsewhere.safetensors", encoder=False)
    view.start(EncoderRequest(path, trained_folder() / "finder", data, 2, "cpu"))
    ended(qtbot, view)
    assert view.strip.put.isHidden()


def test_an_encoder_run_that_was_stopped_can_go_on(qtbot, view, data):
    path = write_model(trained_folder() / "tiny" / "model.safetensors", encoder=False)
    asked = EncoderRequest(path, trained_folder() / "tiny-encoder", data, 100_000, "cpu")
    view.start(asked)
    qtbot.waitUntil(lambda: len(view.live.plot.curves["mse"].steps) > 2, timeout=30_000)
    view.stop()
    ended(qtbot, view)
    qtbot.mouseClick(view.setup.encoder, Qt.MouseButton.LeftButton)
    view.setup.form.run.setCurrentIndex(1)
    again = view.setup.request()
    assert (again.out, again.steps, again.resume, again.model) == (asked.out, asked.steps, True, path)


@pytest.mark.parametrize("broken", ["data", "settings", "device"])
def test_an_error_is_shown_and_the_next_run_starts(qtbot, view, data, broken):
    bad = {
        "data": request(data + "-gone"),
        "settings": request(data, overrides={"batch": -1}),
        "device": GeneratorRequest({**SETTINGS, "steps": 2}, trained_folder() / "x", data, "cuda:77"),
    }[broken]
    with qtbot.waitSignal(view.session.message, check_params_cb=lambda _, is_error: is_error) as said:
        view.start(bad)
    assert said.args[1] is True
    ended(qtbot, view)
    assert view.live.status.text() == said.args[0]
    view.start(request(data, steps=1))
    ended(qtbot, view)
    assert "Done" in view.live.status.text()


def test_the_encoder_of_a_model_in_training_comes_after_that(qtbot, view, data):
    view.start(request(data, steps=100_000))
    with qtbot.waitSignal(view.session.message, check_params_cb=lambda _, is_error: is_error) as said:
        view.train_encoder()  # the open model comes from the run and has no file
    assert "is still being trained" in said.args[0]
    assert not view.setup.encoder.isChecked()
    view.stop()
    ended(qtbot, view)


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


def test_the_encoder_of_the_open_model_is_used_as_soon_as_it_is_trained(qtbot, view, tmp_path, data):
    path = write_model(tmp_path / "bare.safetensors", encoder=False)
    with qtbot.waitSignal(view.session.model_changed):
        view.context.renderer.open(path)
    assert view.session.model.encoder is None
    with qtbot.waitSignal(view.session.model_changed, timeout=60_000):
        view.start(EncoderRequest(path, trained_folder() / "finder", data, 2))
    assert view.session.model.encoder is not None
    ended(qtbot, view)


def test_the_encoder_of_another_model_leaves_the_open_one(qtbot, view, tmp_path, data):
    before = view.session.model
    view.start(EncoderRequest(write_model(tmp_path / "other.safetensors"), trained_folder() / "finder", data, 2))
    ended(qtbot, view)
    assert view.session.model is before


def test_a_run_of_another_program_is_watched_without_changing_it(qtbot, view, data, monkeypatch):
    view.start(request(data, steps=100_000))
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


def test_a_dropped_run_folder_is_watched_and_a_folder_without_a_run_is_refused(qtbot, view, data, tmp_path):
    view.start(request(data))
    ended(qtbot, view)
    assert drop(view, dropped(trained_folder() / "little"))
    qtbot.waitUntil(lambda: view.live.status.text().startswith("Done."), timeout=30_000)  # all its steps were done
    assert view.live.plot.curves["loss_g"].steps == [1, 2, 3, 4]
    ended(qtbot, view)
    with qtbot.waitSignal(view.session.message) as said:
        view.watch(tmp_path)
    assert "No training run has written into" in said.args[0]
    assert view.job is None
