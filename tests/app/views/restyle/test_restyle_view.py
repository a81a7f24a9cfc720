"""Drawing a picture in Restyle, what is found for it, and what can be done with that."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from recipes import weights
from restyle_stage import SEVEN, draw_seven, encoded, restyle
from stage import give_model, show, small_model, stroke

from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.restyle.pictures import find
from zscape.app.views.restyle.view import RestyleView
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.app.widgets.layouts.scrolled import scrolled
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import finish
from zscape.models.sweeps.single import ClassRow


def test_a_drawn_digit_is_encoded_and_restyled(qtbot, view):
    found = draw_seven(qtbot, view)
    assert (found.picture.height, found.picture.width, found.picture.channels) == (28, 28, 1)
    assert found.picture.array.max() > 200
    by_hand = finish(find(small_model(), found, 0))
    assert found.found == by_hand.recipe
    assert found.mse == pytest.approx(by_hand.mse)
    assert view.sheet.tiles == 10
    assert view.sweep() == ClassRow(found.found, (), 2)
    assert view.side.error.text().startswith(f"{found.mse:.4f}")


def test_the_reconstruction_is_what_the_model_draws_there(qtbot, view):
    found = draw_seven(qtbot, view)
    drawn = view.reconstruction.frame.images[0].astype(float) / 255
    picture = found.picture.array.astype(float) / 255
    assert np.square(drawn - picture).mean() == pytest.approx(found.mse, abs=2e-3)


def test_a_stroke_and_what_is_found_for_it_are_one_step_of_undo(qtbot, view):
    draw_seven(qtbot, view)
    drawing = view.pad.paper()
    stack = view.session.undo_stack
    assert (stack.count(), stack.undoText()) == (1, "draw")
    first = restyle(view)
    stroke(qtbot, view.pad, [(0.3, 0.5), (0.6, 0.5)])
    encoded(qtbot, view)
    assert stack.count() == 2
    view.session.undo_stack.undo()
    assert restyle(view) == first
    assert view.pad.paper() == drawing  # the stroke itself, not the small picture made from it
    view.session.undo_stack.undo()
    assert restyle(view) is None
    assert view.sheet.frame is None
    assert view.pad.words
    view.session.undo_stack.redo()
    assert restyle(view) == first


def test_a_stroke_ends_what_plays(qtbot, view):
    draw_seven(qtbot, view)
    other = ClassRow(Recipe.seed(5))
    view.context.moment.show(lambda sweep: other)
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == other)
    stroke(qtbot, view.pad, [(0.3, 0.5), (0.6, 0.5)])
    assert encoded(qtbot, view).found != other.centre
    assert not view.context.moment.is_shown


def test_given_class_is_kept_and_the_found_one_comes_back(qtbot, view):
    draw_seven(qtbot, view)
    view.side.classes.setFocus()
    choose(view.side.classes, 4)
    assert encoded(qtbot, view).label == 3
    assert weights(restyle(view).found).index(1.0) == 3
    assert view.side.found.text() == "3"
    choose(view.side.classes, 0)
    assert encoded(qtbot, view).label is None


def choose(box, index):
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_refinement_brings_the_reconstruction_closer(qtbot, view):
    before = draw_seven(qtbot, view)
    view.side.steps.setValue(30)
    qtbot.mouseClick(view.side.refine, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: restyle(view).refine == 30, timeout=20_000)
    after = encoded(qtbot, view)
    assert after.mse <= before.mse
    assert len(view.side.curve.values) == 30
    assert view.side.curve.isVisible()
    view.session.undo_stack.undo()
    assert restyle(view) == before


def test_refinement_can_be_stopped(qtbot, view):
    before = draw_seven(qtbot, view)
    view.side.steps.setValue(500)
    view.side.refine.click()
    qtbot.waitUntil(lambda: len(view.side.curve.values) > 2)
    assert view.side.refine.text() == "Stop"
    view.side.refine.click()
    qtbot.waitUntil(lambda: not view.busy)
    assert restyle(view) == before
    assert view.side.refine.text() == "Refine"


def test_the_found_style_goes_to_the_other_views(qtbot, view):
    found = draw_seven(qtbot, view).found
    said, shown = [], []
    view.session.message.connect(lambda line, _: said.append(line))
    view.session.view_requested.connect(shown.append)
    for name in ("go", "go", "keep"):
        qtbot.mouseClick(view.tools[name], Qt.MouseButton.LeftButton)
    assert said == [f"Every view starts from this point {when}." for when in ("now", "already")]  # this view looks the same
    said.clear()
    for name in ("target", "a", "b", "c"):
        view.use.choices[name].trigger()
    assert said == ["The style sweep ends there now.", *(f"Arithmetic uses it as {name} now." for name in "ABC")]
    view.use.choices["type"].trigger()  # digits can be typed too
    assert shown == ["type"]
    scene = view.session.scene
    assert (
        scene.point
        == scene.view(StyleSweepState).target
        == scene.view(ArithmeticState).a
        == scene.view(ArithmeticState).b
        == scene.view(ArithmeticState).c
        == found
    )
    assert scene.shelf == (found,)


def test_a_model_without_encoder_says_so_and_shows_the_way(qtbot, context):
    view = show(qtbot, RestyleView(context))
    give_model(qtbot, context, small_model(encoder=False))
    assert "no encoder" in view.side.note.text()
    give_model(qtbot, context, replace(small_model(encoder=False, seed=1), discriminator=None))
    assert "None can be trained" in view.side.note.text()
    assert view.side.train.isHidden()
    give_model(qtbot, context, small_model(encoder=False))
    with qtbot.waitSignal(context.session.encoder_requested):
        qtbot.mouseClick(view.side.train, Qt.MouseButton.LeftButton)
    stroke(qtbot, view.pad, SEVEN)  # kept for a model that has an encoder
    assert restyle(view).found is None
    give_model(qtbot, context, small_model())
    assert encoded(qtbot, view).found is not None
    assert view.side.train.isHidden()


def test_another_model_of_the_same_kind_finds_the_picture_anew(qtbot, view):
    before = draw_seven(qtbot, view)
    give_model(qtbot, view.context, small_model(seed=1))
    qtbot.waitUntil(lambda: restyle(view).found != before.found, timeout=20_000)
    assert restyle(view).picture == before.picture


def test_picture_and_reconstruction_are_squares_of_one_size(view):
    for size in ((800, 600), (1400, 900), (640, 480)):
        view.resize(*size)
        sides = {view.pad.width(), view.pad.height(), view.reconstruction.width(), view.reconstruction.height()}
        assert len(sides) == 1
        assert sides.pop() % 28 == 0


def test_the_pictures_take_the_height_that_the_classes_leave(view):
    view.resize(1000, 620)
    assert view.pad.height() >= 0.45 * view.height()
    assert view.sheet.height() >= 0.25 * view.height()
    assert view.strip.geometry().bottom() < view.height()


def test_the_curve_leaves_the_words_beside_it_their_room_and_the_column_is_no_higher_than_the_pictures(qtbot, view):
    view.resize(820, 560)
    name = next(label for label in view.side.findChildren(QLabel) if label.text() == "Seen as")
    assert name.width() >= name.sizeHint().width()
    assert view.beside.height() <= view.pad.height() + 40


def test_in_a_low_window_the_sources_and_the_classes_stay_in_sight(qtbot, view):
    area, least = scrolled(view), view.minimumSizeHint()
    qtbot.addWidget(area)
    assert least.height() < 380  # the smallest window has 480
    area.resize(least)
    area.show()
    bar = view.beside.verticalScrollBar()
    qtbot.waitUntil(lambda: view.height() == least.height() and bar.maximum() > 0)  # what does not fit can be scrolled to
    assert area.verticalScrollBar().maximum() == 0
    assert view.strip.geometry().bottom() < least.height()
    assert view.middle.height() >= view.sheet.minimumHeight()
    area.resize(900, 700)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    area.takeWidget()
