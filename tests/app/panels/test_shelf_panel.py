"""The shelf and the history in the window, by mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QLineEdit, QMenu
from recipes import recipe, with_class
from stage import answer, drop

from zscape.app.panels.shelf.panel import ShelfPanel
from zscape.app.state.clipboard import mime_of
from zscape.app.state.shelf_state import FIRST, ShelfState, shelves
from zscape.models.inputs.recipe import Recipe

POINTS = tuple(with_class(recipe(seeds=((seed, 1.0),)), seed, 10) for seed in range(6))


@pytest.fixture
def panel(alone, qtbot):
    panel = alone(ShelfPanel)
    panel.session.edit_shelf("keep", POINTS)
    qtbot.waitUntil(lambda: len(panel.thumbs.recipes) == 6)
    qtbot.waitUntil(lambda: not panel.thumbs.picture(5).isNull())
    return panel


def shown(panel):
    return [POINTS.index(each) for each in panel.thumbs.recipes]


def tag(panel, place, words):
    panel.tag(POINTS[place], words)


def test_a_point_that_is_kept_comes_in_sight(panel, qtbot):
    panel.resize(280, 220)
    panel.session.edit_shelf("keep", tuple(with_class(recipe(seeds=((seed, 1.0),)), 1, 10) for seed in range(20, 40)))
    qtbot.waitUntil(lambda: panel.thumbs.height() > 2 * panel.area.viewport().height())
    assert panel.area.verticalScrollBar().value() == 0
    panel.session.keep(panel.session.point)
    qtbot.waitUntil(lambda: len(panel.thumbs.recipes) == 21)
    last = lambda: panel.thumbs.rect_of(20).toRect().translated(panel.thumbs.pos())  # noqa: E731
    qtbot.waitUntil(lambda: panel.area.viewport().rect().contains(last()))


def test_tags_are_found_and_seen(panel, qtbot):
    tag(panel, 1, "bold, mine")
    tag(panel, 4, "mine")
    qtbot.waitUntil(lambda: panel.thumbs.captions[1] == "1: bold, mine")
    accent = panel.palette().color(QPalette.ColorRole.Highlight)
    rect = panel.thumbs.rect_of(1)
    mark = QPoint(int(rect.left()) + 6, int(rect.bottom()) - 6)
    assert QColor(panel.thumbs.grab().toImage().pixelColor(mark)).rgb() == accent.rgb()
    panel.search.setFocus()
    qtbot.keyClicks(panel.search, "MINE")
    assert shown(panel) == [1, 4]
    qtbot.keyClicks(panel.search, " bold")
    assert shown(panel) == [1]
    qtbot.waitUntil(lambda: not panel.thumbs.picture(0).isNull())
    panel.search.clear()
    assert shown(panel) == list(range(6))
    panel.session.undo_stack.undo()
    assert panel.session.scene.view(ShelfState).tags_of(POINTS[4]) == ()
    assert panel.session.scene.view(ShelfState).tags_of(POINTS[1]) == ("bold", "mine")


def test_points_are_found_by_class_and_seed_and_nothing_says_so(panel, qtbot):
    qtbot.keyClicks(panel.search, "seed 3")
    assert shown(panel) == [3]
    qtbot.keyClicks(panel.search, "x")
    assert shown(panel) == []
    assert panel.thumbs.words == "No point on this shelf has these words."


def test_what_is_found_is_clicked_removed_and_moved_as_itself(panel, qtbot):
    for place in (1, 3, 5):
        tag(panel, place, "odd")
    panel.search.setText("odd")
    qtbot.mouseClick(panel.thumbs, Qt.MouseButton.LeftButton, pos=panel.thumbs.rect_of(1).center().toPoint())
    assert panel.session.point == POINTS[3]
    panel.thumbs.setFocus()
    qtbot.keyClick(panel.thumbs, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)  # moves 3 before 1
    assert [POINTS.index(each) for each in panel.session.scene.shelf] == [0, 3, 1, 2, 4, 5]
    qtbot.waitUntil(lambda: shown(panel) == [3, 1, 5])
    qtbot.keyClick(panel.thumbs, Qt.Key.Key_Delete)
    assert [POINTS.index(each) for each in panel.session.scene.shelf] == [0, 1, 2, 4, 5]
    qtbot.waitUntil(lambda: shown(panel) == [1, 5])


def test_several_shelves(panel, qtbot):
    panel.chooser.make("faces I like")
    assert panel.session.scene.shelf == ()
    panel.session.edit_point("go", POINTS[2])
    panel.session.keep(panel.session.point)
    assert shelves(panel.session.scene) == ((FIRST, POINTS), ("faces I like", (POINTS[2],)))
    qtbot.waitUntil(lambda: shown(panel) == [2])
    panel.chooser.fill()
    entries = {action.text(): action for action in panel.chooser.choices.actions()}
    assert entries["faces I like (1)"].isChecked()
    entries["Shelf (6)"].trigger()
    qtbot.waitUntil(lambda: shown(panel) == list(range(6)))
    with qtbot.waitSignal(panel.session.message):
        panel.chooser.make(FIRST)
    panel.chooser.rename("all")
    qtbot.waitUntil(lambda: panel.chooser.text().startswith("all"))
    panel.chooser.remove()
    assert shelves(panel.session.scene) == (("faces I like", (POINTS[2],)),)
    panel.session.undo_stack.undo()
    assert [name for name, _ in shelves(panel.session.scene)] == ["all", "faces I like"]


def test_the_menu_of_a_kept_point_tags_it_and_moves_it(panel, qtbot, monkeypatch):
    panel.chooser.make("second")
    panel.chooser.choose(FIRST)
    qtbot.waitUntil(lambda: shown(panel) == list(range(6)))
    panel.thumbs.menu_asked.emit(2, panel.thumbs.mapToGlobal(QPoint(5, 5)))
    menu = panel.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    entries = {action.text(): action for action in menu.actions()}
    answer(monkeypatch, "sharp, bold")
    entries["Tags…"].trigger()
    assert panel.session.scene.view(ShelfState).tags_of(POINTS[2]) == ("sharp", "bold")
    (second,) = entries["Move to shelf"].menu().actions()
    second.trigger()
    menu.close()
    assert shelves(panel.session.scene)[1] == ("second", (POINTS[2],))
    assert POINTS[2] not in panel.session.scene.shelf


def test_a_tag_that_is_too_long_is_a_line(panel, qtbot):
    with qtbot.waitSignal(panel.session.message):
        tag(panel, 0, "x" * 41)
    assert panel.session.scene.view(ShelfState) == ShelfState()


def test_a_tile_is_dropped_where_it_is_found(panel, qtbot):
    tag(panel, 0, "odd")
    panel.search.setText("odd")
    new = with_class(recipe(seeds=((9, 1.0),)), 9, 10)
    assert drop(panel.thumbs, mime_of(new, QImage(28, 28, QImage.Format.Format_RGB32)))
    assert new in panel.session.scene.shelf


@pytest.fixture
def history(window, qtbot):
    for point in POINTS[:3]:
        window.session.edit_point("go", point)
    window.docks["history"].chevron.click()
    history = window.panels["history"]
    qtbot.waitUntil(lambda: list(history.thumbs.recipes[:2]) == [POINTS[1], POINTS[0]])
    qtbot.waitUntil(lambda: not history.thumbs.picture(1).isNull())
    return history


def test_a_click_in_the_history_goes_back_in_one_step_and_it_is_only_looked_at(window, history, qtbot):
    count = window.session.undo_stack.count()
    assert len(history.thumbs.recipes) == 3  # including the point with which the window started
    qtbot.mouseClick(history.thumbs, Qt.MouseButton.LeftButton, pos=history.thumbs.rect_of(1).center().toPoint())
    assert window.session.point == POINTS[0]
    assert window.session.undo_stack.count() == count + 1
    qtbot.waitUntil(lambda: list(history.thumbs.recipes[:2]) == [POINTS[2], POINTS[1]])
    window.actions_by_name["undo"].trigger()
    assert window.session.point == POINTS[2]
    history.thumbs.setFocus()
    before = tuple(history.thumbs.recipes)
    qtbot.keyClick(history.thumbs, Qt.Key.Key_Delete)
    qtbot.keyClick(history.thumbs, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert tuple(history.thumbs.recipes) == before
    assert not history.thumbs.acceptDrops()
    corner = history.thumbs.cross_of(0).center().toPoint()
    qtbot.mouseClick(history.thumbs, Qt.MouseButton.LeftButton, pos=corner)
    assert window.session.point == before[0]


def test_its_pictures_are_those_of_the_points(window, history, qtbot):
    qtbot.waitUntil(lambda: not history.thumbs.picture(0).isNull())
    window.show_view("image")
    window.session.edit_point("go", POINTS[1])
    sheet = window.views["image"].sheet
    qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.recipe(0) == POINTS[1])
    picture = history.pictures.picture(POINTS[1])
    assert picture == sheet.tile_image(0)


def test_a_click_on_a_tab_leaves_the_field_and_letters_are_shortcuts_again(window, qtbot):
    panel = window.panels["shelf"]
    window.session.keep(window.session.point)
    panel.search.setFocus()
    qtbot.keyClicks(panel.search, "odd")
    tabs = window.tabs
    index = next(place for place in range(tabs.count()) if tabs.tabData(place) == "style-sweep")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(index).center())
    qtbot.waitUntil(lambda: not panel.search.hasFocus(), timeout=5_000)
    assert window.current_view == "style-sweep"
    assert not isinstance(window.focusWidget(), QLineEdit)


def test_a_move_of_the_point_leaves_a_full_shelf_alone(panel, qtbot, monkeypatch):
    """The panel once compared all points at each move: five hundred points halved the frame rate."""
    compared = []
    equal = Recipe.__eq__
    panel.session.edit_shelf("fill", tuple(recipe(seeds=((seed, 1.0),)) for seed in range(100)))
    qtbot.waitUntil(lambda: len(panel.thumbs.recipes) == 100)
    with monkeypatch.context() as counting:
        counting.setattr(Recipe, "__eq__", lambda self, other: compared.append(self) or equal(self, other))
        panel.session.edit_point("move", with_class(panel.session.point, 3, 10))
        panel.refresh()  # now instead of later
    assert len(compared) < 100
    panel.session.keep(panel.session.point)
    qtbot.waitUntil(lambda: len(panel.thumbs.recipes) == 101)
