"""The train form asks for the data first: it shows what the data contains, proposes the rest, and keeps what the user set."""

import time

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from stage import drop, dropped, give_model, show, small_model
from train_stage import choose, known

from zscape.app.views.train.view import TrainView
from zscape.app.widgets.classes.class_rows import ClassRow, ClassRows
from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.sources import load
from zscape.models.training.presets import summaries

RNG = np.random.default_rng(0)


pytestmark = pytest.mark.usefixtures("tried")


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


def test_the_data_comes_first_and_is_shown(qtbot, view):
    setup = view.setup
    assert setup.form.data.y() < setup.form.preset.y()
    assert setup.page.facts.text() == "5,000 pictures, 10 classes, 28 × 28, grey"
    assert [(row.name, row.count) for row in setup.page.rows.rows] == [(str(digit), 500) for digit in range(10)]
    screen = setup.page.rows.grab().toImage()
    place = setup.page.rows.place_of(3, 0).toRect()
    seen = {screen.pixelColor(x, y).lightness() for x in range(place.left(), place.right()) for y in (place.center().y(),)}
    assert max(seen) > 200 > 60 > min(seen)


def test_a_folder_of_colour_pictures_proposes_the_rest_and_is_advised_on_as_the_run_will_be(qtbot, view, tmp_path, tried):
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
    said = [line.removeprefix("\N{BULLET} ") for line in setup.page.advice.text().splitlines()]
    assert " ".join(said) == data_warnings(load(str(path)), config.built(2).image_shape)
    assert setup.form.summary.text() == summaries()[setup.form.preset.currentText()]
    qtbot.waitUntil(lambda: ("colour-32", (3, 32, 32)) in tried, timeout=20_000)


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


def test_what_is_no_data_is_said_at_once_and_not_started_and_grey_stored_in_colour_is_grey(qtbot, view, tmp_path):
    (tmp_path / "empty").mkdir()
    drop_on(qtbot, view, tmp_path / "empty")
    assert "is not a data set" in view.setup.page.facts.text()
    assert not view.setup.start.isEnabled()
    assert "is not a data set" in view.setup.start.toolTip()
    drop_on(qtbot, view, folder_of(tmp_path / "grey", size=(28, 28), colour=(90, 90, 90)))
    assert view.setup.page.facts.text().endswith("28 × 28, grey")
    assert view.setup.request().config().built(2).image_shape == (1, 28, 28)
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


def test_a_large_folder_is_looked_at_beside_the_window(qtbot, view, tmp_path):
    """The window stays responsive meanwhile, and the newest choice wins."""
    large = folder_of(tmp_path / "large", size=(16, 16), counts=(1, 1))
    for picture in sorted(large.rglob("*.png")):
        for index in range(1, 400):
            picture.with_name(f"{index}.png").write_bytes(picture.read_bytes())
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
