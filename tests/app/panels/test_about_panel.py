"""The panel about a tile: it describes tiles of the open model, and of no other."""

from dataclasses import replace
from itertools import groupby

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFormLayout
from stage import show, small_model
from window_stage import sheet_of

from zscape.app.panels.about import HINT, AboutPanel
from zscape.app.views.class_sweep.view import ClassSweepView
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.app.work.rest import REST_MS
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.recipe import Recipe


@pytest.fixture
def sheet(qtbot, context, alone):
    """A sheet of the open model without the window."""
    view = show(qtbot, ClassSweepView(context), 900, 560)
    return view.sheet


@pytest.fixture
def about(qtbot, alone, sheet):
    about = alone(AboutPanel)
    qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.complete)
    sheet.hovered.emit(30)
    assert about.top.isVisible()
    return about


def is_empty(about):
    return (
        about.tile is None
        and not about.top.isVisible()
        and about.words.text() == HINT
        and not any(button.isEnabled() for button in (*about.buttons.values(), about.use))
    )


def test_a_tile_of_the_model_before_is_forgotten(qtbot, about):
    with qtbot.waitSignal(about.session.model_changed, timeout=10_000):
        about.context.renderer.adopt(small_model())
    assert is_empty(about)


def test_a_tile_of_a_model_with_the_same_inputs_is_forgotten_too(qtbot, about, sheet):
    other = replace(about.session.model, generator=small_model(seed=1).generator)
    about.session.adopt(other, None, "cpu")
    assert is_empty(about)
    about.session.tile_pointed.emit(None)
    sheet.hovered.emit(31)  # the sheet still shows the pictures of the previous model
    assert is_empty(about)


def test_a_new_direction_keeps_it(about):
    about.session.adopt(replace(about.session.model), None, "cpu")
    assert about.tile is not None
    assert about.top.isVisible()


def test_a_menu_lists_what_views_can_do_with_the_tile(about):
    tile = about.tile
    assert set(about.buttons) | set(about.use.choices) == set(TILE_ACTIONS)
    about.use.choices["target"].trigger()
    assert about.session.scene.view(StyleSweepState).target == tile.recipe
    row = about.use.choices["mix-row"]
    assert not row.isEnabled()  # the model has no styles
    assert row.toolTip() == TILE_ACTIONS["mix-row"].lacks(about.session.space)


def test_its_facts_are_readable_in_a_narrow_panel_too(about):
    for width, room, number in ((200, 40, "1799034303"), (264, 60, "1799034403")):
        about.resize(width, 300)
        about.session.tile_pointed.emit(replace(about.tile, recipe=Recipe.seed(int(number))))
        about.top.layout().activate()
        about.facts.activate()
        seed = about.values["Seed"]
        assert seed.width() >= room
        assert seed.toolTip() == number
        assert seed.text().startswith("17")
        assert seed.text().endswith("03")


def test_it_follows_the_picture_under_a_mouse_that_rests(window, qtbot, painted):
    sheet, about = sheet_of(window), window.panels["about"]
    qtbot.mouseMove(sheet, sheet.tile_rect(12).center().toPoint())
    qtbot.waitUntil(lambda: about.tile is not None)
    before = about.tile
    painted(lambda: qtbot.keyClick(window, Qt.Key.Key_R))
    qtbot.waitUntil(lambda: about.tile.recipe == sheet.recipe(12))
    assert about.tile.recipe != before.recipe
    assert about.tile.image != before.image


def test_tiles_crossed_on_the_way_to_the_panel_are_ignored(window, qtbot):
    sheet, about = sheet_of(window), window.panels["about"]
    places = [sheet.tile_rect(tile).center().toPoint() for tile in (11, 12, 13, 14)]
    qtbot.mouseMove(sheet, places[0])
    qtbot.waitUntil(lambda: about.tile is not None)
    told = []
    window.session.tile_pointed.connect(told.append)
    for place in places[1:]:
        qtbot.mouseMove(sheet, place)
    qtbot.mouseMove(about, about.rect().center())
    QApplication.sendEvent(sheet, QEvent(QEvent.Type.Leave))
    seen = [recipe for recipe, _ in groupby(tile.recipe for tile in told if tile)]  # a new frame reports the same tile again
    assert [recipe for recipe in seen if recipe != sheet.recipe(11)] == [sheet.recipe(tile) for tile in (12, 13, 14)]
    assert told[-1] is None
    ticks = []
    timer = QTimer(interval=3 * REST_MS, singleShot=True)
    timer.timeout.connect(lambda: ticks.append(True))
    timer.start()
    qtbot.waitUntil(lambda: bool(ticks))
    assert about.tile.recipe == sheet.recipe(11)
    qtbot.mouseMove(sheet, places[3])
    qtbot.waitUntil(lambda: about.tile.recipe == sheet.recipe(14))  # the mouse rests there


def test_it_follows_the_tile_that_the_keyboard_is_on(window, qtbot, painted):
    sheet, about = sheet_of(window), window.panels["about"]
    sheet.setFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    painted(lambda: qtbot.keyClick(sheet, Qt.Key.Key_R))
    qtbot.waitUntil(lambda: about.tile.recipe == sheet.recipe(1))


def test_the_tip_of_every_fact_says_what_it_is_and_has_all_of_what_does_not_fit(about):
    names = [about.facts.itemAt(row, QFormLayout.ItemRole.LabelRole).widget() for row in range(about.facts.rowCount())]
    assert {"Seed", "Length", "Trunc."} <= {name.text() for name in names}
    for name in names:
        assert name.toolTip(), name.text()
    classes = about.session.space.first(Classes)
    mixed = ClassesValue((0.55, *[0.05] * (len(classes.labels) - 1)))
    about.session.tile_pointed.emit(replace(about.tile, recipe=about.tile.recipe.with_value(classes.name, mixed)))
    shown = about.values["Class"]
    assert shown.toolTip() == classes.describe(mixed)
    assert "…" in shown.text()
    assert shown.fontMetrics().horizontalAdvance(shown.text()) <= shown.width()
