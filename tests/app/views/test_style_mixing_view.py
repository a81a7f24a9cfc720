"""The style mixing view, by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from stage import open_file, show, write_styled

from zscape.app.views import VIEWS
from zscape.app.views.style_mixing.state import DONORS, SOURCES, StyleMixingState
from zscape.app.views.style_mixing.view import StyleMixingView
from zscape.app.widgets.pictures.tiled_picture import CANVAS
from zscape.app.window.centre import LEAST_WIDTH
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.app.work.tiles import tile_of


@pytest.fixture(scope="module")
def styled(tmp_path_factory):
    """The file of a small untrained StyleGAN2."""
    return write_styled(tmp_path_factory.mktemp("styled") / "styled.safetensors", "abc")


@pytest.fixture
def mixing(qtbot, context, styled):
    """The view alone."""
    view = show(qtbot, StyleMixingView(context), 900, 640)
    open_file(qtbot, context, styled)
    drawn(qtbot, view)
    return view


def drawn(qtbot, view):
    """The images on the sheet, once it shows the current scene: uint8 [rows, columns, H, W, C]."""
    complete = lambda frame: frame is not None and frame.complete and frame.sweep == view.sweep()  # noqa: E731
    qtbot.waitUntil(lambda: complete(view.sheet.frame), timeout=10_000)
    frame = view.sheet.frame
    return frame.images.reshape(frame.points.rows, frame.points.columns, *frame.images.shape[1:]).copy()


def same(one, other):
    """Whether pictures are equal up to rounding, which can differ with the batch they are drawn in."""
    return np.abs(one.astype(int) - other).max() <= 1


def state(view):
    return view.session.scene.view(StyleMixingState)


def click(qtbot, widget, x):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(x, widget.height() // 2))


def test_it_shows_a_table_of_points_that_are_mixed(qtbot, mixing):
    table = drawn(qtbot, mixing)
    assert table.shape[:2] == (len(SOURCES) + 2, len(DONORS) + 1)
    assert len({tile.tobytes() for row in table for tile in row}) == table.shape[0] * table.shape[1]


def test_the_points_that_are_mixed_are_set_off_from_the_mixtures(mixing):
    grab, first, second = mixing.sheet.grab().toImage(), mixing.sheet.tile_rect(0), mixing.sheet.tile_rect(1)
    canvas = mixing.sheet.palette().color(CANVAS)
    assert grab.pixelColor(second.left(), second.center().y()) == canvas
    assert grab.pixelColor(first.center().x(), first.bottom()) == canvas
    assert grab.pixelColor(second.right(), second.center().y()) != canvas


def test_zones_and_single_layers_change_what_is_mixed_and_can_be_undone(qtbot, mixing):
    coarse = drawn(qtbot, mixing)
    qtbot.mouseClick(mixing.zones["fine"], Qt.MouseButton.LeftButton)
    fine = drawn(qtbot, mixing)
    assert state(mixing).zone == "fine"
    assert same(fine[0], coarse[0])
    assert not same(fine[1:, 1:], coarse[1:, 1:])
    click(qtbot, mixing.layers, mixing.layers.place(0))
    assert state(mixing).layers == (0, 6, 7) or 0 in state(mixing).layers
    assert not same(drawn(qtbot, mixing)[1:, 1:], fine[1:, 1:])
    assert not any(button.isChecked() for button in mixing.zones.values())
    mixing.session.undo_stack.undo()
    mixing.session.undo_stack.undo()
    assert same(drawn(qtbot, mixing), coarse)


def test_layers_are_chosen_by_key_and_by_drag_and_one_stays_on(qtbot, mixing):
    row, count = mixing.layers, mixing.session.space.styles.layers
    before = mixing.session.space.styles.zone("coarse")
    row.setFocus()
    for _ in range(count):
        qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert state(mixing).layers == (*before, count - 1)
    middle = row.height() // 2
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(row.place(0), middle))
    for layer in range(1, count):
        qtbot.mouseMove(row, QPoint(row.place(layer), middle))
    qtbot.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(row.place(count - 1), middle))
    assert state(mixing).layers == (count - 1,)


def test_rows_and_columns_are_rolled_and_taken_from_tiles_and_the_shelf(qtbot, mixing):
    session = mixing.session
    qtbot.mouseClick(mixing.roll_rows, Qt.MouseButton.LeftButton)
    assert state(mixing).sources != SOURCES
    qtbot.mouseClick(mixing.roll_columns, Qt.MouseButton.LeftButton)
    assert state(mixing).donors != DONORS
    drawn(qtbot, mixing)
    tile = tile_of(mixing.sheet, len(DONORS) + 3)
    TILE_ACTIONS["mix-row"].run(session, tile)
    TILE_ACTIONS["mix-column"].run(session, tile)
    assert state(mixing).sources[0] == state(mixing).donors[0] == tile.recipe
    assert len(state(mixing).sources) == len(SOURCES)
    assert not mixing.from_shelf.isEnabled()
    session.keep(tile.recipe)
    session.keep(session.point)
    qtbot.mouseClick(mixing.from_shelf, Qt.MouseButton.LeftButton)
    assert set(state(mixing).donors) == {tile.recipe, session.point}
    assert drawn(qtbot, mixing).shape[1] == 3


def test_a_click_goes_to_the_mixed_point(qtbot, mixing):
    table = drawn(qtbot, mixing)
    recipe = mixing.sheet.recipe(table.shape[1] + 2)
    mixing.sheet.clicked.emit(table.shape[1] + 2)
    assert mixing.session.point == recipe
    after = drawn(qtbot, mixing)
    assert np.abs(after[1, 0].astype(int) - table[1, 2]).max() <= 1


def test_it_is_no_wider_than_the_middle_of_the_window_must_be(mixing):
    assert mixing.minimumSizeHint().width() <= LEAST_WIDTH


def test_a_model_without_styles_greys_it_and_says_why(window):
    index = list(window.views).index("style-mixing") if "style-mixing" in window.views else None
    assert index is None
    names = [window.centre.tabs.tabText(place) for place in range(window.centre.tabs.count())]
    place = names.index("Style mixing")
    assert not window.centre.tabs.isTabEnabled(place)
    assert "styles" in window.centre.tabs.tabToolTip(place)
    assert TILE_ACTIONS["mix-row"].lacks(window.session.space)


def test_a_re_roll_says_which_layers_stay_and_a_model_without_styles_shows_the_image(qtbot, start, styled, tiny_model):
    window, said = start(styled), []
    mixing = window.show_view("style-mixing")
    mixing.session.message.connect(lambda line, _: said.append(line))
    mixing.sheet.clicked.emit(drawn(qtbot, mixing).shape[1] + 2)
    window.actions_by_name["roll"].trigger()
    assert said == ["3 of 8 layers still come from other points: Unmix in Styles removes them."]
    window.panels["styles"].controls[0].clear.click()
    window.actions_by_name["roll"].trigger()
    assert len(said) == 1
    window.opener.open_model(tiny_model)
    qtbot.waitUntil(lambda: window.session.model_path == tiny_model, timeout=20_000)
    assert window.current_view == "image"
    assert window.tabs.currentIndex() == list(VIEWS).index("image")
