"""Nine variations of the current point, by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from recipes import recipe, weights, with_class, z
from stage import drop, give_model, open_context, show

from zscape.app.state.clipboard import mime_of
from zscape.app.views.candidates.state import USUAL, CandidatesState, lacks
from zscape.app.views.candidates.view import CandidatesView
from zscape.models.files.checkpoint import load_model
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.space import Space

POINT = with_class(recipe(seeds=((4, 1.0),), truncation=0.7), 3, 10)


@pytest.fixture
def view(qtbot, tmp_path, tiny_model):
    with open_context(tmp_path) as context:
        view = show(qtbot, CandidatesView(context))
        give_model(qtbot, context, load_model(tiny_model))
        view.session.edit_point("go", POINT)
        yield up_to_date(qtbot, view)


def up_to_date(qtbot, view):
    """Wait until the sheet shows the current scene."""
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep())
    return view


def click(qtbot, view, tile):
    qtbot.mouseClick(view.sheet, Qt.MouseButton.LeftButton, pos=view.sheet.tile_rect(tile).center().toPoint())


def test_nine_differ_and_keep_class_and_truncation(view):
    assert view.sheet.tiles == 9
    assert len({image.tobytes() for image in view.sheet.frame.images}) == 9
    for tile in range(9):
        assert weights(view.sheet.recipe(tile)).index(1.0) == 3
        assert z(view.sheet.recipe(tile)).truncation == 0.7
    assert view.sheet.caption(4) == "3, variation 5"


def test_a_click_takes_one_and_nine_others_come_around_it_in_one_step(qtbot, view):
    count = view.session.undo_stack.count()
    taken, before = view.sheet.recipe(7), [view.sheet.recipe(tile) for tile in range(9)]
    click(qtbot, view, 7)
    assert view.session.point == taken
    assert view.session.undo_stack.count() == count + 1
    up_to_date(qtbot, view)
    latent = view.session.space.first(Latent)

    def ways(points, centre):
        """The directions in which the variations lie from the centre: the sign of each coordinate."""
        return {tuple(np.sign(latent.base(z(each)) - latent.base(z(centre)))) for each in points}

    after = [view.sheet.recipe(tile) for tile in range(9)]
    assert not ways(before, POINT) & ways(after, taken)  # the same draws are not used again
    view.session.undo_stack.undo()
    assert view.session.point == POINT
    up_to_date(qtbot, view)
    assert [view.sheet.recipe(tile) for tile in range(9)] == before


def test_the_keyboard_takes_one(qtbot, view):
    view.sheet.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view.sheet, key)
    taken = view.sheet.recipe(4)
    qtbot.keyClick(view.sheet, Qt.Key.Key_Return)
    assert view.session.point == taken


def test_the_temperature_says_how_far(qtbot, view):
    def spread():
        images = up_to_date(qtbot, view).sheet.frame.images.astype(float)
        return np.abs(images - images.mean(0)).mean()

    before = spread()
    row = view.temperature
    row.slider.setFocus()
    qtbot.keyClick(row.slider, Qt.Key.Key_Home)
    assert view.session.scene.view(CandidatesState).temperature == 0.0
    assert spread() == 0.0
    qtbot.keyClick(row.slider, Qt.Key.Key_End)
    assert view.session.scene.view(CandidatesState).temperature == 1.0
    assert spread() > before
    qtbot.mouseDClick(row.slider, Qt.MouseButton.LeftButton)
    assert view.session.scene.view(CandidatesState).temperature == USUAL


def test_nine_others_of_the_same_point(qtbot, view):
    before = view.sheet.frame.images.copy()
    qtbot.mouseClick(view.others, Qt.MouseButton.LeftButton)
    up_to_date(qtbot, view)
    assert view.session.point == POINT
    assert not (view.sheet.frame.images == before).all()
    view.session.undo_stack.undo()
    up_to_date(qtbot, view)
    assert (view.sheet.frame.images == before).all()


def test_the_current_point_is_in_the_strip_and_takes_a_drop(qtbot, view):
    qtbot.waitUntil(lambda: not view.pictures.picture(POINT).isNull())
    other = with_class(POINT, 8, 10)
    assert drop(view.now, mime_of(other, QImage(28, 28, QImage.Format.Format_RGB32)))
    assert view.session.point == other
    assert view.now.recipe == other


def test_what_plays_moves_them(qtbot, view):
    from zscape.models.timeline.ready_made import usual

    film = usual(view.sweep(), view.session.space, 2.0)
    view.context.moment.show(lambda sweep: film.sweep(sweep, 1.0, view.session.space))
    qtbot.waitUntil(lambda: view.sheet.frame.sweep.temperature == 0.0)
    assert len({image.tobytes() for image in view.sheet.frame.images}) == 1
    view.context.moment.show(None)


def test_a_state_that_cannot_be_is_refused():
    for wrong in ({"temperature": 2.0}, {"temperature": float("nan")}, {"seed": -1}):
        with pytest.raises(ValueError, match="no variations"):
            CandidatesState(**wrong)
    assert "no latent" in lacks(Space((Classes("class", ("a", "b")),)))


def test_every_control_says_what_it_does(view):
    for control in (view.now, view.temperature.slider, view.temperature.spin, view.others):
        assert control.toolTip()
        assert control.accessibleName() or control.text()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("width", [360, 480, 800])
def test_the_temperature_and_its_name_stay_together(qtbot, view, width):
    view.resize(width, 600)
    name = next(label for label in view.strip.findChildren(QLabel) if label.text() == "Temperature")
    qtbot.waitUntil(lambda: view.strip.width() == width)
    middles = [each.mapTo(view, each.rect().center()).y() for each in (name, view.temperature)]
    assert abs(middles[0] - middles[1]) <= 2


def test_its_controls_take_two_lines_in_the_smallest_window(view):
    view.resize(378, 384)  # what the panels leave free in a window of 860 x 480
    assert view.strip.height() < 90
