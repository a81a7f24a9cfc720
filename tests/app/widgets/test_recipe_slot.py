"""The slot for one point: drop, click, keys, drag."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication
from recipes import recipe
from stage import drop, show

from zscape.app.state.clipboard import mime_of, recipe_in
from zscape.app.widgets.pictures.recipe_slot import RecipeSlot
from zscape.app.widgets.pictures.small_slot import SmallSlot
from zscape.app.widgets.strip import Strip

POINT = recipe(seeds=((7, 1.0),), classes=(0.0, 1.0))


def picture(colour=Qt.GlobalColor.white):
    image = QImage(28, 28, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


@pytest.fixture
def slot(qtbot):
    slot = RecipeSlot("A")
    qtbot.addWidget(slot)
    slot.resize(slot.sizeHint())
    return show(qtbot, slot, *slot.sizeHint().toTuple())


def test_a_dropped_point_is_taken(qtbot, slot):
    with qtbot.waitSignal(slot.taken) as taken:
        assert drop(slot, mime_of(POINT, picture()))
    assert taken.args == [POINT]


@pytest.mark.parametrize("text", ["", "not json", '{"seeds": 3}'])
def test_what_is_no_point_is_not_taken(qtbot, slot, text):
    data = QMimeData()
    data.setData("application/x-zscape-recipe", text.encode())
    with qtbot.assertNotEmitted(slot.taken):
        drop(slot, data)
    assert not drop(slot, QMimeData())


def test_a_place_that_only_shows_takes_nothing(qtbot):
    slot = show(qtbot, RecipeSlot("", takes=False), 100, 112)
    with qtbot.assertNotEmitted(slot.emptied):
        qtbot.keyClick(slot, Qt.Key.Key_Delete)
    assert not slot.acceptDrops()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_click_it(qtbot, slot, key):
    with qtbot.waitSignal(slot.clicked):
        qtbot.keyClick(slot, key)


def test_delete_empties_it_and_the_menu_key_asks_for_the_menu(qtbot, slot):
    with qtbot.waitSignal(slot.emptied):
        qtbot.keyClick(slot, Qt.Key.Key_Delete)
    centre = slot.rect().center()
    with qtbot.waitSignal(slot.menu_wanted):
        QApplication.sendEvent(slot, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, slot.mapToGlobal(centre)))


def test_a_drag_from_it_carries_its_point_and_its_picture(slot):
    slot.show_recipe(POINT, "1", stand_in=False)
    slot.show_picture(picture())
    data = slot.drag().mimeData()
    assert recipe_in(data) == POINT
    assert QImage(data.imageData()).pixelColor(3, 3).lightness() == 255


@pytest.mark.parametrize(("colour", "whole"), [(Qt.GlobalColor.white, 255), (Qt.GlobalColor.black, 0)])
def test_a_stand_in_is_half_faded_into_the_ground(slot, colour, whole):
    slot.clearFocus()
    slot.show_picture(picture(colour))
    slot.show_recipe(POINT, "1", stand_in=True)
    faded = slot.grab().toImage().pixelColor(slot.width() // 2, 40).lightness()
    slot.show_recipe(POINT, "1", stand_in=False)
    assert slot.grab().toImage().pixelColor(slot.width() // 2, 40).lightness() == whole
    ground = slot.palette().color(QPalette.ColorRole.Mid).lightness()
    assert min(ground, whole) < faded < max(ground, whole)
    assert slot.accessibleDescription() == "1"


def test_a_narrow_slot_is_lower_by_as_much(qtbot, slot):
    high = slot.height()
    slot.resize(slot.width() - 30, high)
    qtbot.waitUntil(lambda: slot.height() == high - 30)


@pytest.mark.parametrize("side", [28, 64])
def test_a_picture_of_any_size_fills_its_place(slot, side):
    slot.clearFocus()
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    slot.show_picture(image)
    slot.show_recipe(POINT, "1", stand_in=False)
    seen = slot.grab().toImage()
    box = [(x, y) for x in range(12, 88) for y in range(8, 84)]
    assert {seen.pixelColor(x, y).name() for x, y in box} == {"#ff0000"}


def test_the_small_one_keeps_its_size_in_a_strip(qtbot):
    strip = Strip()
    slot = SmallSlot("A")
    strip.add(slot, "A")
    show(qtbot, strip, 400, 40)
    assert slot.size() == slot.sizeHint()
    assert strip.height() == 40
