"""The form for an encoder, and how the window follows its run."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from stage import small_model, write_model, write_noise
from train_stage import known

from zscape.app.work.training_run import EncoderRequest
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.files.library import trained_folder

pytestmark = pytest.mark.usefixtures("tried")


def open_file(qtbot, view, path):
    with qtbot.waitSignal(view.session.model_changed, timeout=20_000):
        view.context.renderer.open(path)


def test_an_encoder_is_proposed_for_the_open_model_and_its_data(qtbot, view, tmp_path, tried):
    data = write_noise(tmp_path / "noise.npz")
    model = small_model(encoder=False)
    recorded = {"training": {"data": data}}
    path = tmp_path / "mine.safetensors"
    save_model(path, replace(model, spec=replace(model.spec, data="noise", recorded=recorded)))
    open_file(qtbot, view, path)
    view.train_encoder()
    known(qtbot, view)
    setup = view.setup
    assert setup.encoder.isChecked()
    assert setup.form.model.isVisible()
    asked = setup.request()
    assert isinstance(asked, EncoderRequest)
    assert (asked.model, asked.data, asked.out.name) == (path, data, "mine-encoder")
    qtbot.waitUntil(lambda: (path, "noise") in tried, timeout=20_000)


def test_stopping_an_encoders_run_leaves_the_form_as_it_was_and_the_run_can_go_on(qtbot, view, tmp_path):
    data = write_noise(tmp_path / "noise.npz")
    path = write_model(trained_folder() / "bare" / "model.safetensors", encoder=False)
    open_file(qtbot, view, path)
    view.train_encoder()
    view.setup.form.data.take_own(tmp_path / "noise.npz")
    known(qtbot, view)
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)
    steps = view.setup.request().steps
    qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.live.plot is not None and len(view.live.plot.curves["mse"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.job is None, timeout=60_000)
    assert view.setup.encoder.isChecked()
    asked = view.setup.request()
    assert (asked.model, asked.data, asked.out.name) == (path, data, "bare-encoder-2")
    assert not asked.resume
    view.setup.form.run.setCurrentIndex(1)
    again = view.setup.request()
    assert (again.out.name, again.steps, again.resume, again.model) == ("bare-encoder", steps, True, path)


def test_the_button_in_restyle_opens_that_form(qtbot, window, tmp_path):
    path = write_model(tmp_path / "bare.safetensors", encoder=False)
    with qtbot.waitSignal(window.session.model_changed, timeout=20_000):
        window.opener.open_model(path)
    restyle = window.show_view("restyle")
    qtbot.waitUntil(restyle.side.train.isVisible, timeout=20_000)
    qtbot.mouseClick(restyle.side.train, Qt.MouseButton.LeftButton)
    assert window.current_view == "train"
    setup = window.views["train"].setup
    assert setup.encoder.isChecked()
    assert setup.form.model.currentData() == path
    assert setup.form.data.currentData() == "digits"
    qtbot.waitUntil(lambda: setup.look.found is not None, timeout=20_000)


def test_follow_loads_the_last_weights_of_a_run_that_was_stopped(qtbot, view, tmp_path):
    write_noise(tmp_path / "noise.npz")
    view.setup.form.data.take_own(tmp_path / "noise.npz")
    known(qtbot, view)
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)
    view.setup.form.name.setText("followed")
    qtbot.mouseClick(view.strip.follow, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.live.plot is not None and len(view.live.plot.curves["loss_g"].steps) > 2, timeout=30_000)
    with qtbot.waitSignal(
        view.session.model_changed, timeout=60_000, check_params_cb=lambda: view.session.model_path is not None
    ):
        qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    path = trained_folder() / "followed" / "model.safetensors"
    assert view.session.model_path == path
    assert view.session.model.spec.step == load_model(path).spec.step > 2


def test_follow_loads_the_encoder_when_its_run_is_stopped(qtbot, view, tmp_path):
    data = write_noise(tmp_path / "noise.npz")
    path = write_model(tmp_path / "bare.safetensors", encoder=False)
    qtbot.mouseClick(view.strip.follow, Qt.MouseButton.LeftButton)
    view.start(EncoderRequest(path, trained_folder() / "bare-encoder", data, 100_000, "cpu"))
    qtbot.waitUntil(lambda: len(view.live.plot.curves["mse"].steps) > 2, timeout=30_000)
    with qtbot.waitSignal(view.session.model_changed, timeout=60_000):
        qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    assert view.session.model_path == trained_folder() / "bare-encoder" / "model.safetensors"
    assert view.session.model.encoder is not None
    qtbot.waitUntil(lambda: view.job is None, timeout=20_000)
