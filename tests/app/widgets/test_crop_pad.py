"""The crop box on a picture, by mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from stage import drag_through, move, show

from zscape.app.widgets.pictures.crop_pad import CropPad, with_box
from zscape.models.media.preparing.crop_box import CropBox, whole

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot):
    pad = show(qtbot, CropPad(), 400, 300)
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    pad.show_picture(image, CropBox(100, 50, 80, 40))
    pad.proposed = CropBox(90, 40, 60, 30)
    return pad


def drag(qtbot, pad, part, off):
    """Drag a part of the box by `off` screen pixels; returns the boxes emitted on the way and at the end."""
    moved, settled = [], []
    pad.moved.connect(moved.append)
    pad.settled.connect(settled.append)
    start = pad.handle(part).toPoint()
    drag_through(qtbot, pad, [start, start + QPoint(*(round(each / 2) for each in off)), start + QPoint(*off)])
    pad.moved.disconnect(moved.append)
    pad.settled.disconnect(settled.append)
    return moved, settled


def zoom(pad):
    return pad.place().width() / 200


def test_the_box_is_dragged(qtbot, pad):
    moved, settled = drag(qtbot, pad, "move", (30, -12))
    assert (pad.box.x, pad.box.y) == pytest.approx((100 + 30 / zoom(pad), 50 - 12 / zoom(pad)), abs=1)
    assert (pad.box.width, pad.box.height, pad.box.angle) == (80, 40, 0)
    assert len(moved) == 2
    assert settled == [moved[-1]] == [pad.box]


@pytest.mark.parametrize(("part", "off"), [("top left", (-16, -8)), ("bottom right", (16, 8)), ("top right", (16, -8))])
def test_a_corner_scales_and_the_opposite_one_stays(qtbot, pad, part, off):
    opposite = {"top left": 2, "bottom right": 0, "top right": 3}[part]
    before = pad.box.corners()[opposite]
    drag(qtbot, pad, part, off)
    assert (pad.box.width, pad.box.height) == pytest.approx((80 + 16 / zoom(pad), 40 + 8 / zoom(pad)), abs=1.5)
    assert pad.box.corners()[opposite] == pytest.approx(before, abs=1e-6)


def test_a_turned_box_is_scaled_along_its_own_sides(qtbot, pad):
    pad.show_picture(QImage(200, 100, QImage.Format.Format_RGB32), CropBox(100, 50, 80, 40, 90))
    drag(qtbot, pad, "bottom right", (-20, 0))  # the box is turned: its width runs down the screen
    assert pad.box.width == pytest.approx(80, abs=1)
    assert pad.box.height == pytest.approx(40 + 20 / zoom(pad), abs=1)


def test_the_round_handle_turns(qtbot, pad):
    start, middle = pad.handle("turn"), pad.handle("move")
    far = round(middle.y() - start.y())
    drag(qtbot, pad, "turn", (far, far))  # from above the centre to the right of it
    assert pad.box.angle == pytest.approx(90, abs=2)
    assert (pad.box.x, pad.box.y, pad.box.width, pad.box.height) == (100, 50, 80, 40)


def test_a_shape_is_kept_where_the_model_has_one(qtbot, pad):
    pad.aspect = 2.0
    drag(qtbot, pad, "bottom right", (3, 30))
    assert pad.box.width == pytest.approx(2 * pad.box.height)
    assert pad.box.height > 50


def test_a_press_beside_the_box_does_nothing(qtbot, pad):
    qtbot.mousePress(pad, LEFT, pos=pad.to_screen(5, 5).toPoint())
    move(pad, pad.to_screen(50, 50).toPoint(), LEFT)
    assert pad.box == CropBox(100, 50, 80, 40)
    assert not pad.dragging


def test_keys_move_scale_turn_and_bring_the_proposal_back(qtbot, pad):
    begun, settled = [], []
    pad.begun.connect(lambda: begun.append(1))
    pad.settled.connect(settled.append)
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    assert pad.box.x == 102
    qtbot.keyClick(pad, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert pad.box.y == 40
    qtbot.keyClick(pad, "]")
    assert pad.box.angle == 2
    qtbot.keyClick(pad, "+")
    assert pad.box.width == pytest.approx(82.4)
    qtbot.keyClick(pad, Qt.Key.Key_Home)
    assert pad.box == pad.proposed == settled[-1]
    assert len(begun) == len(settled) == 5
    with qtbot.waitSignal(pad.done):
        qtbot.keyClick(pad, Qt.Key.Key_Escape)


def test_the_box_stays_within_reach(qtbot, pad):
    drag(qtbot, pad, "move", (9000, 9000))
    assert (pad.box.x, pad.box.y) == (200, 100)
    for _ in range(200):
        qtbot.keyClick(pad, "-")
    assert min(pad.box.width, pad.box.height) == 4


def test_what_is_outside_of_the_box_is_shaded(pad):
    screen = pad.grab().toImage()
    assert screen.pixelColor(pad.to_screen(100, 50).toPoint()).lightness() == 255
    assert screen.pixelColor(pad.to_screen(20, 50).toPoint()).lightness() < 140
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    marked = with_box(image, pad.box)
    assert marked.pixelColor(100, 50).lightness() == 255
    assert marked.pixelColor(20, 50).lightness() < 140
    assert with_box(image, whole(200, 100)) == image
