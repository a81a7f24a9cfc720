"""The crop box on a photograph, and encoding while the pen or the box moves, by mouse and keyboard."""

from dataclasses import replace
from io import BytesIO

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from stage import give_model, move, show, small_model

from zscape.app.state import session_file
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.widgets.pictures.crop_pad import CropPad, with_box
from zscape.app.work.exporting.export import save_sheet
from zscape.models.errors import ZscapeError
from zscape.models.inputs.picture import PictureValue
from zscape.models.media.preparing.crop_box import CropBox, whole
from zscape.models.progress import finish

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
    qtbot.mousePress(pad, LEFT, pos=start)
    for share in (0.5, 1):
        move(pad, start + QPoint(*(round(each * share) for each in off)), LEFT)
    qtbot.mouseRelease(pad, LEFT, pos=start + QPoint(*off))
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


# In the restyle view


@pytest.fixture
def sheet_of_paper(tmp_path):
    """Two strokes side by side on a sheet of 200 x 160, on a desk of 400 x 300."""
    photo = np.full((300, 400, 3), 60, np.uint8)
    photo[70:230, 100:300] = 235
    photo[100:200, 140:160] = 30
    photo[100:200, 240:250] = 30
    path = tmp_path / "photo.png"
    Image.fromarray(photo).save(path)
    return path


@pytest.fixture
def view(window):
    return window.show_view("restyle")


def given(view):
    return view.session.scene.view(RestyleState).given


def at_rest(qtbot, view):
    qtbot.waitUntil(lambda: given(view) is not None and given(view).found is not None and not view.busy, timeout=20_000)
    return given(view)


@pytest.fixture
def cropping(qtbot, view, sheet_of_paper):
    """The restyle view with the photograph open and its crop box shown."""
    view.open(sheet_of_paper)
    at_rest(qtbot, view)
    qtbot.mouseClick(view.strip.crop, LEFT)
    qtbot.waitUntil(view.cropping.pad.isVisible)
    return view


def undo(window):
    window.actions_by_name["undo"].trigger()


