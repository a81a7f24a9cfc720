"""The session: one gate for edits, undo, and a scene for each kind of latent space."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from zscape.app.state.scene import Picture, Restyle, Scene
from zscape.app.state.session import Kind, Session, fit
from zscape.models.files.spec import Spec
from zscape.models.inputs.recipe import Recipe


def model(z_size, classes, names=""):
    spec = Spec("m", "dcgan", {}, z_size, tuple(names or map(str, range(classes))), (1, 28, 28))
    return SimpleNamespace(spec=spec)


@pytest.fixture
def session(qapp):
    return Session()


@pytest.fixture
def changes(session):
    seen = []
    session.scene_changed.connect(lambda: seen.append(session.scene))
    return seen


def test_an_edit_is_shown_once_and_can_be_undone_and_redone(session, changes):
    before, after = session.scene, replace(session.scene, columns=5)
    session.edit("columns", columns=5)
    session.undo_group.undo()
    session.undo_group.redo()
    assert changes == [after, before, after]


def test_an_edit_that_changes_nothing_stops_at_the_gate(session, changes):
    session.edit("columns", columns=session.scene.columns)
    assert changes == []
    assert not session.undo_group.canUndo()


def test_the_moves_of_one_gesture_are_one_step_of_undo(session):
    start, drag = session.scene, session.new_gesture()
    for value in (0.1, 0.2, 0.3):
        session.edit_point("move", session.point.with_coordinate(0, value), drag)
    session.edit_point("move", session.point.with_coordinate(0, 0.4), session.new_gesture())
    session.undo_group.undo()
    assert dict(session.point.overrides) == {0: 0.3}
    session.undo_group.undo()
    assert session.scene == start


def test_a_gesture_that_ends_where_it_began_leaves_no_step(session):
    drag = session.new_gesture()
    for columns in (11, 12, 10):
        session.edit("columns", drag, columns=columns)
    assert not session.undo_group.canUndo()


def test_models_of_one_kind_share_a_scene_and_its_history(session):
    session.adopt(model(8, 3))
    session.edit_point("class", session.point.with_class(2, 3))
    session.adopt(model(8, 3))
    assert session.point.classes == (0.0, 0.0, 1.0)
    session.undo_group.undo()
    assert session.point.classes == ()


def test_a_model_of_another_kind_has_its_own_scene_and_nothing_is_lost(session):
    session.adopt(model(8, 3))
    kept = Recipe(seeds=(), latent=(0.5,) * 8)
    session.edit("keep", shelf=(kept,))
    session.adopt(model(9, 3))
    assert session.scene.shelf == ()
    session.adopt(model(8, 3))
    assert session.scene.shelf == (kept,)
    session.undo_group.undo()
    assert session.scene.shelf == ()


def test_a_coordinate_set_among_digits_is_not_carried_to_garments(session):
    session.adopt(model(8, 3))
    session.edit_point("move", Recipe(seeds=((7, 1.0),)))
    session.edit("keep", shelf=(session.point,), columns=4)
    session.edit_point("move", session.point.with_coordinate(0, 2.0))
    digits = session.scene
    session.adopt(model(8, 3, names=("coat", "bag", "boot")))
    assert session.scene == Scene(shelf=digits.shelf, columns=4)  # a seed is a seed everywhere
    session.adopt(model(8, 3))
    assert session.scene == digits


def test_a_scene_whose_classes_a_file_does_not_name_goes_to_the_first_model_of_its_numbers(session):
    scene = Scene(shelf=(Recipe(seeds=(), latent=(0.5,) * 8),))
    session.adopt(model(9, 3))
    session.restore(scene, Kind(8, 3))
    session.adopt(model(8, 3, names=("coat", "bag", "boot")))
    assert session.scene == scene
    session.adopt(model(8, 3))
    assert session.scene.shelf == ()
    assert session.others[Kind(8, 3, ("coat", "bag", "boot"))] == scene


def test_fitting_keeps_what_the_other_model_can_draw():
    seed, stored = Recipe(seeds=((7, 1.0),)), Recipe(seeds=(), latent=(0.0,) * 8, classes=(1.0, 0.0, 0.0))
    picture = Picture(1, 2, 1, b"ab")
    scene = Scene(point=seed, target=stored, a=stored, b=seed, shelf=(seed, stored), restyle=Restyle(picture, 2, 0, stored, 0.1))
    assert fit(scene, Kind(8, 3)) == scene
    assert fit(scene, Kind(9, 2)) == Scene(point=seed, b=seed, shelf=(seed,), restyle=Restyle(picture))


def test_opening_a_session_is_one_step_of_undo(session, changes):
    session.edit("columns", columns=3)
    before, opened = session.scene, Scene(columns=4, shelf=(Recipe(),))
    session.restore(opened)
    assert session.undo_group.undoText() == "open session"
    session.undo_group.undo()
    session.undo_group.redo()
    assert changes == [before, opened, before, opened]
    session.restore(opened)  # changes nothing
    session.undo_group.undo()
    session.undo_group.undo()
    assert session.scene == Scene()


def test_a_forgotten_history_keeps_the_scenes(session):
    session.adopt(model(8, 3))
    session.edit("columns", columns=3)
    session.adopt(model(9, 3))
    session.edit("columns", columns=4)
    session.forget_history()
    for z_size, columns in ((9, 4), (8, 3)):
        session.adopt(model(z_size, 3))
        assert session.scene.columns == columns
        assert not session.undo_group.canUndo()
