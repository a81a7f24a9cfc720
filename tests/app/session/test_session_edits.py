"""The session: all edits go through it, undo, and a scene for each kind of latent space."""

from types import SimpleNamespace

import pytest
from recipes import columns_of, inputs, kind, recipe, scene, weights, with_class, with_coordinate, z

from zscape.app.state.directions_state import DirectionsState
from zscape.app.state.scene import fit
from zscape.app.state.session import Session
from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.views.restyle.state import Restyle
from zscape.models.files.spec import Spec
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.picture import PictureValue


def model(z_size, classes, names=""):
    spec = Spec("m", "dcgan", {}, inputs(z_size, names or map(str, range(classes))), (1, 28, 28))
    return SimpleNamespace(spec=spec, space=spec.space)


@pytest.fixture
def session(qapp):
    return Session()


@pytest.fixture
def changes(session):
    seen = []
    session.scene_changed.connect(lambda: seen.append(session.scene))
    return seen


def test_an_edit_is_shown_once_and_can_be_undone_and_redone(session, changes):
    before, after = session.scene, session.scene.with_view(ClassSweepState(5))
    session.edit_view("columns", ClassSweepState(5))
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert changes == [after, before, after]


def test_a_point_that_does_not_fit_the_model_is_refused_with_a_line(session, changes, qtbot):
    session.adopt(model(4, 3))
    changes.clear()
    strangers = [with_class(session.point, 0, 2), recipe(numbers=(0.0,) * 5), session.point.with_value("w", ClassesValue((1.0,)))]
    for point in strangers:
        with qtbot.waitSignal(session.message) as said:
            session.edit_point("go", point)
        assert said.args[1]
    assert changes == []
    assert not session.undo_stack.canUndo()
    session.edit_point("go", recipe(numbers=(0.0,) * 4, moves=(("not known yet", 1.0),)))
    assert len(changes) == 1


def test_an_edit_without_a_change_is_ignored(session, changes):
    session.edit_view("columns", ClassSweepState(columns_of(session.scene)))
    assert changes == []
    assert not session.undo_stack.canUndo()


def test_scenes_are_equal_whatever_view_state_was_changed_last(session):
    session.edit_view("columns", ClassSweepState(5))
    session.edit_view("names", DirectionsState(("slant",)))
    before, steps, drag = session.scene, session.undo_stack.count(), session.new_gesture()
    session.edit_view("columns", ClassSweepState(6), drag)
    session.edit_view("columns", ClassSweepState(5), drag)
    assert session.scene == before
    assert session.undo_stack.count() == steps


def test_the_moves_of_one_gesture_are_one_step_of_undo(session):
    start, drag = session.scene, session.new_gesture()
    for value in (0.1, 0.2, 0.3):
        session.edit_point("move", with_coordinate(session.point, 0, value), drag)
    session.edit_point("move", with_coordinate(session.point, 0, 0.4), session.new_gesture())
    session.undo_stack.undo()
    assert dict(z(session.point).coordinates) == {0: 0.3}
    session.undo_stack.undo()
    assert session.scene == start


def test_a_gesture_that_ends_where_it_began_leaves_no_step(session):
    drag = session.new_gesture()
    for columns in (11, 12, 10):
        session.edit_view("columns", ClassSweepState(columns), drag)
    assert not session.undo_stack.canUndo()


def test_models_of_one_kind_share_a_scene_and_its_history(session):
    session.adopt(model(8, 3))
    session.edit_point("class", with_class(session.point, 2, 3))
    session.adopt(model(8, 3))
    assert weights(session.point) == (0.0, 0.0, 1.0)
    session.undo_stack.undo()
    assert weights(session.point) == ()


def test_each_kind_of_model_has_its_own_scene(session):
    session.adopt(model(8, 3))
    kept = recipe(seeds=(), numbers=(0.5,) * 8)
    session.edit_shelf("keep", (kept,))
    session.adopt(model(9, 3))
    assert session.scene.shelf == ()
    session.adopt(model(8, 3))
    assert session.scene.shelf == (kept,)
    session.undo_stack.undo()
    assert session.scene.shelf == ()


def test_a_coordinate_set_among_digits_is_not_carried_to_garments(session):
    session.adopt(model(8, 3))
    session.edit_point("move", recipe(seeds=((7, 1.0),)))
    session.edit_shelf("keep", (session.point,))
    session.edit_view("columns", ClassSweepState(4))
    session.edit_point("move", with_coordinate(session.point, 0, 2.0))
    digits = session.scene
    session.adopt(model(8, 3, names=("coat", "bag", "boot")))
    assert session.scene == scene(columns=4)  # kept points stay with the digits
    session.adopt(model(8, 3))
    assert session.scene == digits


def test_a_scene_without_labels_goes_to_the_first_model_with_its_sizes(session):
    made = scene(shelf=(recipe(seeds=(), numbers=(0.5,) * 8),))
    session.adopt(model(9, 3))
    session.restore(made, kind(8, 3))
    session.adopt(model(8, 3, names=("coat", "bag", "boot")))
    assert session.scene == made
    session.adopt(model(8, 3))
    assert session.scene.shelf == ()
    assert session.others[kind(8, 3, ("coat", "bag", "boot"))] == made


def test_fitting_keeps_what_the_other_model_can_draw():
    seed, stored = recipe(seeds=((7, 1.0),)), recipe(seeds=(), numbers=(0.0,) * 8, classes=(1.0, 0.0, 0.0))
    picture = PictureValue(1, 2, 1, b"ab")
    made = scene(point=seed, target=stored, a=stored, b=seed, shelf=(seed, stored), restyle=Restyle(picture, 2, 0, stored, 0.1))
    assert fit(made, kind(8, 3)) == made
    assert fit(made, kind(9, 2)) == scene(point=seed, b=seed, shelf=(seed,), restyle=Restyle(picture))


def test_opening_a_session_is_one_step_of_undo(session, changes):
    session.edit_view("columns", ClassSweepState(3))
    before, opened = session.scene, scene(columns=4, shelf=(recipe(),))
    session.restore(opened)
    assert session.undo_stack.undoText() == "open session"
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert changes == [before, opened, before, opened]
    session.restore(opened)  # no change
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.scene == scene()


def test_a_forgotten_history_keeps_the_scenes(session):
    session.adopt(model(8, 3))
    session.edit_view("columns", ClassSweepState(3))
    session.adopt(model(9, 3))
    session.edit_view("columns", ClassSweepState(4))
    session.forget_history()
    for z_size, columns in ((9, 4), (8, 3)):
        session.adopt(model(z_size, 3))
        assert columns_of(session.scene) == columns
        assert not session.undo_stack.canUndo()
