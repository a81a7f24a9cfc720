"""Sheets of a model with many classes: as many tiles in a line as fit, and optional in-betweens."""

import math

import letters_model
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from stage import give_model, open_context, show

from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.views.class_sweep.view import ClassSweepView
from zscape.app.views.restyle.view import RestyleView
from zscape.app.views.style_sweep.view import StyleSweepView
from zscape.app.widgets.pictures.encoded import encoded
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.widgets.pictures.tiled_picture import CANVAS
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inputs.kinds.classes import Classes


@pytest.fixture
def view(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, ClassSweepView(context))
        view.resize(541, 603)
        give_model(qtbot, context, letters_model.model_of())
        drawn(qtbot, view)
        yield view


def drawn(qtbot, view):
    """The frame on the sheet, once it shows the sweep that the view requests."""
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep(), timeout=20_000)
    qtbot.waitUntil(lambda: not view.sheet.unpainted, timeout=20_000)
    return view.sheet.frame


def heaviest(view, recipe):
    classes = view.session.space.first(Classes)
    return classes.heaviest(recipe.value(classes))


def test_many_classes_are_an_alphabet(qtbot, view) -> None:
    frame = drawn(qtbot, view)
    assert (frame.points.columns, frame.points.rows, view.sheet.tiles) == (6, 5, 26)
    assert [heaviest(view, view.sheet.recipe(tile)) for tile in range(26)] == list(range(26))
    assert all(view.sheet.tile_rect(tile).width() >= 88 for tile in range(26))
    assert not view.columns.isVisible()


def test_a_view_that_gets_its_size_before_its_first_picture_fills_it(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        give_model(qtbot, context, letters_model.model_of())
        view = ClassSweepView(context)
        qtbot.addWidget(view)
        view.resize(800, 600)
        view.show()
        view.resize(541, 903)  # as a window lays out a view that is shown for the first time
        assert drawn(qtbot, view).points.columns == 4


def test_the_free_places_of_the_last_line_are_no_tiles(qtbot, view) -> None:
    drawn(qtbot, view)
    sheet = view.sheet
    free = sheet.tile_rect(26).center().toPoint()
    assert sheet.tile_at(free.toPointF()) == -1
    shot = sheet.grab().toImage()
    assert shot.pixelColor(free).rgb() == sheet.palette().color(CANVAS).rgb()
    assert shot.pixelColor(sheet.tile_rect(25).topLeft().toPoint() + QPoint(2, 2)).lightness() < 10
    before = view.session.point
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=free)
    assert view.session.point == before
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.tile_rect(25).center().toPoint())
    assert heaviest(view, view.session.point) == 25
    sheet.setFocus()
    for _ in range(7):
        qtbot.keyClick(sheet, Qt.Key.Key_Down)
        qtbot.keyClick(sheet, Qt.Key.Key_Right)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert heaviest(view, view.session.point) == 25


def test_in_betweens_come_on_demand_and_go_back(qtbot, view) -> None:
    qtbot.mouseClick(view.between, Qt.MouseButton.LeftButton, pos=QPoint(8, view.between.height() // 2))
    frame = drawn(qtbot, view)
    steps = view.columns.value()
    assert view.columns.isVisible()
    assert view.sheet.tiles == 26 * steps
    assert frame.points.columns % steps == 0
    assert [heaviest(view, view.sheet.recipe(tile * steps)) for tile in range(26)] == list(range(26))
    first, second = (frame.images[tile].astype(float) for tile in (0, steps))
    between = frame.images[1].astype(float)
    assert 0 < np.abs(between - first).mean() < np.abs(second - first).mean()
    view.columns.setValue(2)
    assert drawn(qtbot, view).points.count == 52
    view.session.undo_stack.undo()
    view.session.undo_stack.undo()
    assert drawn(qtbot, view).points.count == 26
    assert not view.between.isChecked()


def test_the_number_of_lines_follows_the_size(qtbot, view) -> None:
    view.resize(900, 260)
    assert drawn(qtbot, view).points.columns == 13


def test_large_pictures_show_one_tile_per_class_by_default(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, ClassSweepView(context))
        give_model(qtbot, context, letters_model.model_of("ABC"))
        assert drawn(qtbot, view).points.count == 3
        assert not view.between.isChecked()
        view.between.click()
        frame = drawn(qtbot, view)
        assert (frame.points.rows, frame.points.columns) == (3, 10)


@pytest.mark.parametrize(
    ("shape", "small"), [((1, 32, 32), True), ((3, 32, 32), False), ((3, 24, 24), True), ((1, 64, 64), False)]
)
def test_pictures_in_colour_are_large_earlier_than_grey_ones(shape, small) -> None:
    assert ClassSweepState().shows_between(10, math.prod(shape)) == small


def test_in_betweens_can_be_switched_off_before_a_model_is_open(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, ClassSweepView(context))
        view.between.click()  # sessions are restored as early as this
        assert not view.between.isChecked()
        assert view.sweep() is not None


def test_small_pictures_show_a_row_per_class_by_default(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, ClassSweepView(context))
        give_model(qtbot, context, load_model(find("mnist")))
        frame = drawn(qtbot, view)
        assert (frame.points.rows, frame.points.columns) == (10, 10)
        assert view.between.isChecked()
        view.between.click()
        assert drawn(qtbot, view).points.count == 10


def test_a_style_sweep_of_many_classes_has_several_in_a_line(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, StyleSweepView(context), 541, 603)
        give_model(qtbot, context, letters_model.model_of())
        frame = drawn(qtbot, view)
        columns = view.columns.value()
        assert frame.points.count == 26 * columns
        assert frame.points.columns == 2 * columns
        assert [heaviest(view, view.sheet.recipe(tile * columns)) for tile in range(26)] == list(range(26))
        classes = view.session.space.first(Classes)
        view.session.edit_point("pick", view.session.point.with_value(classes.name, classes.only(17)))
        drawn(qtbot, view)
        for slot, tile in ((view.start, 17 * columns), (view.end, 18 * columns - 1)):
            before = slot.grab().toImage()
            slot.show_picture(view.sheet.tile_image(tile))
            assert slot.grab().toImage() == before  # it already showed that picture
        view.columns.setValue(2)
        assert drawn(qtbot, view).points.count == 52


def test_restyled_letters_stand_in_lines_that_fit(qtbot, tmp_path) -> None:
    with open_context(tmp_path) as context:
        view = show(qtbot, RestyleView(context), 823, 603)
        give_model(qtbot, context, letters_model.model_of())
        view.open(encoded(image_of(letters_model.pictures()[1, 17][None, ..., None], 1)))
        frame = drawn(qtbot, view)
        assert frame.points.count == 26
        assert frame.points.rows > 1
        assert all(view.sheet.tile_rect(tile).width() >= 64 for tile in range(26))
        assert view.sheet.rect().contains(view.sheet.picture_rect().toAlignedRect())
        view.resize(823, 480)
        assert drawn(qtbot, view).points.count == 26
