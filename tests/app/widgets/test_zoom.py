"""The wheel enlarges the picture, a drag moves it, and a key fits it again."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtTest import QTest
from stage import move
from window_stage import sheet_of, shown

from zscape.app.widgets.pictures.magnifier import MOST, Magnifier


@pytest.mark.parametrize("size", [(28, 28), (280, 280), (1024, 1024), (4000, 100)])
def test_a_step_keeps_what_is_under_the_mouse_and_back_fits(size):
    magnifier, size, room = Magnifier(), QSizeF(*size), QSizeF(560, 400)
    fit = magnifier.rect(size, room)
    at = fit.topLeft() + QPointF(fit.width() * 0.4, fit.height() * 0.6)
    zooms = [magnifier.zoom(size, room)]
    for _ in range(6):
        before = magnifier.rect(size, room)
        place = (at - before.topLeft()) / before.width()
        magnifier.step(True, at, size, room)
        after = magnifier.rect(size, room)
        if after.width() > room.width() * 3 and after.height() > room.height() * 3:
            assert (((at - after.topLeft()) / after.width()) - place).manhattanLength() < 2 / after.width()
        zooms.append(magnifier.zoom(size, room))
    assert zooms == sorted(set(zooms))
    assert all(zoom == int(zoom) for zoom in zooms[1:] if zoom >= 1)
    for _ in range(40):
        magnifier.step(False, QPointF(1, 1), size, room)
    assert magnifier.fits()
    assert magnifier.rect(size, room) == fit


def test_zoom_has_a_limit_and_the_picture_fills_the_view():
    magnifier, size, room = Magnifier(), QSizeF(28, 28), QSizeF(560, 400)
    for _ in range(80):
        magnifier.step(True, QPointF(0, 0), size, room)
    assert magnifier.zoom(size, room) == MOST
    for by in (QPointF(9999, 9999), QPointF(-9999, -9999)):
        magnifier.pan(by, size, room)
        rect = magnifier.rect(size, room)
        assert rect.left() <= 0
        assert rect.top() <= 0
        assert rect.right() >= room.width() - 1
        assert rect.bottom() >= room.height() - 1


def wheel(window, sheet, up=True):
    middle = sheet.mapTo(window, sheet.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(middle), QPoint(0, 120 if up else -120))


def test_the_wheel_enlarges_a_sweep_and_a_picture_a_drag_moves_and_a_key_fits(window, qtbot):
    sweep = sheet_of(window)
    window.actions_by_name["zoom_in"].trigger()
    window.actions_by_name["zoom_in"].trigger()
    assert sweep.enlarged
    tile = sweep.tile_at(QPointF(sweep.rect().center()))
    assert sweep.tile_rect(tile).contains(QPointF(sweep.rect().center()))
    wheel(window, sweep, up=False)
    wheel(window, sweep, up=False)
    assert not sweep.enlarged
    view = window.show_view("image")
    sheet = view.sheet
    qtbot.waitUntil(lambda: sheet.frame is not None)
    fit, point = sheet.picture_rect(), window.session.point
    assert not view.fit.isEnabled()
    for _ in range(4):
        wheel(window, sheet)
    assert sheet.enlarged
    assert view.fit.isEnabled()
    large = sheet.picture_rect()
    assert large.width() > fit.width()
    middle = sheet.rect().center()
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=middle)
    for by in (20, 60):
        move(sheet, middle + QPoint(by, 10), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 10))
    assert sheet.picture_rect().topLeft() - large.topLeft() == QPointF(60, 10)
    assert window.session.point == point  # it was not a click
    on_screen = shown(sheet)[..., :3]
    rect, zoom = sheet.picture_rect(), sheet.zoom()
    x, y = (int((middle.x() - rect.left()) / zoom), int((middle.y() - rect.top()) / zoom))
    assert (on_screen[middle.y(), middle.x()] == sheet.frame.pixels[y, x, :3]).all()
    window.actions_by_name["fit"].trigger()
    assert sheet.picture_rect() == fit
    assert not view.fit.isEnabled()
