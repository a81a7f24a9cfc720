"""The sheet: the places of its tiles, and how it reacts to mouse and keyboard."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from recipes import bare_model, recipe, space

from zscape.app.state.clipboard import mime_of, recipe_in
from zscape.app.state.session import Session
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.tiles import connect_sheet
from zscape.models.files.spec import Spec
from zscape.models.sweeps import ClassSweep

SPACE = space(4, "abc")
SIDE = 8


def make_frame(columns=4, side=SIDE):
    sweep = ClassSweep(recipe(), columns=columns)
    points = sweep.points(SPACE)
    count = points.count
    images = np.repeat(np.arange(count, dtype=np.uint8) * 5 + 20, side * side).reshape(count, side, side, 1)
    pixels = np.zeros((points.rows * side, points.columns * side, 4), np.uint8)
    for tile in range(count):
        row, column = divmod(tile, points.columns)
        pixels[row * side : (row + 1) * side, column * side : (column + 1) * side, :3] = images[tile]
    model = SimpleNamespace(space=SPACE, spec=Spec("toy", "dcgan", {}, SPACE.inputs, (1, side, side)))
    return Frame("test", 1, model, sweep, points, images, pixels, 0.0, 0.0)


@pytest.fixture
def sheet(qtbot):
    sheet = Sheet("Nothing yet.")
    qtbot.addWidget(sheet)
    sheet.resize(200, 150)
    sheet.show()
    sheet.show_frame(make_frame())
    return sheet


def centre(sheet, tile):
    return sheet.tile_rect(tile).center().toPoint()


@pytest.mark.parametrize(("width", "height", "zoom"), [(200, 150, 6), (33, 200, 1), (64, 48, 2), (63, 48, 1.96875), (79, 60, 2)])
def test_the_zoom_is_a_whole_number_unless_that_wastes_the_room(sheet, width, height, zoom):
    sheet.setMinimumSize(1, 1)
    sheet.resize(width, height)
    assert sheet.zoom() == zoom
    rect = sheet.picture_rect()
    assert (rect.width(), rect.height()) == (4 * SIDE * zoom, 3 * SIDE * zoom)
    assert abs(rect.center().x() - width / 2) <= 0.5
    assert abs(rect.center().y() - height / 2) <= 0.5


def test_a_sheet_larger_than_its_place_is_made_smaller(sheet):
    sheet.setMinimumSize(1, 1)
    sheet.resize(16, 100)
    assert sheet.zoom() == 0.5
    assert sheet.tile_at(QPointF(15, 50)) % 4 == 3


def test_each_tile_is_painted_where_it_says(sheet):
    image = sheet.grab().toImage()
    for tile in range(sheet.tiles):
        assert sheet.tile_at(QPointF(centre(sheet, tile))) == tile
        assert image.pixelColor(centre(sheet, tile)).red() == tile * 5 + 20
    assert sheet.tile_at(QPointF(1, 1)) == -1


def test_painted_is_emitted_once_a_frame(sheet, qtbot):
    told = []
    sheet.painted.connect(told.append)
    frame = make_frame(columns=2)
    sheet.show_frame(frame)
    qtbot.waitUntil(lambda: bool(told))
    sheet.repaint()
    assert told == [frame]


def test_the_mouse_hovers_and_clicks(sheet, qtbot):
    hovered, clicked, opened = [], [], []
    sheet.hovered.connect(hovered.append)
    sheet.clicked.connect(clicked.append)
    sheet.opened.connect(opened.append)
    qtbot.mouseMove(sheet, centre(sheet, 5))
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=centre(sheet, 6))
    qtbot.mouseDClick(sheet, Qt.MouseButton.LeftButton, pos=centre(sheet, 7))
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().topLeft())
    assert hovered[0] == 5
    assert clicked[0] == 6
    assert opened == [7]


def test_the_arrows_walk_and_enter_goes(sheet, qtbot):
    clicked, copied = [], []
    qtbot.mouseMove(sheet, QPoint(1, 1))
    sheet.clicked.connect(clicked.append)
    sheet.copy_asked.connect(copied.append)
    sheet.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(sheet, key)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    qtbot.keyClick(sheet, Qt.Key.Key_C)
    assert clicked == [4]
    assert copied == [5]
    assert sheet.accessibleDescription() == sheet.caption(5)


def test_a_tile_travels_with_its_recipe_and_its_picture(sheet):
    recipe = sheet.recipe(9)
    data = mime_of(recipe, sheet.tile_image(9))
    assert recipe_in(data) == recipe
    assert data.imageData().pixelColor(3, 3).red() == 9 * 5 + 20


def test_without_a_frame_it_says_what_to_do(sheet):
    sheet.clear("Drop something here.")
    assert sheet.tiles == 0
    assert sheet.tile_at(QPointF(100, 75)) == -1
    image = sheet.grab().toImage()
    colours = {image.pixel(x, 75) for x in range(200)}
    assert len(colours) > 1  # there is text


def test_a_frame_with_fewer_tiles_forgets_where_the_mouse_was(sheet, qtbot):
    qtbot.mouseMove(sheet, centre(sheet, 11))
    sheet.show_frame(make_frame(columns=1))
    sheet.repaint()
    assert sheet.tiles == 3


def test_tiles_of_the_previous_model_cannot_be_clicked(sheet, qtbot):
    """Until the open model has drawn, because it may have fewer classes than their points use."""
    session, before, told = Session(), bare_model(SPACE), []
    session.adopt(before)
    connect_sheet(session, sheet)
    sheet.show_frame(replace(make_frame(), model=before))
    session.adopt(bare_model(space(4, "xy")))
    point = session.point
    session.view_requested.connect(told.append)
    sheet.menu_asked.connect(told.append)
    qtbot.mouseMove(sheet, centre(sheet, 5))
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=centre(sheet, 6))
    qtbot.mouseDClick(sheet, Qt.MouseButton.LeftButton, pos=centre(sheet, 7))
    place = centre(sheet, 7)
    QApplication.sendEvent(sheet, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, sheet.mapToGlobal(place)))
    sheet.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(sheet, key)
    assert (session.point, sheet.marked_tile(), told) == (point, -1, [])
    session.adopt(before)
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=centre(sheet, 6))
    assert session.point != point
