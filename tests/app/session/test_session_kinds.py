"""Scenes of several kinds of model: all are saved and restored, and none is cut to fit another kind."""

from dataclasses import replace

from recipes import kind, recipe, scene
from stage import small_model, write_model

from zscape.app.state.kept_sessions import FIRST_EDITION, closed_sessions
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session import Session
from zscape.app.state.session_file import load, save
from zscape.models.files.header import read_spec
from zscape.models.files.library import find
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe

SMALL = recipe(seeds=(), numbers=(0.5,) * 8)
"""A point of small_model's kind, 8 coordinates and 10 classes."""
TINY = recipe(seeds=(), numbers=(0.25,) * 12)
"""A point of tiny_model's kind, 12 coordinates and 10 classes."""


def change_model(qtbot, window, path):
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.open_model(path)


def test_a_restart_brings_back_the_work_of_every_kind_of_model(start, qtbot, tmp_path, tiny_model):
    small = write_model(tmp_path / "small.safetensors")
    window = start(tiny_model)
    window.session.keep(TINY)
    change_model(qtbot, window, small)
    window.session.keep(SMALL)
    window.close()

    again = start()
    assert [each.shape for each in again.session.kind.inputs] == [(8,), (10,)]
    assert again.session.scene.shelf == (SMALL,)
    assert not again.session.undo_stack.canUndo()
    change_model(qtbot, again, tiny_model)
    assert again.session.scene.shelf == (TINY,)
    assert again.session.undo_stack.count() == 1  # only the change of model


def test_starting_with_a_model_of_another_kind_cuts_nothing(start, qtbot, tmp_path, tiny_model):
    window = start(tiny_model)
    window.session.keep(TINY)
    window.close()
    small = write_model(tmp_path / "small.safetensors")
    other = start(small)
    assert other.session.scene.shelf == ()
    other.close()
    again = start(tiny_model)
    assert again.session.scene.shelf == (TINY,)


def test_undo_after_starting_with_a_session_restores_the_last(start, qtbot, home, tmp_path, tiny_model):
    last = SessionFile(kind=kind(12, 10), scene=scene(shelf=(TINY,)), others=((kind(8, 10), scene(shelf=(SMALL,))),))
    home.mkdir(parents=True, exist_ok=True)
    save(home / FIRST_EDITION, last)
    save(tmp_path / "s.zscape.json", replace(last, view="image", scene=scene(columns=4), others=()))
    window = start(tiny_model, tmp_path / "s.zscape.json")
    assert window.session.scene == scene(columns=4)
    window.session.undo_stack.undo()
    assert window.session.scene.shelf == (TINY,)
    window.close()
    assert [(other.inputs[0].size, scene.shelf) for other, scene in load(closed_sessions(home / "sessions")[0]).others] == [
        (8, (SMALL,))
    ]


def test_a_saved_session_holds_every_kind_and_opening_it_can_be_undone(window, qtbot, tmp_path):
    session, path = window.session, tmp_path / "s.zscape.json"
    session.keep(TINY)
    with qtbot.waitSignal(session.model_changed):
        window.renderer.adopt(small_model())
    session.keep(SMALL)
    window.opener.save_session(path)
    assert window.opener.snapshot().others == ()  # an exported picture contains only what it shows
    session.edit_shelf("clear", ())
    window.opener.open_session(path)
    assert session.scene.shelf == (SMALL,)
    session.undo_stack.undo()
    assert session.scene.shelf == ()


def test_a_session_of_a_kind_that_is_not_open_waits_whole(window, tmp_path, qtbot, tiny_model):
    before = window.session.scene
    save(tmp_path / "s.json", SessionFile("gone", "image", kind(8, 10), scene(shelf=(SMALL,))))
    window.opener.open_session(tmp_path / "s.json")
    assert "gone" in window.message_bar.label.text()
    assert "8 coordinates and 10 classes" in window.message_bar.label.text()
    assert window.session.scene == before
    assert window.keeper.file is None, "saving would put the open model in the place of its model"
    with qtbot.waitSignal(window.session.model_changed):
        window.renderer.adopt(small_model())
    assert window.session.scene.shelf == (SMALL,)
    with qtbot.waitSignal(window.session.model_changed):
        window.session.undo_stack.undo()
    assert window.session.model_path == tiny_model
    window.session.undo_stack.undo()
    window.session.undo_stack.redo()
    assert window.session.scene == before
    with qtbot.waitSignal(window.session.model_changed):
        window.session.undo_stack.redo()
    assert window.session.scene.shelf == (SMALL,)


def test_undo_of_a_session_restores_scenes_of_all_kinds(qapp):
    session, shown = Session(), []
    session.adopt(small_model())
    session.scene_changed.connect(lambda: shown.append(session.scene))
    session.restore(scene(columns=3), kind(8, 10), {kind(12, 10): scene(shelf=(TINY, SMALL))})
    assert shown == [scene(columns=3)]
    assert session.others == {kind(12, 10): scene(shelf=(TINY,))}  # without points that this kind cannot draw
    session.undo_stack.undo()
    assert session.scene == scene()
    assert session.others == {kind(12, 10): scene()}


def test_before_a_model_is_open_the_scene_of_a_session_is_shown(qapp):
    session = Session()
    session.restore(scene(shelf=(TINY,)), kind(12, 10))
    assert session.scene.shelf == (TINY,)
    session.adopt(small_model())
    assert session.scene.shelf == ()
    assert session.others == {kind(12, 10): scene(shelf=(TINY,))}


def test_the_shelf_offers_models_of_other_kinds_with_kept_points(start, qtbot, tmp_path, tiny_model):
    window = start(tiny_model)
    session = window.session
    session.learn_directions([Direction("wide", "z", (1.0, *(0.0,) * 11))])
    moved = recipe(seeds=((4, 1.0),), moves=(("wide", 2.0),))
    session.edit_point("move", moved)
    session.keep(moved)
    change_model(qtbot, window, write_model(tmp_path / "small.safetensors"))
    assert session.point == recipe(seeds=((4, 1.0),))
    assert session.scene.shelf == ()
    elsewhere = window.panels["shelf"].elsewhere
    assert elsewhere.text().startswith("1 kept with other models")
    elsewhere.fill()
    (entry,) = elsewhere.choices.actions()
    assert entry.text() == "tiny (1)"
    with qtbot.waitSignal(session.model_changed, timeout=10_000):
        entry.trigger()
    assert (session.point, session.scene.shelf) == (moved, (moved,))
    assert elsewhere.isHidden()
    session.undo_stack.undo()
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: session.point == moved, timeout=10_000)
    # As in a session of an earlier version: it names only the kind, and the available models show whose kind it is.
    faces = Kind(read_spec(find("faces")).inputs)
    session.restore(session.scene, session.kind, {faces: scene(shelf=(Recipe.seed(4),))})
    elsewhere.fill()
    assert [(each.text(), each.isEnabled()) for each in elsewhere.choices.actions()] == [("faces (1)", True)]
