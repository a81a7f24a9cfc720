"""The panels for latent, classes, shelf and model."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from recipes import recipe, weights, with_coordinate, with_seed, z

from zscape.app.panels.classes import ClassesPanel
from zscape.app.panels.latent import LatentPanel
from zscape.app.panels.model_info import ModelPanel
from zscape.app.panels.shelf.panel import ShelfPanel
from zscape.app.widgets.numbers.number_row import HEIGHT, NumberRow
from zscape.models.evaluation.run import Settings
from zscape.models.files.checkpoint import load_model
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent


@pytest.fixture
def panel(alone):
    return alone(LatentPanel).first


def at(tiles, coordinate):
    return tiles.tile_rect(coordinate).center().toPoint()


def test_painting_sets_every_coordinate_on_the_way_in_one_step(panel, qtbot):
    tiles = panel.tiles
    tiles.brush = -1.5
    qtbot.mousePress(tiles, Qt.MouseButton.LeftButton, pos=at(tiles, 4))
    for coordinate in (5, 6):
        qtbot.mouseMove(tiles, at(tiles, coordinate))
    qtbot.mouseRelease(tiles, Qt.MouseButton.LeftButton, pos=at(tiles, 6))
    assert z(panel.session.point).coordinates == ((4, -1.5), (5, -1.5), (6, -1.5))
    qtbot.waitUntil(lambda: panel.rows.row(5).value() == -1.5)
    panel.session.undo_stack.undo()
    assert z(panel.session.point).coordinates == ()


def test_the_scale_chooses_the_brush(panel, qtbot):
    tiles = panel.tiles
    qtbot.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=QPoint(1, tiles.height() - 6))
    assert tiles.brush == -3.0
    qtbot.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=QPoint(tiles.width() - 1, tiles.height() - 6))
    assert tiles.brush == 3.0


def latent_row(panel):
    latent = panel.session.space.first(Latent)
    return latent.row(panel.session.point.value(latent), panel.session.space)


def test_tiles_by_keyboard(panel, qtbot):
    tiles = panel.tiles
    tiles.setFocus()
    before = latent_row(panel)[1]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Plus):
        qtbot.keyClick(tiles, key)
    assert dict(z(panel.session.point).coordinates)[1] == pytest.approx(before + 0.1, abs=0.01)
    qtbot.keyClick(tiles, Qt.Key.Key_Delete)
    assert z(panel.session.point).coordinates == ()


def test_one_reset_and_all_reset(panel, qtbot):
    assert not panel.reset_all_button.isEnabled()
    for coordinate in (0, 3, 7):
        panel.session.edit_point("set", with_coordinate(panel.session.point, coordinate, 2.0))
    qtbot.mouseDClick(panel.rows.row(3).label, Qt.MouseButton.LeftButton)
    assert dict(z(panel.session.point).coordinates) == {0: 2.0, 7: 2.0}
    qtbot.waitUntil(panel.reset_all_button.isEnabled)
    panel.reset_all_button.click()
    assert z(panel.session.point).coordinates == ()
    qtbot.waitUntil(lambda: not panel.reset_all_button.isEnabled())


def test_a_coordinate_is_found_by_name_and_number(panel, qtbot):
    for words, first in (("slant", 3), ("11", 11), ("1", 1)):
        qtbot.keyClicks(panel.search, words)
        assert panel.rows.entries[0].number == first
        panel.search.clear()
        assert len(panel.rows.entries) == 12


def test_only_rows_in_sight_exist_and_arrows_reach_the_rest(panel, qtbot):
    rows = panel.rows
    rows.setFixedHeight(3 * HEIGHT)
    made = len(rows.findChildren(NumberRow))
    rows.row(3).slider.setFocus()  # the first row of the list
    seen = []
    for _ in range(12):
        in_sight = {number: row for number in range(12) if (row := rows.row(number)) is not None}
        seen.append(next(number for number, row in in_sight.items() if rows.focusWidget() is row.slider))
        qtbot.keyClick(rows.focusWidget(), Qt.Key.Key_Down)
    assert seen == [3, 0, 1, 2, *range(4, 12)]
    assert len(rows.findChildren(NumberRow)) == made


def test_a_typed_number_moves_the_slider_and_the_wheel_needs_the_keyboard_on_the_tiles(window, qtbot):
    panel = window.panels["latent"].first
    row = panel.rows.row(3)
    row.spin.setFocus()
    row.spin.selectAll()
    qtbot.keyClicks(row.spin, "-2.5")
    qtbot.keyClick(row.spin, Qt.Key.Key_Return)
    assert dict(z(window.session.point).coordinates) == {3: -2.5}
    assert row.slider.value() == -250
    qtbot.keyClick(row.spin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert z(window.session.point).coordinates == ()  # the undo of the session, not of the field
    tiles = panel.tiles
    place = QPointF(tiles.mapTo(window, at(tiles, 2)))
    before = window.session.point
    window.centre.take_focus()
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120))
    assert window.session.point == before
    tiles.setFocus()
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120))
    assert [coordinate for coordinate, _ in z(window.session.point).coordinates] == [2]


def test_the_seed_of_a_stored_latent_is_said_to_be_none(panel):
    panel.session.edit_point("go", recipe(seeds=(), numbers=(0.5,) * 12))
    assert panel.seed.text() == "stored latent"
    panel.seed.setValue(4)
    assert z(panel.session.point).seed == 4


def test_classes_are_picked_and_mixed(alone, qtbot):
    panel = alone(ClassesPanel).controls[0]
    qtbot.mouseClick(panel.chips[4], Qt.MouseButton.LeftButton)
    assert weights(panel.session.point).index(1.0) == 4
    qtbot.mouseClick(panel.chips[4], Qt.MouseButton.LeftButton)
    assert panel.chips[4].isChecked()  # a second click does not deselect it
    height, before = panel.sizeHint().height(), panel.session.point
    panel.session.edit_point("go", recipe(classes=(0.0, 0.5, 0.2, 0.2, 0.1, *[0.0] * 5)))
    qtbot.waitUntil(lambda: panel.words.whole == "50% 1 + 20% 3 + 2 others")
    assert panel.sizeHint().height() == height  # dragging on the pad of classes mixes them: the panels must not move
    panel.session.edit_point("go", before)
    panel.mix.click()
    panel.mixer.row(2).spin.setValue(1.0)
    assert weights(panel.session.point)[2] == 1.0
    assert weights(panel.session.point)[4] == 1.0
    qtbot.waitUntil(lambda: "50% 4" in panel.words.whole)
    assert not any(chip.isChecked() for chip in panel.chips)
    panel.mixer.row(2).spin.setValue(0.0)
    panel.mixer.row(4).spin.setValue(0.0)
    assert sum(weights(panel.session.point)) > 0  # the last weight cannot be removed


def test_the_shelf_shows_goes_moves_and_removes(alone, qtbot):
    panel = alone(ShelfPanel)
    thumbs = panel.thumbs
    points = [with_seed(panel.session.point, seed) for seed in (1, 2, 3)]
    for point in points:
        panel.session.keep(point)
    qtbot.waitUntil(lambda: not thumbs.picture(2).isNull(), timeout=10_000)
    qtbot.mouseClick(thumbs, Qt.MouseButton.LeftButton, pos=thumbs.rect_of(1).center().toPoint())
    assert panel.session.point == points[1]
    thumbs.moved.emit(0, 2)
    assert panel.session.scene.shelf == (points[1], points[2], points[0])
    qtbot.mouseClick(thumbs, Qt.MouseButton.LeftButton, pos=thumbs.cross_of(0).center().toPoint())
    assert panel.session.scene.shelf == (points[2], points[0])
    thumbs.setFocus()
    qtbot.keyClick(thumbs, Qt.Key.Key_Right)
    qtbot.keyClick(thumbs, Qt.Key.Key_Delete)
    assert len(panel.session.scene.shelf) == 1
    panel.session.keep(panel.session.scene.shelf[0])
    assert len(panel.session.scene.shelf) == 1  # it is not added twice


def test_the_open_model_is_measured_at_a_press(qtbot, alone, monkeypatch):
    monkeypatch.setattr("zscape.models.evaluation.run.QUICK", Settings(samples=100, inputs=20, refined=10, steps=2))
    panel = alone(ModelPanel)
    with qtbot.waitSignal(panel.context.jobs.ended, timeout=60_000):
        qtbot.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
        assert not panel.measure.isEnabled()
    qtbot.waitUntil(panel.measure.isEnabled)  # the panel is notified after the window
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "class accuracy" in words
    assert any("samples" in label.toolTip() for label in panel.findChildren(QLabel))


def test_what_cannot_be_measured_for_want_of_data_says_so_beforehand(qtbot, alone, tiny_model):
    panel = alone(ModelPanel)
    model = load_model(tiny_model)
    others = tuple(replace(each, labels=tuple("abcdefghij")) if isinstance(each, Classes) else each for each in model.spec.inputs)
    for data, said in (("gone for good", "--data DATA"), ("fashion-mnist", "zscape data fetch fashion-mnist")):
        panel.session.adopt(replace(model, spec=replace(model.spec, data=data, inputs=others)))
        qtbot.waitUntil(lambda said=said: said in panel.measure.toolTip())  # shortly after the first picture
        assert not panel.measure.isEnabled()
    panel.session.adopt(model)
    assert panel.measure.isEnabled()


def test_the_model_panel_and_the_chooser_say_what_is_open_and_why_a_device_is_unavailable(window, qtbot):
    words = " ".join(label.text() for label in window.panels["model"].findChildren(QLabel))
    assert "tiny" in words
    assert "dcgan" in words
    assert "noise" in words
    assert "tiny" in window.header.models.currentText()
    assert "7 steps" in window.header.models.currentText()
    devices = window.header.devices
    qtbot.waitUntil(lambda: bool(devices.itemData(0, Qt.ItemDataRole.ToolTipRole)), timeout=10_000)
    import torch

    for device in ("cpu", "cuda", "mps"):
        index = devices.findData(device)
        there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}[device]
        assert devices.model().item(index).isEnabled() == there
        assert there or "finds no" in devices.itemData(index, Qt.ItemDataRole.ToolTipRole)
    with qtbot.waitSignal(window.renderer.model_ready, timeout=10_000):
        window.header.device_chosen.emit("cpu")
    assert window.status.device == "CPU"
