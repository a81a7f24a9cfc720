"""The window as a user meets it: by mouse and keyboard, checked in its pixels."""

import json
import sys

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QToolButton,
)
from recipes import weights, with_seed, z

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.views import VIEWS
from zscape.app.views.restyle.state import RestyleState
from zscape.app.widgets import theme
from zscape.app.widgets.greyed import why_greyed
from zscape.app.work.directions import use
from zscape.models.inputs.directions import Direction

BAD = [b"", b"\x80\x04\x95evil", b'{"format": 99}', b'{"format": 1, "scene": {"columns": "x"}}', b"hello there", b"PK\x03\x04cut"]


def sheet_of(window):
    return window.views[window.current_view].sheet


def shown(widget):
    """What a widget shows, as an array [H, W, 4]."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return (
        np.frombuffer(image.constBits(), np.uint8)
        .reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]
        .copy()
    )


def drop(window, data):
    position = QPointF(window.rect().center())
    event = QDropEvent(position, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_newcomer_sees_a_drawn_class_sweep(window):
    assert window.current_view == "class-sweep"
    sheet = sheet_of(window)
    assert sheet.tiles == 100
    picture = shown(sheet)[..., :3].reshape(-1, 3)
    assert len(np.unique(picture, axis=0)) > 50  # pictures, not a flat canvas
    assert window.first_paint < window.first_image


def test_the_pixels_on_screen_are_those_of_the_frame(window):
    sheet = sheet_of(window)
    zoom, rect = int(sheet.zoom()), sheet.picture_rect().toRect()
    on_screen = shown(sheet)[rect.top() : rect.bottom() + 1 : zoom, rect.left() : rect.right() + 1 : zoom, :3]
    assert np.array_equal(on_screen, sheet.frame.pixels[..., :3])


def test_a_slider_changes_every_picture_and_one_undo_takes_the_drag_back(window, painted, qtbot):
    before = sheet_of(window).frame.images.copy()
    start = window.session.scene
    row = window.panels["latent"].first.rows.row(3)
    assert row.label.text() == "slant"  # named coordinates are on top
    row.slider.sliderPressed.emit()

    def drag():
        for value in (1.0, 2.0, 3.5):
            row.slider.setValue(int(value * 100))

    sheet = painted(drag)  # possibly of an intermediate value, at which some pictures have not changed
    row.slider.sliderReleased.emit()
    qtbot.waitUntil(lambda: all((before[k] != sheet.frame.images[k]).any() for k in range(100)))
    assert dict(z(window.session.point).coordinates) == {3: 3.5}
    qtbot.waitUntil(lambda: row.spin.value() == 3.5)
    painted(lambda: window.actions_by_name["undo"].trigger())
    assert window.session.scene == start
    assert np.array_equal(sheet_of(window).frame.images, before)
    assert not window.actions_by_name["undo"].isEnabled()


def test_the_keyboard_rolls_keeps_and_undoes(window, painted, qtbot):
    sheet = sheet_of(window)
    sheet.setFocus()
    painted(lambda: qtbot.keyClick(window, Qt.Key.Key_R))
    rolled = window.session.point
    assert z(rolled).seed != z(DEFAULT_POINT).seed
    qtbot.keyClick(window, Qt.Key.Key_K)
    assert window.session.scene.shelf == (rolled,)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert z(window.session.point).seed == z(DEFAULT_POINT).seed
    assert window.session.scene.shelf == ()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()


def test_a_letter_typed_into_a_field_is_no_shortcut(window, qtbot):
    search = window.panels["latent"].first.search
    search.setFocus()
    qtbot.keyClicks(search, "rk")
    assert search.text() == "rk"
    assert z(window.session.point).seed == z(DEFAULT_POINT).seed
    assert window.session.scene.shelf == ()


def test_a_click_on_a_tile_goes_there_and_a_double_click_opens_it(window, qtbot):
    sheet = sheet_of(window)
    place = sheet.tile_rect(35).center().toPoint()
    wanted = sheet.recipe(35)
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=place)
    assert window.session.point == wanted
    qtbot.mouseDClick(sheet, Qt.MouseButton.LeftButton, pos=place)
    assert window.current_view == "image"
    qtbot.waitUntil(lambda: sheet_of(window).tiles == 1)


def test_the_mouse_over_a_tile_tells_what_it_is(window, qtbot):
    sheet, about = sheet_of(window), window.panels["about"]
    qtbot.mouseMove(sheet, sheet.tile_rect(30).center().toPoint())
    assert about.values["Class"].text() == "3"
    assert about.values["Seed"].text() == str(z(DEFAULT_POINT).seed)
    about.buttons["keep"].click()
    assert window.session.scene.shelf == (sheet.recipe(30),)
    qtbot.waitUntil(lambda: not window.panels["shelf"].thumbs.picture(0).isNull())


def test_every_control_of_every_view_says_what_it_does(window):
    for name in VIEWS:
        if VIEWS[name].lacks(window.session.space):
            continue  # the small model of these tests cannot fill this view
        view = window.show_view(name)
        kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)
        silent = []
        for widget in window.findChildren(object):
            if not isinstance(widget, kinds) or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
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


def test_what_cannot_be_done_is_found_with_why_and_says_it_as_its_tip(window, qtbot):
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "reset all coord")
    popup = search.completer().popup()
    (line,) = (popup.model().index(row, 0) for row in range(popup.model().rowCount()))
    assert line.data().endswith("No coordinate has been moved")
    assert not line.flags() & Qt.ItemFlag.ItemIsEnabled
    popup.hide()
    window.show_view("image")
    view = window.views["image"]
    assert view.fit.toolTip() == "All of it is shown already"
    view.sheet.zoomed.emit(True)
    assert view.fit.toolTip().startswith("Show all of it again")


@pytest.mark.parametrize("way", ["key", "click", "tab", "arrow", "list"])
def test_the_search_field_does_what_it_finds(window, qtbot, way):
    search = window.header.search
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
    qtbot.waitUntil(lambda: z(window.session.point).seed != DEFAULT_POINT.root)
    for _ in range(3):
        QApplication.processEvents()
    assert window.session.undo_stack.count() == 1  # it is done only once
    assert search.text() == ""


def test_what_menus_offer_to_choose_is_found_by_what_it_is_for(window, qtbot):
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


def test_the_mouse_over_a_button_leaves_a_message_and_says_what_it_does_when_there_is_none(window, qtbot):
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


def test_the_search_field_says_when_nothing_fits(window, qtbot):
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
    popup.hide()


def test_desktops_find_the_icon(window):
    theme.set_up(QApplication.instance())
    icon = QApplication.windowIcon()
    assert not icon.pixmap(48, 48).isNull()
    assert not window.windowIcon().isNull()


def test_it_fits_a_small_screen(window):
    window.resize(1280, 720)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    assert sheet_of(window).zoom() == 2


def test_the_next_start_goes_on_where_this_one_stopped(window, start, tiny_model, painted):
    painted(lambda: window.session.edit_point("seed", with_seed(window.session.point, 42)))
    window.show_view("image")
    window.docks["model"].fold(True)
    window.resize(900, 640)
    window.close()
    again = start(tiny_model)
    assert z(again.session.point).seed == 42
    assert again.current_view == "image"
    assert again.docks["model"].is_folded
    assert again.height() == 640


def test_dropped_files_are_told_apart_by_content(window, qtbot, tmp_path, tiny_model):
    session = tmp_path / "looks-like.png"
    window.session.edit_point("seed", with_seed(window.session.point, 9))
    window.opener.save_session(session)
    window.session.edit_point("seed", with_seed(window.session.point, 10))
    drop(window, files(session))
    assert z(window.session.point).seed == 9

    latents = tmp_path / "z.npz"
    np.savez(latents, z=np.ones((3, 12), np.float32) * np.arange(1, 4)[:, None], labels=np.array([1, 2, 3]))
    drop(window, files(latents))
    assert [weights(recipe).index(1.0) for recipe in window.session.scene.shelf] == [1, 2, 3]

    model = tmp_path / "renamed.bin"
    model.write_bytes(tiny_model.read_bytes())
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        drop(window, files(model))
    assert window.session.model_path == model


def test_a_dropped_picture_goes_to_the_restyle_view(window, qtbot, tmp_path):
    image = QImage(28, 28, QImage.Format.Format_Grayscale8)
    image.fill(0)
    for y in range(6, 22):
        for x in (13, 14, 15):
            image.setPixel(x, y, 0xFFFFFF)
    path = tmp_path / "one.png"
    image.save(str(path))
    drop(window, files(path))
    assert window.current_view == "restyle"
    qtbot.waitUntil(lambda: window.session.scene.view(RestyleState).given is not None, timeout=10_000)


@pytest.mark.parametrize("content", BAD)
def test_a_bad_file_is_told_in_the_window_and_changes_nothing(window, qtbot, tmp_path, content):
    path = tmp_path / "bad"
    path.write_bytes(content)
    scene = window.session.scene
    drop(window, files(path))
    qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
    assert str(path) in window.message_bar.label.text()
    assert window.session.scene == scene
    assert path.read_bytes() == content
    window.message_bar.close_button.click()
    assert not window.message_bar.isVisible()


def test_a_model_that_cannot_be_read_leaves_the_open_one(window, qtbot, tmp_path, tiny_model):
    path = tmp_path / "cut.safetensors"
    path.write_bytes(tiny_model.read_bytes()[:-100])
    model = window.session.model
    drop(window, files(path))
    qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
    assert window.session.model is model


def test_a_copied_tile_is_a_point_again_when_pasted(window, qtbot):
    sheet = sheet_of(window)
    wanted = sheet.recipe(0)
    sheet.setFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().mimeData().hasImage()
    window.session.edit_point("elsewhere", with_seed(window.session.point, 77))
    window.actions_by_name["paste"].trigger()
    assert window.session.point == wanted
    QGuiApplication.clipboard().setText(json.dumps({"seeds": [[5, 1.0]]}))
    window.actions_by_name["paste"].trigger()
    assert z(window.session.point).seed == 5
    QGuiApplication.clipboard().clear()
    window.actions_by_name["paste"].trigger()
    assert "nothing on the clipboard" in window.message_bar.label.text()


def test_an_unexpected_error_is_shown_and_the_window_goes_on(window, painted):
    window.catcher.install()
    try:
        sys.excepthook(RuntimeError, RuntimeError("the moon is full"), None)
    finally:
        window.catcher.remove()
    assert "the moon is full" in window.message_bar.label.text()
    painted(lambda: window.session.edit_point("seed", with_seed(window.session.point, 3)))


def test_themes_change_at_once(window):
    window.set_theme("dark")
    assert window.palette().window().color().lightness() < 80
    dark = shown(window.header)
    window.set_theme("light")
    assert window.palette().window().color().lightness() > 200
    assert shown(window.header).mean() > dark.mean()
    assert window.settings.text("theme") == "light"


def test_a_folded_panel_is_only_its_title(window, qtbot):
    dock = window.docks["model"]
    qtbot.mouseClick(dock.chevron, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert dock.is_folded
    assert not window.panels["model"].isVisible()
    qtbot.mouseClick(dock.chevron, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert window.panels["model"].isVisible()
