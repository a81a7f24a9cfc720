"""The drawing pad by mouse, pen, keyboard and drop."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from stage import drop, dropped, show, stroke

from zscape.app.widgets.drawing.draw_pad import SIDE, DrawPad


@pytest.fixture
def pad(qtbot):
    return show(qtbot, DrawPad(), 224, 224)


def grey(pad, x, y):
    return pad.paper().pixelColor(round(x * (SIDE - 1)), round(y * (SIDE - 1))).lightness()


def ink(pad):
    paper = pad.paper()
    return sum(paper.pixelColor(x, y).lightness() for x in range(0, SIDE, 4) for y in range(0, SIDE, 4))


def test_a_stroke_leaves_ink_along_its_way_and_nowhere_else(qtbot, pad):
    with qtbot.waitSignal(pad.drawn):
        stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    assert grey(pad, 0.2, 0.5) > 250
    assert grey(pad, 0.5, 0.5) > 250  # also between two mouse events
    assert grey(pad, 0.5, 0.2) == 0
    assert grey(pad, 0.05, 0.5) == 0


def test_what_is_drawn_is_on_the_screen(qtbot, pad):
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    screen = pad.grab().toImage()
    assert screen.pixelColor(112, 140).lightness() < 20
    assert screen.pixelColor(80, 112).lightness() > 240


def test_the_rim_of_the_brush_is_soft(qtbot, pad):
    stroke(qtbot, pad, [(0.5, 0.5), (0.5, 0.5)])
    values = {pad.paper().pixelColor(x, SIDE // 2).lightness() for x in range(SIDE)}
    assert len(values) > 4


def test_the_right_button_takes_ink_away(qtbot, pad):
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    stroke(qtbot, pad, [(0.5, 0.4), (0.5, 0.6)], Qt.MouseButton.RightButton)
    assert grey(pad, 0.5, 0.5) < 20
    assert grey(pad, 0.25, 0.5) > 250


def test_a_wider_brush_leaves_more_ink(qtbot, pad):
    pad.set_brush(10)
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    thin = ink(pad)
    pad.show_paper(None)
    assert ink(pad) == 0
    pad.set_brush(40)
    stroke(qtbot, pad, [(0.2, 0.5), (0.8, 0.5)])
    assert ink(pad) > 2 * thin


def pen(pad, kind, x, pressure, pointer=QPointingDevice.PointerType.Pen):
    device = QPointingDevice("pen", 1, QPointingDevice.DeviceType.Stylus, pointer, QPointingDevice.Capability.Pressure, 1, 1)
    place = QPointF(x * pad.width(), 0.5 * pad.height())
    event = QTabletEvent(
        kind, device, place, QPointF(pad.mapToGlobal(place.toPoint())), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
    )  # fmt: skip
    QApplication.sendEvent(pad, event)
    assert event.isAccepted()


def test_pressure_of_a_pen_makes_the_stroke_wider(qtbot, pad):
    amounts = []
    for pressure in (0.05, 1.0):
        pad.show_paper(None)
        with qtbot.waitSignal(pad.drawn):
            pen(pad, QEvent.Type.TabletPress, 0.2, pressure)
            pen(pad, QEvent.Type.TabletMove, 0.8, pressure)
            pen(pad, QEvent.Type.TabletRelease, 0.8, 0)
        amounts.append(ink(pad))
    assert amounts[1] > 1.4 * amounts[0] > 0


def test_arrow_keys_move_the_pen_and_draw_with_shift(qtbot, pad):
    for _ in range(5):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
    assert ink(pad) == 0
    with qtbot.waitSignal(pad.drawn):  # emitted when Shift is released
        for _ in range(10):
            qtbot.keyClick(pad, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grey(pad, 0.5 - 20 / SIDE, 0.5 + 30 / SIDE) > 250


def test_a_picture_put_on_the_paper_is_enlarged(qtbot, pad):
    small = QImage(28, 28, QImage.Format.Format_RGB32)
    small.fill(Qt.GlobalColor.black)
    small.setPixelColor(14, 7, QColor("white"))
    pad.show_paper(small)
    assert pad.paper().size().width() == SIDE
    assert pad.paper().pixelColor(145, 75).lightness() == 255
    assert pad.paper().pixelColor(135, 75).lightness() == 0


def test_a_dropped_file_is_passed_on(qtbot, pad, tmp_path):
    with qtbot.waitSignal(pad.given) as given:
        assert drop(pad, dropped(tmp_path / "seven.jpg"))
    assert given.args == [tmp_path / "seven.jpg"]


def test_drops_other_than_pictures_go_to_the_window(pad, tmp_path):
    assert not drop(pad, dropped(tmp_path / "session.json"))


def test_a_pasted_picture_arrives_as_the_bytes_of_a_file(qtbot, pad):
    picture = QImage(9, 5, QImage.Format.Format_RGB32)
    picture.fill(QColor(10, 200, 30))
    QGuiApplication.clipboard().setImage(picture)
    with qtbot.waitSignal(pad.given) as given:
        assert pad.paste()
    read = QImage.fromData(given.args[0])
    assert (read.width(), read.height()) == (9, 5)
    assert read.pixelColor(3, 3) == QColor(10, 200, 30)
    QGuiApplication.clipboard().setText("no picture")
    assert not pad.paste()
