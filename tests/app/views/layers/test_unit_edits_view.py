"""Editing units in the layers view by slider, click and file."""

from dataclasses import replace

import numpy as np
from layers_stage import click, drawn, edits, middle, ranked
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from recipes import with_class

from zscape.app.state.session_file import from_json, to_json
from zscape.models.files.units_file import save_units
from zscape.models.inputs.units import NOTHING, UNIT_EDITS, Setting


def brightness(view, unit):
    """The mean brightness of a unit's tile on screen, 0 to 255."""
    image = view.units.grab(view.units.tile_rect(view.units.order.index(unit)).adjusted(6, 6, -6, -6).toRect()).toImage()
    colours = [QColor(image.pixel(x, y)) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    return float(np.mean([max(each.red(), each.green(), each.blue()) for each in colours]))


def test_selected_units_are_switched_off_at_once_and_undo_brings_them_back(qtbot, view):
    before, lit = drawn(qtbot, view), brightness(view, 1)
    click(qtbot, view, 1)
    assert view.units.selected == {1}
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    off = drawn(qtbot, view)
    assert edits(view) == {1: Setting(gain=0.0)}
    assert not np.array_equal(off, before)
    qtbot.waitUntil(lambda: brightness(view, 1) < min(20, lit), timeout=5_000)
    assert view.box.off.text() == "Switch on"
    view.session.undo_stack.undo()
    assert np.array_equal(drawn(qtbot, view), before)
    assert view.session.point.get(UNIT_EDITS) is None
    view.session.undo_stack.redo()
    assert np.array_equal(drawn(qtbot, view), off)
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    assert np.array_equal(drawn(qtbot, view), before)


def test_a_double_click_switches_a_unit_off_and_on_and_delete_resets_it(qtbot, view):
    qtbot.mouseClick(view.units, Qt.MouseButton.LeftButton, pos=middle(view, 2))
    qtbot.mouseDClick(view.units, Qt.MouseButton.LeftButton, pos=middle(view, 2))
    assert edits(view) == {2: Setting(gain=0.0)}
    qtbot.mouseClick(view.units, Qt.MouseButton.LeftButton, pos=middle(view, 2))
    qtbot.mouseDClick(view.units, Qt.MouseButton.LeftButton, pos=middle(view, 2))
    assert edits(view) == {}
    view.box.rows["turn"].spin.setValue(20.0)
    view.units.setFocus()
    qtbot.keyClick(view.units, Qt.Key.Key_Delete)
    assert view.value == NOTHING
    view.session.undo_stack.undo()
    assert edits(view) == {2: Setting(turn=20.0)}


def test_a_drag_of_a_slider_is_one_step_and_changes_only_that_number(qtbot, view):
    click(qtbot, view, 0)
    click(qtbot, view, 2, Qt.KeyboardModifier.ControlModifier)
    steps = view.session.undo_stack.count()
    row = view.box.rows["turn"]
    row.slider.sliderPressed.emit()
    for place in (3000, 6000, 9000):
        row.slider.setValue(place)
    row.slider.sliderReleased.emit()
    assert edits(view) == {0: Setting(turn=90.0), 2: Setting(turn=90.0)}
    assert view.session.undo_stack.count() == steps + 1
    view.box.rows["gain"].spin.setValue(2.5)
    assert edits(view)[2] == Setting(gain=2.5, turn=90.0)
    row.slider.double_clicked.emit()
    assert edits(view) == {0: Setting(gain=2.5), 2: Setting(gain=2.5)}
    qtbot.mouseClick(view.box.reset, Qt.MouseButton.LeftButton)
    assert view.value == NOTHING


def test_unit_edits_are_part_of_the_point(qtbot, window):
    view = ranked(qtbot, window.show_view("layers"))
    click(qtbot, view, 1)
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    picture = drawn(qtbot, view)
    session = view.session
    session.keep(session.point)
    saved = from_json(to_json(window.opener.snapshot()), "it")
    assert saved.scene.point == saved.scene.shelf[0] == session.point
    sheet = window.show_view("class-sweep").sheet
    first = with_class(session.point, 0, 10)
    qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.recipe(0).get(UNIT_EDITS) is not None, timeout=10_000)
    image = window.show_view("image")
    qtbot.waitUntil(lambda: image.sheet.frame is not None, timeout=10_000)
    assert np.array_equal(image.sheet.frame.images[0], picture)
    assert first.get(UNIT_EDITS) is not None


def test_all_edits_are_scaled_by_one_number_and_reset_together(qtbot, view):
    before = drawn(qtbot, view)
    click(qtbot, view, 1)
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    view.box.strength.spin.setValue(0.0)
    assert np.array_equal(drawn(qtbot, view), before)
    view.box.strength.reset_asked.emit()
    assert view.value.strength == 1
    qtbot.mouseClick(view.box.all, Qt.MouseButton.LeftButton)
    assert view.session.point.get(UNIT_EDITS) is None
    assert not view.box.save.isEnabled()


def test_saved_unit_edits_open_only_with_their_model(qtbot, window, tmp_path):
    view = ranked(qtbot, window.show_view("layers"))
    click(qtbot, view, 3)
    qtbot.mouseClick(view.box.off, Qt.MouseButton.LeftButton)
    value, path = view.value, tmp_path / "mine.units.json"
    view.files.save(path)
    qtbot.mouseClick(view.box.all, Qt.MouseButton.LeftButton)
    view.files.open(path)
    assert view.value == value
    spec = view.session.model.spec
    other, odd = tmp_path / "other.units.json", tmp_path / "odd.units.json"
    save_units(other, replace(spec, name="strange", sha256="ab"), NOTHING)
    odd.write_text('{"format": 1}')
    for each, words in ((other, "strange"), (odd, "no unit edits"), (tmp_path / "none.json", "Cannot read")):
        with qtbot.waitSignal(view.session.message, timeout=1000) as told:
            view.files.open(each)
        assert words in told.args[0]
        assert told.args[1]
        assert view.value == value
    view.session.undo_stack.undo()
    assert view.value == NOTHING
    window.show_view("image")
    window.opener.open_file(path)  # as if dropped
    assert view.value == value
    assert window.current_view == "layers"


def test_unit_edits_that_do_not_fit_are_reported_and_reset(qtbot, view):
    before = drawn(qtbot, view)
    with qtbot.waitSignal(view.context.renderer.failed, timeout=10_000) as told:
        view.session.edit_point("go", view.session.point.with_value(UNIT_EDITS, NOTHING.with_units("blocks.9", [3], gain=0.0)))
    assert "blocks.9" in told.args[0].line
    qtbot.mouseClick(view.box.all, Qt.MouseButton.LeftButton)
    assert np.array_equal(drawn(qtbot, view), before)