def test_a_sheet_on_a_desk_is_found_and_can_be_cropped(qtbot, view, sheet_of_paper):
    assert not view.strip.crop.isEnabled()
    view.open(sheet_of_paper)
    restyle = at_rest(qtbot, view)
    assert (restyle.crop.x, restyle.crop.y) == pytest.approx((200, 150), abs=4)
    assert restyle.picture.array[:, :3].max() < 60  # the desk does not count as ink
    assert view.strip.crop.isEnabled()
    shade = view.pad.grab().toImage().pixelColor(view.pad.width() // 2, view.pad.height() // 4)
    assert shade.lightness() < 60  # the desk beside the sheet


def test_the_box_is_moved_encoded_and_undone(qtbot, window, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    assert pad.hasFocus()
    assert not cropping.sheet.isVisible()
    drag(qtbot, pad, "bottom right", (round(-0.5 * before.crop.width * pad.place().width() / 400), 0))
    qtbot.waitUntil(lambda: given(cropping).crop != before.crop)
    after = at_rest(qtbot, cropping)
    assert after.picture != before.picture
    assert after.photo == before.photo
    assert after.crop.width == pytest.approx(before.crop.width / 2, abs=4)
    undo(window)
    assert given(cropping) == before
    assert pad.box == before.crop
    undo(window)
    assert given(cropping) is None
    assert not cropping.strip.crop.isEnabled()
    assert cropping.sheet.isVisible()


def test_a_key_is_one_step_and_enter_closes(qtbot, window, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    for _ in range(2):
        qtbot.keyClick(pad, Qt.Key.Key_Minus)
        at_rest(qtbot, cropping)
    qtbot.waitUntil(lambda: given(cropping).crop == pad.box)
    undo(window)
    assert given(cropping).crop.width == pytest.approx(before.crop.width / 1.03)
    undo(window)
    assert given(cropping) == before
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert not cropping.strip.crop.isChecked()
    assert cropping.sheet.isVisible()


def test_a_box_with_nothing_in_it_is_told_and_changes_nothing(qtbot, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    with qtbot.waitSignal(cropping.session.message) as said:
        pad.show_picture(QImage(400, 300, QImage.Format.Format_RGB32), CropBox(200, 90, 20, 20))
        pad.settled.emit(CropBox(200, 85, 20, 10))
    assert "no ink" in said.args[0]
    assert given(cropping) == before


def test_photograph_and_box_are_kept_in_a_session(qtbot, window, cropping, tmp_path):
    path = tmp_path / "s.zscape.json"
    session_file.save(path, window.opener.snapshot())
    saved = session_file.load(path).scene.view(RestyleState).given
    assert saved == given(cropping)
    assert len(saved.photo) > 100
    assert saved.crop is not None


def test_an_exported_picture_does_not_contain_the_photograph(qtbot, window, cropping, tmp_path):
    qtbot.waitUntil(lambda: cropping.sheet.frame is not None)
    saved = window.opener.snapshot()
    path = finish(save_sheet(tmp_path / "sheet.png", cropping.sheet.frame, 1, saved))
    carried = session_file.load(path).scene.view(RestyleState).given
    assert (carried.photo, carried.crop) == (b"", None)
    assert carried.picture == given(cropping).picture
    assert saved.scene.view(RestyleState).given.photo


@pytest.mark.parametrize("crop", [{"x": 1, "y": 1, "width": 0, "height": 1}, {"x": 1e999, "y": 1, "width": 1, "height": 1}])
def test_a_session_with_a_box_that_cannot_be_is_refused(crop):
    state = RestyleState(Restyle(PictureValue(2, 2, 1, bytes(4)), photo=b"x", crop=CropBox(1, 1, 1, 1)))
    saved = session_file.SessionFile(scene=session_file.Scene(views=(state,)))
    plain = msgspec.json.decode(session_file.to_json(saved))
    plain["scene"]["views"]["restyle"]["given"]["crop"] = crop
    with pytest.raises(ZscapeError, match="damaged session"):
        session_file.from_json(msgspec.json.encode(plain), "it")


def test_a_photograph_that_cannot_be_read_again_is_no_harm(view):
    state = RestyleState(Restyle(PictureValue(28, 28, 1, bytes(784)), photo=b"no picture", crop=CropBox(1, 1, 1, 1)))
    view.session.edit_view("open", state)
    assert not view.strip.crop.isEnabled()
    assert view.pad.isEnabled()


# The encoder follows the pen and the box


def test_the_digits_follow_the_pen_and_a_stroke_is_one_step(qtbot, window, view):
    pad = view.pad
    place = lambda x, y: QPoint(round(x * pad.width()), round(y * pad.height()))  # noqa: E731
    qtbot.mousePress(pad, LEFT, pos=place(0.3, 0.3))
    move(pad, place(0.5, 0.3), LEFT)
    qtbot.waitUntil(lambda: given(view) is not None and given(view).found is not None, timeout=20_000)
    first = given(view)
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.reconstruction.frame is not None)
    move(pad, place(0.6, 0.8), LEFT)
    qtbot.waitUntil(lambda: given(view) != first, timeout=20_000)
    assert given(view).found is not None
    assert pad.paper().pixelColor(round(0.6 * 280), round(0.75 * 280)).lightness() > 0  # the stroke was not interrupted
    qtbot.mouseRelease(pad, LEFT, pos=place(0.6, 0.8))
    last, paper = at_rest(qtbot, view), pad.paper()
    assert last.picture != first.picture
    undo(window)
    assert given(view) is None
    window.actions_by_name["redo"].trigger()
    assert given(view).picture == last.picture
    assert pad.paper() == paper


def test_the_digits_follow_the_box(qtbot, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    start = pad.handle("bottom right").toPoint()
    qtbot.mousePress(pad, LEFT, pos=start)
    move(pad, start - QPoint(round(0.4 * before.crop.width * pad.place().width() / 400), 0), LEFT)
    qtbot.waitUntil(lambda: given(cropping).picture != before.picture, timeout=20_000)
    assert given(cropping).found is not None
    assert pad.dragging  # the drag goes on
    qtbot.mouseRelease(pad, LEFT, pos=start)
    at_rest(qtbot, cropping)


def test_an_abandoned_drag_leaves_nothing_running(qtbot, view):
    """Undo, another view or another model comes while the pen is down or an arrow key is held; it is released elsewhere."""
    pad, jobs = view.pad, view.context.jobs
    place = lambda x, y: QPoint(round(x * pad.width()), round(y * pad.height()))  # noqa: E731

    def held():
        qtbot.mousePress(pad, LEFT, pos=place(0.3, 0.3))
        move(pad, place(0.5, 0.7), LEFT)
        qtbot.waitUntil(lambda: given(view) is not None and given(view).found is not None, timeout=20_000)
        assert jobs.jobs

    def nothing_runs():
        qtbot.waitUntil(lambda: not view.busy and not jobs.jobs, timeout=20_000)

    held()
    view.session.undo_stack.undo()
    nothing_runs()
    assert given(view) is None
    qtbot.mouseRelease(pad, LEFT, pos=place(0.5, 0.7))
    held()
    view.hide()
    nothing_runs()
    assert given(view).found is not None  # the drawing stays
    view.show()
    view.session.edit_view("clear picture", RestyleState())
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view.sheet.setFocus()
    nothing_runs()
    view.session.edit_view("clear picture", RestyleState())
    held()
    give_model(qtbot, view.context, small_model())
    assert not view.live.busy  # the encoder of the previous model has stopped
    qtbot.mouseRelease(pad, LEFT, pos=place(0.5, 0.7))
    nothing_runs()


def test_a_drag_of_the_box_is_cancelled_when_the_photograph_changes(qtbot, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    start = pad.handle("move").toPoint()
    qtbot.mousePress(pad, LEFT, pos=start)
    move(pad, start - QPoint(20, 0), LEFT)
    qtbot.waitUntil(lambda: given(cropping).picture != before.picture, timeout=20_000)
    Image.new("L", (64, 48), 255).save(photo := BytesIO(), "png")
    other = replace(before, photo=photo.getvalue(), crop=CropBox(32, 24, 20, 20))
    cropping.session.edit_view("open session", RestyleState(other))
    assert not pad.dragging
    assert pad.box == other.crop
    move(pad, start, LEFT)
    qtbot.mouseRelease(pad, LEFT, pos=start)
    assert given(cropping) == other
    assert not cropping.live.busy
