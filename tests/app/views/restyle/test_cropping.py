"""Cropping a photograph in Restyle, and encoding while the pen or the box moves."""

from dataclasses import replace
from io import BytesIO

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from stage import drag_through, give_model, move, small_model

from zscape.app.state import session_file
from zscape.app.state.kind import Kind
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.work.exporting.export import save_sheet
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.media.preparing.crop_box import CropBox
from zscape.models.progress import finish

LEFT = Qt.MouseButton.LeftButton


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


def undo(view):
    view.session.undo_stack.undo()


def snapshot(view):
    return session_file.SessionFile("tiny", "restyle", Kind(view.session.model.spec.inputs), view.session.scene)


def test_a_sheet_on_a_desk_is_found_and_can_be_cropped(qtbot, view, sheet_of_paper):
    assert not view.strip.crop.isEnabled()
    view.open(sheet_of_paper)
    restyle = at_rest(qtbot, view)
    assert (restyle.crop.x, restyle.crop.y) == pytest.approx((200, 150), abs=4)
    assert restyle.picture.array[:, :3].max() < 60  # the desk does not count as ink
    assert view.strip.crop.isEnabled()
    shade = view.pad.grab().toImage().pixelColor(view.pad.width() // 2, view.pad.height() // 4)
    assert shade.lightness() < 60  # the desk beside the sheet


def test_the_box_is_moved_encoded_and_undone(qtbot, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    assert pad.hasFocus()
    assert not cropping.sheet.isVisible()
    corner = pad.handle("bottom right").toPoint()
    inward = QPoint(round(0.25 * before.crop.width * pad.place().width() / 400), 0)
    drag_through(qtbot, pad, [corner, corner - inward, corner - 2 * inward])
    qtbot.waitUntil(lambda: given(cropping).crop != before.crop)
    after = at_rest(qtbot, cropping)
    assert after.picture != before.picture
    assert after.photo == before.photo
    assert after.crop.width == pytest.approx(before.crop.width / 2, abs=4)
    undo(cropping)
    assert given(cropping) == before
    assert pad.box == before.crop
    undo(cropping)
    assert given(cropping) is None
    assert not cropping.strip.crop.isEnabled()
    assert cropping.sheet.isVisible()


def test_a_key_is_one_step_and_enter_closes(qtbot, cropping):
    before, pad = at_rest(qtbot, cropping), cropping.cropping.pad
    for _ in range(2):
        qtbot.keyClick(pad, Qt.Key.Key_Minus)
        at_rest(qtbot, cropping)
    qtbot.waitUntil(lambda: given(cropping).crop == pad.box)
    undo(cropping)
    assert given(cropping).crop.width == pytest.approx(before.crop.width / 1.03)
    undo(cropping)
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


def test_photograph_and_box_are_kept_in_a_session(qtbot, cropping, tmp_path):
    path = tmp_path / "s.zscape.json"
    session_file.save(path, snapshot(cropping))
    saved = session_file.load(path).scene.view(RestyleState).given
    assert saved == given(cropping)
    assert len(saved.photo) > 100
    assert saved.crop is not None


def test_an_exported_picture_does_not_contain_the_photograph(qtbot, cropping, tmp_path):
    qtbot.waitUntil(lambda: cropping.sheet.frame is not None)
    saved = snapshot(cropping)
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


def test_the_digits_follow_the_pen_and_a_stroke_is_one_step(qtbot, view):
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
    undo(view)
    assert given(view) is None
    view.session.undo_stack.redo()
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
    give_model(qtbot, view.context, small_model(seed=1))
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
