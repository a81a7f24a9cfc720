"""The window's tooltips for controls and actions, and the search for actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollBar,
    QTabBar,
    QToolButton,
)
from recipes import z

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.views import VIEWS
from zscape.app.widgets.controls.menu_button import ARROW, MenuButton
from zscape.app.widgets.greyed import why_greyed
from zscape.app.window.help.label_tips import tip_of
from zscape.app.work.directions.directions import use
from zscape.models.inputs.directions import Direction


def test_every_control_and_label_of_every_view_says_what_it_does_and_menus_look_alike(window):
    for name in VIEWS:
        view = window.show_view(name)
        if VIEWS[name].lacks(window.session.space):
            continue  # the small model of these tests cannot fill this view
        kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)
        silent = []
        for widget in [each for kind in kinds for each in window.findChildren(kind)]:
            if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
                continue
            if isinstance(widget.parent(), QAbstractSpinBox | QTabBar | QComboBox | QLineEdit):  # Qt's own parts of controls
                continue
            if not widget.toolTip():
                silent.append(f"{widget!r} in {widget.parent()!r} has no tooltip")
            if widget.isVisible() and why_greyed(widget) == "":
                silent.append(f"{widget!r} in {widget.parent()!r} does not say why it is greyed")
            if not (widget.accessibleName() or getattr(widget, "text", str)()):
                silent.append(f"{widget!r} has no name")
        assert not silent, (name, silent)
        assert window.current_view == name
        assert view is window.views[name]
    named = {label.text(): tip_of(label) for label in window.findChildren(QLabel)}
    for name in ("Seed", "Truncation", "Columns", "Class", "Found", "Error", "Pen", "Reconstruction", "Name", "Family", "Steps"):
        assert named[name], name
    check_menu_buttons(window)


def check_menu_buttons(window):
    """Every button with a menu is of that kind, and shows the arrow."""
    window.timeline.show_or_hide()
    QApplication.processEvents()
    instant = QToolButton.ToolButtonPopupMode.InstantPopup
    found = [each for each in window.findChildren(QToolButton) if each.popupMode() == instant and each.menu() is not None]
    assert len(found) > 12
    assert [each.accessibleName() for each in found if not isinstance(each, MenuButton)] == []
    framed = [each for each in found if not each.text().startswith("&") and each.property("role") != "link"]  # not the menu bar
    said = [each.text() for each in framed if each.text()]
    assert len(said) > 8
    assert [words for words in said if not words.endswith(ARROW)] == []
    assert not [each.text() for each in window.findChildren(QPushButton) if isinstance(each.menu(), QMenu)]


def test_every_action_says_what_it_does_and_no_two_share_a_key(window):
    actions = window.actions_by_name.by_name
    keys = [action.shortcut().toString() for action in actions.values() if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert all(action.toolTip() and action.text() for action in actions.values())
    greyed = {name: window.actions_by_name.lacks(name) for name, action in actions.items() if not action.isEnabled()}
    assert greyed.keys() >= {"undo", "redo", "view style-mixing"}
    assert "film_type" not in greyed
    assert all(reason and actions[name].toolTip() == reason for name, reason in greyed.items())
    window.session.edit_shelf("keep", (window.session.point,))
    assert actions["undo"].toolTip() == f"Undo the last change ({window.actions_by_name.keys('undo')})"


def test_the_search_says_when_nothing_fits_and_with_tips_why_an_action_is_disabled(window, qtbot):
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "sourdough")
    popup = search.completer().popup()
    assert popup.isVisible()
    lines = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert len(lines) == 1
    assert "sourdough" in lines[0]
    scene = window.session.scene
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.session.scene == scene
    search.selectAll()
    qtbot.keyClicks(search, "re-r")
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == ["Re-roll   R"]
    search.selectAll()
    qtbot.keyClicks(search, "reset all coord")
    (line,) = (popup.model().index(row, 0) for row in range(popup.model().rowCount()))
    assert line.data().endswith("No coordinate has been moved")
    assert not line.flags() & Qt.ItemFlag.ItemIsEnabled
    popup.hide()
    window.show_view("image")
    view = window.views["image"]
    assert view.fit.toolTip() == "All of it is shown already"
    view.sheet.zoomed.emit(True)
    assert view.fit.toolTip().startswith("Show all of it again")


def test_the_search_field_does_what_it_finds(window, qtbot):
    """By keys, by a click in it, by Tab into it, by arrows in the list and by a click in the list."""
    search, stack = window.header.search, window.session.undo_stack
    for done, way in enumerate(("key", "click", "tab", "arrow", "list")):
        window.centre.take_focus()
        match way:
            case "key" | "arrow" | "list":
                window.actions_by_name["search"].trigger()
            case "click":
                qtbot.mouseClick(search, Qt.MouseButton.LeftButton)
                assert search.completer().popup().isVisible()
            case "tab":
                search.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClicks(search, "re-roll")
        popup = search.completer().popup()
        match way:
            case "arrow":
                qtbot.keyClick(popup, Qt.Key.Key_Down)
                qtbot.keyClick(popup, Qt.Key.Key_Return)
            case "list":
                place = popup.visualRect(popup.model().index(0, 0)).center()
                qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
            case _:
                qtbot.keyClick(search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda done=done: stack.count() > done)
        for _ in range(3):
            QApplication.processEvents()
        assert stack.count() == done + 1, f"{way}: it is done only once"
        assert z(window.session.point).seed != DEFAULT_POINT.root
        assert search.text() == "", way


def test_search_finds_menu_choices_by_their_purpose(window, qtbot):
    model = window.session.model
    name = f"z{model.spec.z_size}"
    use(window.context, [Direction(name, "z", (1.0,) * model.spec.z_size)])
    qtbot.waitUntil(lambda: name in window.session.space.directions)
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "lock")
    popup = search.completer().popup()
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == [
        f"Directions: Lock directions: {name}"
    ]
    popup.hide()


def test_button_tips_do_not_replace_a_message(window, qtbot):
    status, tabs = window.status, window.tabs
    button = next(each for each in window.header.findChildren(QToolButton) if each.defaultAction() is not None)
    tip = button.defaultAction().statusTip()
    window.session.message.emit("Saved digits.png.", False)
    for place in (button, tabs, button):
        qtbot.mouseMove(place)
        assert status.currentMessage() == "Saved digits.png."
    qtbot.mouseMove(tabs)
    status.clearMessage()  # as when its time is over
    qtbot.mouseMove(button)
    assert status.currentMessage() == tip
    qtbot.mouseMove(tabs)
    assert status.currentMessage() == ""
    qtbot.mouseMove(button)
    window.session.message.emit("Saved digits.png.", False)
    qtbot.mouseMove(tabs)
    assert status.currentMessage() == "Saved digits.png."
