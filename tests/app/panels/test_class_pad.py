"""The class pad of the Classes panel, by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from recipes import weights, with_class
from stage import drag_through

from zscape.app.panels.classes import ClassesPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def control(qtbot, alone):
    return opened(qtbot, alone(ClassesPanel))


def opened(qtbot, panel):
    """The control of the classes with its pad in sight."""
    control = panel.controls[0]
    assert not control.pad.isVisible()
    qtbot.mouseClick(control.mix, LEFT)
    assert control.pad.isVisible()
    return control


def drag(qtbot, pad, *places):
    drag_through(qtbot, pad, [pad.square.pixel(place).toPoint() for place in places])


def test_a_drag_mixes_the_classes_and_the_picture_as_one_step(qtbot, window, painted):
    control = opened(qtbot, window.panels["classes"])
    window.show_view("image")
    qtbot.waitUntil(lambda: window.views["image"].sheet.frame is not None, timeout=10_000)
    session, pad = window.session, control.pad
    before, steps = session.point, session.undo_stack.count()
    old = window.views["image"].sheet.frame.images.copy()
    third, fourth = (pad.ground.corners[number][0] for number in (3, 4))
    between = tuple((a + b) / 2 for a, b in zip(third, fourth, strict=True))
    sheet = painted(lambda: drag(qtbot, pad, (0, 0), between))
    assert weights(session.point)[3:5] == pytest.approx((0.5, 0.5), abs=0.06)
    assert sum(weights(session.point)) == pytest.approx(1, abs=1e-5)
    assert pad.spot == pytest.approx(between, abs=0.03)
    assert not np.array_equal(sheet.frame.images, old)
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert session.point == before


def test_keys_move_it_home_is_the_middle_and_escape_takes_a_drag_back(qtbot, control):
    session, pad = control.session, control.pad
    session.edit_point("a class", with_class(session.point, 5, 10))
    control.refresh()
    assert pad.spot == pytest.approx((0, -1))
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Up)
    assert 0.5 < weights(session.point)[5] < 1
    qtbot.keyClick(pad, Qt.Key.Key_Home)
    assert weights(session.point) == pytest.approx((0.1,) * 10)
    control.refresh()
    before = session.point
    qtbot.mousePress(pad, LEFT, pos=pad.square.pixel((0.5, 0.5)).toPoint())
    assert session.point != before
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    assert session.point == before
    qtbot.mouseRelease(pad, LEFT, pos=pad.square.pixel((0.5, 0.5)).toPoint())
    assert session.point == before


def test_it_follows_what_is_chosen_elsewhere_and_shows_it_in_pixels(qtbot, control):
    pad = control.pad
    control.session.edit_point("a class", with_class(control.session.point, 0, 10))
    qtbot.waitUntil(lambda: pad.spot == pytest.approx((0, 1)))
    accent = pad.palette().highlight().color().name()
    image = pad.grab().toImage()
    place = pad.square.pixel((0, 1)).toPoint() * pad.devicePixelRatioF()
    assert image.pixelColor(place).name() == accent
    control.session.edit_point("a class", with_class(control.session.point, 5, 10))
    qtbot.waitUntil(lambda: pad.spot == pytest.approx((0, -1)))
    assert pad.grab().toImage().pixelColor(place).name() != accent
