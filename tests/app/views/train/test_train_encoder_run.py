"""Training an encoder in the train view."""

from PySide6.QtCore import Qt
from stage import write_model
from train_stage import ended, run_request

from zscape.app.work.training_run import EncoderRequest, earlier_runs
from zscape.models.files.checkpoint import load_model
from zscape.models.files.directions import own_directions, own_file, save_directions
from zscape.models.files.library import listing, trained_folder
from zscape.models.inputs.directions import Direction, DirectionSet


def test_the_encoder_is_trained_the_same_way(qtbot, view, data):
    path = write_model(trained_folder() / "drawn" / "model.safetensors", encoder=False)
    view.start(EncoderRequest(path, trained_folder() / "drawn-encoder", data, 3, "cpu"))
    ended(qtbot, view)
    assert view.live.plot.curves["mse"].steps[-1] >= 2
    with qtbot.waitSignal(view.session.model_changed):
        view.explore()
    assert view.session.model.encoder is not None
    assert earlier_runs(trained_folder()) == []  # its learning rate has fallen to zero


def test_an_encoder_is_put_into_a_trained_model(qtbot, view, data):
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


def test_the_encoder_of_a_model_in_training_comes_after_that(qtbot, view, data):
    view.start(run_request(data, steps=100_000))
    with qtbot.waitSignal(view.session.message, check_params_cb=lambda _, is_error: is_error) as said:
        view.train_encoder()  # the open model comes from the run and has no file
    assert "is still being trained" in said.args[0]
    assert not view.setup.encoder.isChecked()
    view.stop()
    ended(qtbot, view)


def test_the_encoder_of_the_open_model_is_used_as_soon_as_it_is_trained(qtbot, view, tmp_path, data):
    path = write_model(tmp_path / "bare.safetensors", encoder=False)
    with qtbot.waitSignal(view.session.model_changed):
        view.context.renderer.open(path)
    assert view.session.model.encoder is None
    with qtbot.waitSignal(view.session.model_changed, timeout=60_000):
        view.start(EncoderRequest(path, trained_folder() / "finder", data, 2))
    assert view.session.model.encoder is not None
    ended(qtbot, view)


def test_the_encoder_of_a_model_elsewhere_stays_beside_it_and_leaves_the_open_one(qtbot, view, tmp_path, data):
    before = view.session.model
    path = write_model(tmp_path / "elsewhere.safetensors", encoder=False)
    view.start(EncoderRequest(path, trained_folder() / "finder", data, 2, "cpu"))
    ended(qtbot, view)
    assert view.strip.put.isHidden()
    assert view.session.model is before
