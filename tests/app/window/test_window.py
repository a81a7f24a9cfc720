"""The window as a user meets it: by mouse and keyboard, checked in its pixels."""

import json
import sys

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
)
from recipes import with_seed, z
from window_stage import sheet_of, shown

from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.widgets import theme


def test_a_newcomer_sees_a_drawn_class_sweep_that_fits_a_small_screen(window):
    assert window.current_view == "class-sweep"
    sheet = sheet_of(window)
    assert sheet.tiles == 100
    colours = shown(sheet)[..., :3].astype(int) @ (1, 256, 256**2)
    assert len(np.unique(colours)) > 50  # pictures, not a flat canvas
    assert window.first_paint < window.first_image
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    assert sheet.zoom() == 2
    theme.set_up(QApplication.instance())
    assert not QApplication.windowIcon().pixmap(48, 48).isNull()  # desktops find it
    assert not window.windowIcon().isNull()


def test_a_sheet_shows_the_pixels_of_its_frame_and_the_mouse_over_a_tile_tells_what_it_is(window, qtbot):
    sheet, about = sheet_of(window), window.panels["about"]
    zoom, rect = int(sheet.zoom()), sheet.picture_rect().toRect()
    on_screen = shown(sheet)[rect.top() : rect.bottom() + 1 : zoom, rect.left() : rect.right() + 1 : zoom, :3]
    assert np.array_equal(on_screen, sheet.frame.pixels[..., :3])
    qtbot.mouseMove(sheet, sheet.tile_rect(30).center().toPoint())
    assert about.values["Class"].text() == "3"
    assert about.values["Seed"].text() == str(z(DEFAULT_POINT).seed)
    about.buttons["keep"].click()
    assert window.session.scene.shelf == (sheet.recipe(30),)
    qtbot.waitUntil(lambda: not window.panels["shelf"].thumbs.picture(0).isNull())


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


def test_the_keyboard_rolls_keeps_and_undoes_but_not_in_a_field(window, painted, qtbot):
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
    window.error_catcher.install()
    try:
        sys.excepthook(RuntimeError, RuntimeError("the moon is full"), None)
    finally:
        window.error_catcher.remove()
    assert "the moon is full" in window.message_bar.label.text()
    painted(lambda: window.session.edit_point("seed", with_seed(window.session.point, 3)))


def test_themes_change_at_once_and_a_folded_panel_is_only_its_title(window, qtbot):
    window.set_theme("dark")
    assert window.palette().window().color().lightness() < 80
    dark = shown(window.header)
    window.set_theme("light")
    assert window.palette().window().color().lightness() > 200
    assert shown(window.header).mean() > dark.mean()
    assert window.settings.text("theme") == "light"
    dock = window.docks["model"]
    qtbot.mouseClick(dock.chevron, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert dock.is_folded
    assert not window.panels["model"].isVisible()
    qtbot.mouseClick(dock.chevron, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert window.panels["model"].isVisible()
