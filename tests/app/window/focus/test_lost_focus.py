"""When the focused widget is hidden, disabled or deleted, the pictures get the focus, not the first menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from stage import small_model, write_noise

from zscape.models.inputs.recipe import Recipe


def focus():
    return QApplication.focusWidget()


@pytest.fixture
def sheet(window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    return window.views[window.current_view].main_sheet()


def test_focus_is_kept_when_what_has_it_is_deleted_or_hidden(window, sheet, qtbot):
    button = QPushButton("for now", window.centre)
    button.show()
    button.setFocus()
    assert focus() is button
    button.deleteLater()
    del button
    qtbot.waitUntil(lambda: focus() is sheet)
    window.panels["latent"].first.rows.row(3).slider.setFocus()
    window.actions_by_name["panel latent"].trigger()
    assert focus() is sheet
    window.actions_by_name["panel latent"].trigger()
    window.panels["latent"].first.rows.row(3).slider.setFocus()
    window.show_view("train")
    QApplication.processEvents()
    assert not window.panels["latent"].isVisible()
    assert window.stack.isAncestorOf(focus())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert not window.header.isAncestorOf(focus())


def test_focus_returns_to_the_pictures_from_a_closed_part(window, sheet, qtbot, tmp_path):
    view = window.show_view("map")
    view.want({"source": "data", "data": write_noise(tmp_path / "some.npz")})
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map.complete and not view.maker.busy, timeout=60_000)
    view.session.edit_view("choose a range", view.state.with_brush("brightness", (0.0, 1.0)))
    cross = next(each for each in view.side.chosen.findChildren(QToolButton) if each.isVisible())
    cross.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert not cross.isVisible()
    assert focus() is view.main_sheet()


def test_a_button_that_is_greyed_by_the_keyboard(window, sheet, qtbot):
    window.session.edit_point("go", Recipe.seed(5))
    undo = next(
        each
        for each in window.header.findChildren(type(window.header.help))
        if each.defaultAction() is window.actions_by_name["undo"]
    )
    undo.setFocus(Qt.FocusReason.TabFocusReason)
    while undo.isEnabled():
        qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert focus() is sheet


def test_a_panel_that_is_made_anew_for_another_model(window, sheet, qtbot):
    window.panels["classes"].controls[0].chips[3].setFocus()
    with qtbot.waitSignal(window.session.model_changed, timeout=20_000):
        window.renderer.adopt(small_model())
    qtbot.waitUntil(lambda: focus() is not None and not window.header.isAncestorOf(focus()))
