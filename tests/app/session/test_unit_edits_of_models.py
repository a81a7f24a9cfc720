"""Edits of units belong to one model: another model with the same inputs drops them and says so."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from recipes import inputs, recipe

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session import Session
from zscape.app.state.session_file import load, save
from zscape.models.errors import ZscapeError
from zscape.models.files.spec import Spec
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.units import UNIT_EDITS, UnitEdit, UnitsValue
from zscape.models.timeline.timeline import Timeline

EDITED = recipe().with_value(UNIT_EDITS, UnitsValue((UnitEdit("up", (3,), gain=0.0),)))


def model(name, z_size=8, sha256="", **recorded):
    spec = Spec(name, "dcgan", {}, inputs(z_size, ("a", "b")), (1, 28, 28), recorded=recorded, sha256=sha256)
    return SimpleNamespace(spec=spec, space=spec.space)


def trained(sha256, seed=0, steps=100):
    """A checkpoint of the run "first" with this seed."""
    return model("first", sha256=sha256, training={"name": "first", "seed": seed, "steps": steps})


@pytest.fixture
def session(qapp):
    made = Session()
    made.model_wanted.connect(lambda wanted: made.adopt(wanted.model))
    made.adopt(model("first"))
    made.edit_point("edit units", EDITED)
    made.edit_shelf("keep", (EDITED, recipe(seeds=((7, 1.0),))))
    made.edit_timeline("play", Timeline(1.0, EDITED))
    return made


@pytest.fixture
def lines(session):
    told = []
    session.message.connect(lambda line, is_error: told.append(line))
    return told


def test_opening_another_model_drops_unit_edits_and_undo_restores_them(session, lines):
    before = session.scene
    session.adopt(model("second"))
    drawn = EDITED.without(UNIT_EDITS)
    assert (session.point, session.scene.shelf) == (drawn, (drawn, before.shelf[1]))
    assert session.scene.timeline.base == drawn
    assert len(lines) == 1
    assert "made with first" in lines[0]
    assert "second has other units" in lines[0]
    after = session.scene
    session.undo_stack.undo()
    assert (session.scene, session.model.spec.name) == (before, "first")
    session.undo_stack.redo()
    assert (session.scene, session.model.spec.name) == (after, "second")
    assert len(lines) == 1


@pytest.mark.parametrize("chosen", ["third", "second"])
def test_a_model_opened_while_undo_loads_another_is_a_step_from_that(qapp, chosen):
    session, wanted = Session(), []
    session.model_wanted.connect(wanted.append)
    models = {name: model(name, sha256=name) for name in ("first", "second", "third")}
    paths = {name: Path(f"{name}.safetensors") for name in models}
    for name in ("first", "second"):
        session.adopt(models[name], paths[name])
    session.undo_stack.undo()  # "first" is still loading
    session.adopt(models[chosen], paths[chosen])
    assert session.undo_stack.undoText() == f"open {chosen}"
    session.undo_stack.undo()
    assert [each.name for each in wanted] == ["first", "first"]
    session.adopt(models["first"], paths["first"])
    assert (session.undo_stack.index(), session.undo_stack.count()) == (0, 1)


def test_after_a_model_that_undo_cannot_open_the_next_step_is_from_the_one_shown(qapp):
    session, wanted = Session(), []
    session.model_wanted.connect(wanted.append)
    for name in ("first", "second"):
        session.adopt(model(name, sha256=name), Path(f"{name}.safetensors"))
    session.undo_stack.undo()
    session.stay()  # its file is gone
    session.adopt(model("third", sha256="third"), Path("third.safetensors"))
    session.undo_stack.undo()
    assert [each.name for each in wanted] == ["first", "second"]


def test_newer_weights_of_a_run_while_undo_loads_another_model_are_no_step(qapp):
    session, wanted = Session(), []
    session.model_wanted.connect(wanted.append)
    session.adopt(model("other", sha256="other"), Path("other.safetensors"))
    session.adopt(trained("a"))
    session.undo_stack.undo()
    session.adopt(trained("b"))
    assert session.undo_stack.redoText() == "open first"
    session.adopt(model("other", sha256="other"), Path("other.safetensors"))
    assert (session.undo_stack.index(), session.undo_stack.count()) == (0, 1)


def test_opening_a_model_drops_moves_along_unknown_directions(qapp):
    """Otherwise nothing could be drawn, and no slider could reset it. Directions known to both, and kept points, stay."""
    slant, width = (Direction(name, "z", (1.0,) * 8) for name in ("slant", "width"))
    first, second = (SimpleNamespace(**vars(model(name))) for name in ("first", "second"))
    first.space, second.space = first.space.with_directions((slant, width)), second.space.with_directions((width,))
    session, told = Session(), []
    session.model_wanted.connect(lambda wanted: session.adopt(wanted.model))
    session.message.connect(lambda line, is_error: told.append(line))
    session.adopt(first)
    moved = recipe().with_value("z", recipe().value(first.space.input("z")).with_move("slant", 2.0).with_move("width", 1.0))
    session.edit_point("move", moved)
    session.edit_shelf("keep", (moved,))
    session.adopt(second)
    second.space.check(session.point)
    assert session.point.get("z").moves == (("width", 1.0),)
    assert session.scene.shelf == (moved,)
    assert told == ["The point is no longer moved along slant: second knows no such direction. Undo goes back."]
    session.undo_stack.undo()
    assert (session.point, session.model) == (moved, first)


def test_a_checkpoint_of_the_same_run_keeps_them(session, lines, tmp_path):
    before = session.scene
    session.adopt(model("first"), tmp_path / "checkpoints" / "100.safetensors")
    assert session.scene == before
    assert lines == []


def test_they_are_dropped_after_a_model_of_another_kind_too(session, lines):
    before = session.scene
    session.adopt(model("other", 9))
    lines.clear()
    session.adopt(model("second"))
    assert session.point == EDITED.without(UNIT_EDITS)
    assert any("made with first" in line for line in lines)
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (session.scene, session.model.spec.name) == (before, "first")


def test_a_scene_without_edits_changes_model_without_a_message(session, lines):
    session.edit("as drawn", Scene(point=recipe(seeds=((9, 1.0),))))
    before = session.scene
    session.adopt(model("second"))
    assert session.scene == before
    assert lines == []


def test_another_model_of_the_same_name_drops_them_and_says_so(qapp, tmp_path):
    session, told = Session(), []
    session.message.connect(lambda line, is_error: told.append(line))
    session.adopt(trained("1" * 64), tmp_path / "a.safetensors")
    session.edit_point("edit units", EDITED)
    session.adopt(trained("2" * 64, steps=200), tmp_path / "later.safetensors")
    assert session.point == EDITED  # other weights of the same run
    session.adopt(trained("3" * 64, seed=1), tmp_path / "b.safetensors")
    assert session.point == EDITED.without(UNIT_EDITS)
    assert told == ["Unit edits made with first are dropped: another first has other units. Undo goes back."]
    session.undo_stack.undo()
    assert session.point == EDITED


def test_files_without_a_run_are_compared_by_hash(qapp, tmp_path):
    session = Session()
    session.adopt(model("first", sha256="1" * 64), tmp_path / "a.safetensors")
    session.edit_point("edit units", EDITED)
    session.adopt(model("first", sha256="1" * 64), tmp_path / "copy.safetensors")
    assert session.point == EDITED
    session.adopt(model("first", sha256="2" * 64), tmp_path / "b.safetensors")
    assert session.point == EDITED.without(UNIT_EDITS)


def test_a_session_file_keeps_unit_edits_for_their_run(window, tmp_path):
    """Sessions of earlier versions do not name the run; the name of the model decides, as before."""
    spec, told, path = window.session.model.spec, [], tmp_path / "s.zscape.json"
    window.session.message.connect(lambda line, is_error: told.append(line))
    for run, stay in ((spec.run, True), ("", True), ("0" * 64, False)):
        save(path, SessionFile(spec.name, "image", window.session.kind, Scene(point=EDITED), run=run))
        if not stay:
            with pytest.raises(ZscapeError, match="another model named 'tiny'"):
                window.opener.open_session(path)
        window.opener.open_session(path)
        assert window.session.point == (EDITED if stay else EDITED.without(UNIT_EDITS))
        words = "The session's unit edits are dropped: they were made with another tiny, which has other units."
        assert told == [] if stay else told[0].endswith(words)


def test_what_is_saved_says_of_which_run_its_model_is(window, tmp_path):
    path = tmp_path / "s.zscape.json"
    window.opener.save_session(path)
    assert load(path).run == window.session.model.spec.run != ""
