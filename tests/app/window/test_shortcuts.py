"""The search for everything, the page of shortcuts, and that no shortcut is lost in a field."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QSlider, QToolButton, QWidget
from recipes import z

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.fields import field_of
from zscape.app.window.commands.actions import Actions, ActionSpec
from zscape.app.window.commands.key_rules import refusal, remark
from zscape.app.window.commands.shortcuts import ShortcutsPage
from zscape.app.window.main_window import MainWindow
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.edits import animate_shelf

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, window):
    window.actions_by_name["shortcuts"].trigger()
    page = window.findChild(ShortcutsPage)
    with qtbot.waitExposed(page):
        pass
    yield page
    page.close()


def lines(window):
    popup = window.header.search.completer().popup()
    return [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]


def keys_in(page, words):
    """The shortcut beside an action in the list."""
    return [item.text(1) for item in page.list.findItems(words, Qt.MatchFlag.MatchExactly)]


def press(widget, keys):
    """Send `keys` to the window, as the system does."""
    pressed = QKeySequence(keys)[0]
    QTest.keyClick(widget.window().windowHandle(), pressed.key(), pressed.keyboardModifiers())


# The search


def test_every_action_is_found_with_its_keys_and_buttons_and_lists_too(window, qtbot):
    search = window.header.search
    search.start()
    found = lines(window)
    for name, action in window.actions_by_name.by_name.items():
        if action.isEnabled():
            words = action.text().replace("&", "").rstrip("…")
            assert f"{words}   {window.actions_by_name.keys(name)}".rstrip() in found, name
    assert "Device: CPU" in found
    assert any(line.startswith("Model: tiny") for line in found)
    assert "Classes: Class 3" in found
    fields = ("truncation", "seed", "columns")
    assert all(any(field in line.lower() for line in found) for field in fields), found
    assert not any(line.startswith("Latent: Re-roll") for line in found)  # the action is listed instead
    qtbot.keyClicks(search, "3 classes")  # words in any order
    assert lines(window)[0] == "Classes: Class 3"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.session.point.get("class").weights[3] == 1


def test_a_slider_that_is_found_has_the_keyboard(window, qtbot):
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "latent truncation")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    slider = window.focusWidget()
    assert isinstance(slider, QSlider)
    before = window.session.point
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert window.session.point != before


def test_search_lists_disabled_actions_with_the_reason_and_what_was_open_lately(window, qtbot, tmp_path):
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "undo")
    first = search.completer().popup().model().index(0, 0)
    assert lines(window)[0].startswith("Undo")
    assert lines(window)[0].endswith("Nothing has been changed yet")
    assert not first.flags() & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert search.text() == "undo"
    window.actions_by_name["roll"].trigger()
    search.start()
    qtbot.keyClicks(search, "undo")
    assert first.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.session.point == DEFAULT_POINT
    search.start()
    qtbot.keyClicks(search, "show style mixing")
    assert "no styles to mix" in lines(window)[0]  # a view that this model cannot fill
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    path = tmp_path / "evening.zscape"
    window.opener.save_session(path)
    window.actions_by_name["roll"].trigger()
    window.header.search.start()
    qtbot.keyClicks(window.header.search, "recent evening")
    assert lines(window) == ["Recent: evening.zscape"]
    qtbot.keyClick(window.header.search, Qt.Key.Key_Return)
    assert window.session.point == DEFAULT_POINT


# The page


def test_new_keys_hold_at_once_and_in_the_next_window_and_so_does_their_removal(page, window, qtbot, home, tiny_model):
    page.choose("roll")
    page.keys.setFocus()
    press(page.keys, "Ctrl+J")
    assert keys_in(page, "Re-roll") == ["Ctrl+J"]
    assert "(Ctrl+J)" in window.actions_by_name["roll"].toolTip()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, "R")
    assert window.session.point == DEFAULT_POINT
    press(window, "Ctrl+J")
    assert window.session.point != DEFAULT_POINT
    page.choose("keep")
    qtbot.mouseClick(page.none, LEFT)
    assert window.actions_by_name.keys("keep") == ""
    window.settings.sync()
    again = MainWindow(Settings(home), model=str(tiny_model))
    assert (again.actions_by_name.keys("roll"), again.actions_by_name.keys("keep")) == ("Ctrl+J", "")
    again.deleteLater()
    qtbot.mouseClick(page.reset, LEFT)
    assert window.actions_by_name.keys("keep") == "K"


def test_a_conflict_is_said_and_nothing_changes_until_it_is_taken(page, window, qtbot):
    page.choose("keep")
    page.keys.setKeySequence(QKeySequence("R"))
    assert "Re-roll" in page.words.text()
    assert (window.actions_by_name.keys("keep"), window.actions_by_name.keys("roll")) == ("K", "R")
    page.keys.setKeySequence(QKeySequence("K"))  # its own keys: nothing is to be taken
    assert not page.take.isVisible()
    page.keys.setKeySequence(QKeySequence("R"))
    qtbot.mouseClick(page.take, LEFT)
    assert (window.actions_by_name.keys("keep"), window.actions_by_name.keys("roll")) == ("R", "")
    assert not page.take.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, "R")
    assert window.session.scene.shelf == (DEFAULT_POINT,)
    page.choose("roll")
    qtbot.mouseClick(page.reset, LEFT)
    assert "Keep point" in page.words.text()  # the action that has those keys now
    qtbot.mouseClick(page.every, LEFT)
    assert (window.actions_by_name.keys("keep"), window.actions_by_name.keys("roll")) == ("K", "R")
    assert not page.every.isEnabled()


def test_the_users_keys_take_precedence_over_defaults(qtbot, home):
    settings = Settings(home)
    settings.keep("keys late", "D")
    settings.keep("keys odd", "no such key!")
    settings.keep("keys twice", "D")
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner, settings)
    for name, keys in (("drift", "D"), ("late", "L"), ("twice", "T"), ("other", "D"), ("odd", "O")):
        actions.add(ActionSpec(name, name.title(), "A tip", keys), lambda: None)
    assert [actions.keys(name) for name in ("drift", "late", "twice", "other")] == ["", "D", "", ""]
    assert actions.keys("odd") == "O"  # an unreadable entry is ignored


def test_keys_with_a_second_meaning_get_a_remark():
    assert refusal(QKeySequence("F5")) == refusal(QKeySequence("Ctrl+Left")) == refusal(QKeySequence("G")) == ""
    assert "text" in remark(QKeySequence("Ctrl+C"))
    assert "letter" in remark(QKeySequence("G"))
    assert "tile" in remark(QKeySequence("C"))
    assert remark(QKeySequence("F5")) == ""


def test_the_page_is_searched_refuses_keys_of_fields_and_tips_say_the_new_ones(page, window, qtbot):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "ctrl+k")
    assert page.chosen == "search"
    page.search.setText("gibberish")
    assert page.chosen == ""
    assert "Try a shorter one" in page.words.text()
    assert not page.keys.isEnabled()
    page.search.clear()
    assert page.chosen
    page.choose("roll")
    for keys in ("Tab", "Return", "Left", "Space", "5", "-", "Shift+Home", "Del", "Alt+F"):
        page.keys.setKeySequence(QKeySequence(keys))
        assert keys in page.words.text()
        assert window.actions_by_name.keys("roll") == "R", keys
    page.choose("search")
    page.keys.setKeySequence(QKeySequence("Ctrl+J"))
    assert window.header.search.placeholderText().endswith("Ctrl+J")
    roll = next(each for each in window.findChildren(QToolButton) if each.accessibleName() == "Re-roll")
    window.actions_by_name["timeline"].trigger()
    qtbot.waitUntil(window.timeline.isVisible)
    play = next(each for each in window.findChildren(QToolButton) if each.accessibleName() == "Play")
    shelf = window.docks.panels["shelf"].thumbs
    assert roll.toolTip().endswith("(R)")
    assert not play.isEnabled()
    assert shelf.words.startswith("Press K to keep")
    for name, keys in {"roll": "F9", "play": "F10", "keep": "F12"}.items():
        page.choose(name)
        page.keys.setKeySequence(QKeySequence(keys))
    assert roll.toolTip().endswith("(F9)")
    assert "no timeline" in play.toolTip()
    window.session.edit_timeline("animate", animate_shelf([Recipe(), DEFAULT_POINT], window.session.space))
    assert play.toolTip() == "Play (F10)"
    assert shelf.words.startswith("Press F12 to keep")
    qtbot.mouseClick(page.none, LEFT)
    assert "Keep point" in shelf.words
    page.choose("view image")
    page.keys.setKeySequence(QKeySequence("F8"))
    assert window.tabs.tabToolTip(0).endswith("(F8)")


# In fields


def test_no_shortcut_dies_in_a_field(window, qtbot):
    """Every shortcut reaches the window from every kind of field, except letters and text editing keys in a line edit."""
    kinds = {
        "number": window.panels["latent"].findChild(QAbstractSpinBox),
        "choice": window.header.models,
        "slider": next(each for each in window.panels["latent"].findChildren(QSlider) if each.isVisible()),
        "text": next(each for each in window.panels["latent"].findChildren(QLineEdit) if field_of(each) is each),
    }
    fired = []
    for name, action in window.actions_by_name.by_name.items():
        action.blockSignals(True)  # this tests only whether the key arrives
        action.setEnabled(True)
        action.blockSignals(False)
        action.triggered.disconnect()
        action.triggered.connect(lambda *_, name=name: fired.append(name))
    window.activateWindow()
    QGuiApplication.clipboard().clear()
    for kind, field in kinds.items():
        for name, action in window.actions_by_name.by_name.items():
            keys = action.shortcut()
            if keys.isEmpty():
                continue
            types = (
                not keys[0].keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier and len(keys.toString().split("+")[-1]) == 1
            )
            if types and kind in ("text", "choice"):
                continue  # the letter is typed there, or finds an entry
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.deselect()
            assert window.focusWidget() is not None
            fired.clear()
            press(window, keys.toString())
            assert fired == [name], (kind, keys.toString())


def test_a_line_of_text_keeps_what_changes_it(window, qtbot):
    window.activateWindow()
    search = next(each for each in window.panels["latent"].findChildren(QLineEdit) if field_of(each) is each)
    window.actions_by_name["roll"].trigger()
    rolled = window.session.point
    search.setFocus()
    QTest.keyClicks(search, "slant")
    press(window, "Ctrl+Z")
    assert search.text() == ""
    assert window.session.point == rolled
    press(window, "Ctrl+Z")  # the field has nothing left to undo
    assert z(window.session.point) == z(DEFAULT_POINT)
    data = QMimeData()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(data)
    press(window, "Ctrl+V")
    qtbot.waitUntil(lambda: window.current_view == "restyle")
    QGuiApplication.clipboard().clear()
