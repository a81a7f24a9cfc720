"""What is to be trained, in the form beside the curves: names, data, and the model to start from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from stage import drop, dropped, show, write_model
from train_stage import SETTINGS, known

from zscape.app.views.train.view import TrainView
from zscape.app.work.training_run import fresh_folder
from zscape.models.errors import ZscapeError
from zscape.models.files.library import find, trained_folder
from zscape.models.files.run_checkpoints import checkpoints
from zscape.models.media.npz import save_arrays
from zscape.models.progress import Progress

pytestmark = pytest.mark.usefixtures("tried")


def test_a_dropped_folder_and_arrays_dropped_or_chosen_become_the_data(qtbot, view, data, monkeypatch, tmp_path):
    assert drop(view.setup, dropped(tmp_path))
    assert view.setup.request().data == str(tmp_path)
    nothing = QMimeData()
    nothing.setText("words")
    assert not drop(view.setup, nothing)
    assert drop(view.setup, dropped(data))
    assert view.setup.request().data == data
    other = tmp_path / "other.npz"
    other.write_bytes(b"")
    box, answers = view.setup.form.data, [str(other), ""]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (answers.pop(0), ""))
    for _ in range(2):  # the second time, the dialog is cancelled
        box.setCurrentText("File (.npz)\u2026")
        box.activated.emit(box.currentIndex())
        assert view.setup.request().data == str(other)
    assert not drop(view.setup, dropped(tmp_path / "a.png"))


def test_odd_names_are_refused_and_own_data_removes_the_note_about_missing_data(qtbot, view, tmp_path):
    usual = view.setup.form.name.text()
    view.setup.form.name.setText("../elsewhere")
    with qtbot.assertNotEmitted(view.setup.start_asked):
        qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    assert "name" in view.setup.note.text()
    for long in ("a" * 101, "é" * 200, "a" * 300):
        view.setup.form.name.setText(long)
        with qtbot.assertNotEmitted(view.setup.start_asked):
            qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
        assert "at most 100 letters" in view.setup.note.text()
    view.setup.form.name.setText(usual)
    view.setup.form.preset.setCurrentText("mnist-dcgan")
    assert "mnist is not here" in view.setup.note.text()
    view.setup.form.data.take_own(tmp_path)
    assert "not here" not in view.setup.note.text()


def test_a_data_set_that_is_not_here_can_be_downloaded(qtbot, view, monkeypatch):
    works = []

    def fetch(name):
        yield Progress(0, 1, "Downloading")
        if not works:
            raise ZscapeError("No connection: try again later.")
        return trained_folder() / name

    monkeypatch.setattr("zscape.models.data.fetch.fetch", fetch)
    box = view.setup.form.data
    assert "not here" not in view.setup.note.text()
    view.setup.form.preset.setCurrentText("mnist-dcgan")
    assert "mnist is not here" in view.setup.note.text()
    assert view.setup.request().data == "digits"
    box.setCurrentIndex(box.findText("mnist  (download)"))
    with qtbot.waitSignal(view.session.message) as said:
        box.activated.emit(box.currentIndex())
    assert said.args == ["No connection: try again later.", True]
    assert view.setup.request().data == "digits"
    works.append(True)
    box.setCurrentIndex(box.findText("mnist  (download)"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: view.setup.request().data == "mnist")
    assert "not here" not in view.setup.note.text()


def test_a_run_can_begin_with_a_model_of_its_shape(view):
    form = view.setup.form
    assert [form.begin.itemText(index) for index in range(form.begin.count())] == ["Random weights"]
    assert view.setup.request().begin is None
    form.preset.setCurrentText("mnist-dcgan")
    form.begin.setCurrentText("mnist-dcgan")
    assert view.setup.request().begin == find("mnist-dcgan")
    form.preset.setCurrentText("digits-dcgan")
    assert view.setup.request().begin is None


def test_a_new_run_never_takes_an_old_runs_folder(tmp_path):
    assert fresh_folder(tmp_path, "a") == tmp_path / "a"
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert fresh_folder(tmp_path, "a") == tmp_path / "a-3"
    assert fresh_folder(tmp_path, "a-2") == tmp_path / "a-3"
    (tmp_path / "colour-32").mkdir()
    assert fresh_folder(tmp_path, "colour-32") == tmp_path / "colour-32-2"


def test_the_encoder_of_the_open_model_is_proposed(qtbot, view):
    path = write_model(trained_folder() / "drawn" / "model.safetensors", encoder=False)
    with qtbot.waitSignal(view.session.model_changed):
        view.context.renderer.open(path)
    view.setup.populate()
    assert view.setup.form.model.count() > 2
    left = view.setup.form.time.x()
    view.setup.encoder.click()
    QApplication.processEvents()
    assert view.setup.form.time.x() == left  # the fields have not moved
    assert view.setup.form.model.currentText() == "drawn"


def test_data_of_other_classes_than_the_models_is_refused_before_the_start(qtbot, view, tmp_path):
    view.setup.encoder.click()
    arrays = tmp_path / "shapes.npz"
    images = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
    save_arrays(arrays, images=images, labels=np.arange(20) % 2, class_names=np.array(("circle", "square")))
    view.setup.form.data.take_own(arrays)
    known(qtbot, view)
    qtbot.waitUntil(lambda: "choose data of the model's classes" in view.setup.note.text(), timeout=20_000)
    assert not view.setup.start.isEnabled()
    assert "circle, square" in view.setup.start.toolTip()


def test_every_control_says_what_it_does_and_the_arrow_keys_choose_what_is_trained(qtbot, view):
    form = view.setup.form
    fields = [form.run, form.preset, form.begin, form.model, form.data, form.steps, form.keep, form.seed, form.device, form.name]
    buttons = [view.setup.start, view.setup.generator, view.strip.pause, view.strip.stop, view.strip.explore]
    for control in [*fields, *buttons, view.strip.follow]:
        assert control.toolTip()
        assert control.accessibleName() or control.text()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    view.setup.generator.setFocus()
    qtbot.keyClick(view.setup.generator, Qt.Key.Key_Right)
    qtbot.keyClick(view.setup.encoder, Qt.Key.Key_Space)
    assert view.setup.encoder.isChecked()
    assert view.setup.form.model.isVisible()
    assert not view.setup.form.preset.isVisible()


def test_the_next_start_proposes_the_data_that_was_chosen(qtbot, view, context, data, tmp_path):
    form = view.setup.form
    form.data.take_own(Path(data))
    qtbot.waitUntil(lambda: form.name.text() == "noise", timeout=20_000)
    again = show(qtbot, TrainView(context))
    known(qtbot, again)
    assert again.setup.request().data == data
    Path(data).unlink()
    gone = show(qtbot, TrainView(context))
    known(qtbot, gone)
    assert gone.setup.request().data == "digits"


def test_the_open_list_of_presets_says_what_each_makes(qtbot, view):
    box = view.setup.form.preset
    box.showPopup()
    popup = box.view()
    qtbot.waitUntil(popup.isVisible)
    metrics = popup.fontMetrics()
    for row in range(box.count()):
        words = box.itemData(row, Qt.ItemDataRole.ToolTipRole)
        assert words
        assert popup.sizeHintForIndex(box.model().index(row, 0)).width() > metrics.horizontalAdvance(words)
    seen = popup.viewport().grab().toImage()
    right = seen.copy(seen.width() // 2, 0, seen.width() // 2, seen.height())
    colours = {right.pixel(x, y) for x in range(right.width()) for y in range(0, right.height(), 3)}
    assert len(colours) > 4  # text, not only background
    box.hidePopup()


def test_kept_checkpoints_are_requested_and_survive_resuming(qtbot, view, context, data):
    form = view.setup.form
    assert form.keep.text() == "No checkpoints"
    assert view.setup.request().overrides["keep_steps"] == 0
    form.keep.selectAll()
    qtbot.keyClicks(form.keep, "2")
    qtbot.keyClick(form.keep, Qt.Key.Key_Return)
    asked = view.setup.request()
    assert asked.config().keep_steps == 2
    overrides = {**asked.overrides, "data": data, "steps": 4, "name": "little"}
    for _ in replace(asked, source=SETTINGS, out=trained_folder() / "little", data=data, overrides=overrides).work():
        pass
    assert [each.step for each in checkpoints(trained_folder() / "little").ages] == [2, 4]
    view.setup.populate()
    form.run.setCurrentIndex(1)
    known(qtbot, view)
    assert form.keep.value() == 2
    assert view.setup.request().config().keep_steps == 2
    view.setup.encoder.click()
    assert form.keep.isHidden()
