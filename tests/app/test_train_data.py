"""The train form asks for the data first: it shows what the data contains, proposes the rest, and keeps what the user set."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from stage import drop, dropped, give_model, show, small_model, write_model, write_noise

from zscape.app.views.train.view import TrainView
from zscape.app.widgets.classes.class_rows import ClassRow, ClassRows
from zscape.app.work.training_run import EncoderRequest, earlier_runs
from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.files.library import trained_folder
from zscape.models.progress import Progress
from zscape.models.training.presets import summaries
from zscape.models.training.trial import Pace

RNG = np.random.default_rng(0)

pytestmark = pytest.mark.usefixtures("tried")


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, TrainView(context), 900)
    give_model(qtbot, context, small_model())
    known(qtbot, view)
    return view


def known(qtbot, view):
    """Wait until the data has been examined."""
    qtbot.waitUntil(lambda: view.setup.look.found is not None or bool(view.setup.look.error), timeout=20_000)


def folder_of(path, size=(40, 30), colour=(200, 40, 40), counts=(12, 5)):
    for name, count in zip(("cats", "dogs"), counts, strict=True):
        (path / name).mkdir(parents=True)
        for index in range(count):
            tint = tuple(min(255, level + 3 * index) for level in colour)
            Image.new("RGB", size, tint).save(path / name / f"{index}.png")
    return path


def drop_on(qtbot, view, path):
    data = dropped(path)
    assert drop(view.setup.page, data) or drop(view.pages, data)
    known(qtbot, view)


def choose(qtbot, box, words):
    """Choose an entry by keyboard, as a user does."""
    box.setFocus()
    row = box.findText(words)
    assert row >= 0
    while box.currentIndex() != row:
        qtbot.keyClick(box, Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up)


def test_the_data_comes_first_and_is_shown(qtbot, view):
    setup = view.setup
    assert setup.form.data.y() < setup.form.preset.y()
    assert setup.page.facts.text() == "5,000 pictures, 10 classes, 28 × 28, grey"
    assert [(row.name, row.count) for row in setup.page.rows.rows] == [(str(digit), 500) for digit in range(10)]
    screen = setup.page.rows.grab().toImage()
    place = setup.page.rows.place_of(3, 0).toRect()
    seen = {screen.pixelColor(x, y).lightness() for x in range(place.left(), place.right()) for y in (place.center().y(),)}
    assert max(seen) > 200 > 60 > min(seen)


def test_a_folder_of_colour_pictures_proposes_all_the_rest(qtbot, view, tmp_path, tried):
    path = folder_of(tmp_path / "my pets")
    (path / "cats" / "notes.txt").write_text("no picture")
    (path / "beside.png").write_bytes((path / "cats" / "0.png").read_bytes())
    drop_on(qtbot, view, path)
    setup = view.setup
    assert setup.page.heading.text() == "my pets"
    assert setup.page.facts.text() == "17 pictures, 2 classes, 40 × 30, in colour"
    assert [(row.name, row.count, len(row.pictures)) for row in setup.page.rows.rows] == [("cats", 12, 12), ("dogs", 5, 5)]
    for words in ("1 file is not a picture", "1 picture beside", "only 17 pictures", "resized to 32 × 32", "margin"):
        assert words in setup.page.advice.text()
    config = setup.request().config()
    assert (config.data, config.name, config.built(2).image_shape) == (str(path), "my pets", (3, 32, 32))
    assert setup.form.summary.text() == summaries()[setup.form.preset.currentText()]
    qtbot.waitUntil(lambda: ("colour-32", (3, 32, 32)) in tried, timeout=20_000)


def test_what_is_said_before_the_start_is_what_the_run_says(qtbot, view, tmp_path):
    path = folder_of(tmp_path / "pets")
    drop_on(qtbot, view, path)
    shape = view.setup.request().config().built(2).image_shape
    said = [line.removeprefix("\N{BULLET} ") for line in view.setup.page.advice.text().splitlines()]
    assert " ".join(said) == data_warnings(load(str(path)), shape)


def test_choosing_a_preset_keeps_the_data_and_other_data_keeps_the_preset(qtbot, view, tmp_path):
    path = folder_of(tmp_path / "pets")
    drop_on(qtbot, view, path)
    form = view.setup.form
    choose(qtbot, form.preset, "colour-64-dcgan")
    asked = view.setup.request()
    assert (asked.data, asked.source, asked.config().built(2).image_shape) == (str(path), "colour-64-dcgan", (3, 64, 64))
    drop_on(qtbot, view, folder_of(tmp_path / "others", colour=(90, 90, 90)))
    assert form.preset.currentText() == "colour-64-dcgan"
    assert "a grey one learns them faster" in view.setup.page.advice.text()


def test_what_a_person_set_is_never_changed(qtbot, view, tmp_path):
    form = view.setup.form
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "mine")
    form.steps.setFocus()
    form.steps.selectAll()
    qtbot.keyClicks(form.steps, "777\t")
    qtbot.keyClick(form.seed, Qt.Key.Key_Up)
    choose(qtbot, form.size_box, "64 px")
    drop_on(qtbot, view, folder_of(tmp_path / "pets"))
    choose(qtbot, form.preset, "colour-32-dcgan")
    qtbot.mouseClick(view.setup.encoder, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.setup.generator, Qt.MouseButton.LeftButton)
    view.hide()
    view.show()
    known(qtbot, view)
    config = view.setup.request().config()
    assert (config.name, config.steps, config.seed) == ("mine", 777, 1)
    assert config.built(2).image_shape == (3, 64, 64)


def test_sizes_and_colours_can_be_chosen_for_any_preset(qtbot, view):
    form = view.setup.form
    choose(qtbot, form.preset, "digits-dcgan")
    choose(qtbot, form.size_box, "32 px")
    choose(qtbot, form.colours, "Colour")
    config = view.setup.request().config()
    assert config.built(10).image_shape == (3, 32, 32)
    assert (config.batch, config.learning_rate) == (64, 5e-4)  # the rest of the settings stays


def test_grey_pictures_stored_in_colour_are_grey(qtbot, view, tmp_path):
    drop_on(qtbot, view, folder_of(tmp_path / "grey", size=(28, 28), colour=(90, 90, 90)))
    assert view.setup.page.facts.text().endswith("28 × 28, grey")
    assert view.setup.request().config().built(2).image_shape == (1, 28, 28)


def test_what_is_no_data_is_said_at_once_and_not_started(qtbot, view, tmp_path):
    (tmp_path / "empty").mkdir()
    drop_on(qtbot, view, tmp_path / "empty")
    assert "is not a data set" in view.setup.page.facts.text()
    assert not view.setup.start.isEnabled()
    assert "is not a data set" in view.setup.start.toolTip()
    drop_on(qtbot, view, folder_of(tmp_path / "pets"))
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)


def test_without_any_data_it_asks_for_some(qtbot, context, monkeypatch, tmp_path):
    monkeypatch.setattr("zscape.models.data.sources.DIGITS", tmp_path / "gone.npz")
    monkeypatch.chdir(folder_of(tmp_path / "here"))  # this folder must not be taken as data
    view = show(qtbot, TrainView(context))
    give_model(qtbot, context, small_model())
    known(qtbot, view)
    assert "There is no data yet" in view.setup.page.facts.text()
    assert not view.setup.start.isEnabled()


def test_a_drop_is_always_a_copy(qtbot, view, tmp_path):
    data = dropped(folder_of(tmp_path / "pets"))
    either, move = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter, event = QDragEnterEvent(QPoint(9, 9), either, data, left, none), QDropEvent(QPointF(9, 9), either, data, left, none)
    for each in (enter, event):
        each.setDropAction(move)
        QApplication.sendEvent(view.setup, each)
        assert each.isAccepted()
        assert each.dropAction() == Qt.DropAction.CopyAction


# The duration of training


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


# An encoder for the open model


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


def test_stopping_an_encoders_run_leaves_the_form_as_it_was(qtbot, view, tmp_path):
    data = write_noise(tmp_path / "noise.npz")
    path = write_model(tmp_path / "bare.safetensors", encoder=False)
    open_file(qtbot, view, path)
    view.train_encoder()
    view.setup.form.data.take_own(tmp_path / "noise.npz")
    known(qtbot, view)
    qtbot.waitUntil(view.setup.start.isEnabled, timeout=20_000)
    qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.live.plot is not None and len(view.live.plot.curves["mse"].steps) > 2, timeout=30_000)
    qtbot.mouseClick(view.strip.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.job is None, timeout=60_000)
    assert view.setup.encoder.isChecked()
    asked = view.setup.request()
    assert (asked.model, asked.data, asked.out.name) == (path, data, "bare-encoder-2")
    assert not asked.resume


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


# Many pictures


def test_a_large_folder_is_looked_at_beside_the_window(qtbot, view, tmp_path):
    """The window stays responsive meanwhile, and the newest choice wins."""
    large = folder_of(tmp_path / "large", size=(16, 16), counts=(400, 400))
    turns = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start(1)
    view.setup.form.data.take_own(large)
    assert view.setup.page.facts.text().startswith("Looking")
    known(qtbot, view)
    timer.stop()
    assert len(turns) > 3
    assert len(view.setup.look.found) == 800
    view.setup.form.data.take_own(large)
    drop_on(qtbot, view, folder_of(tmp_path / "small"))
    assert view.setup.page.heading.text() == "small"


def test_at_the_smallest_size_the_data_is_not_cut(qtbot, window):
    window.resize(1024, 700)
    view = window.show_view("train")
    known(qtbot, view)
    page = view.setup.page
    right = page.mapTo(view, QPoint(page.width(), 0)).x()
    assert right <= view.width()


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


def test_the_pictures_stand_beside_short_names_and_leave_room_for_long_ones(qtbot):
    rows = ClassRows()
    qtbot.addWidget(rows)
    rows.resize(800, 400)
    places = []
    for name in ("7", "Ankle boot", "a name that is far longer than any column could be made for it"):
        rows.show_rows([ClassRow(name, 500, [])])
        places.append(rows.place_of(0, 0).left())
    wide = rows.fontMetrics().horizontalAdvance
    assert wide("500") < places[0] < wide("500") + 24
    assert wide("Ankle boot") < places[1] < wide("Ankle boot") + 24
    assert places[2] < 200
