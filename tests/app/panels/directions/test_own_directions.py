"""The user's own directions: made, renamed, shared, deleted, and what moves along them."""

from dataclasses import replace

import numpy as np
import pytest
from directions_stage import latent_row
from recipes import z
from stage import give_model, open_context, show, small_model

from zscape.app.panels.directions.maker import DirectionDialog
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.work.directions import direction_changes, directions
from zscape.models.errors import ZscapeError
from zscape.models.files.directions import own_directions, own_file
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import DIRECTION
from zscape.models.media.images import save_png
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.timeline import NumberKey


def test_a_direction_of_ones_own_is_made_renamed_shared_and_deleted(window, panel, qtbot, tmp_path):
    window.session.keep(Recipe.seed(8))
    panel.own.ask_new()
    dialog = window.findChild(DirectionDialog)
    dialog.make.click()
    assert "needs a name" in dialog.trouble.text()
    assert dialog.focusWidget() is dialog.name  # one can type at once
    dialog.name.setText("n")
    assert dialog.trouble.text() == ""
    dialog.name.setText("mine")
    dialog.note.setText("from seed 8")
    dialog.make.click()
    mine = window.session.space.directions["mine"]
    assert mine.provenance["note"] == "from seed 8"
    assert panel.chosen == mine
    qtbot.waitUntil(lambda: panel.rows.row(2) is not None and window.focusWidget() is panel.rows.row(2).slider)
    assert panel.rows.row(2).visibleRegion().boundingRect() == panel.rows.row(2).rect()
    assert [each.name for each in own_directions(window.session.model.spec)] == ["mine"]
    path = tmp_path / "shared.directions.safetensors"
    directions.save(panel.context, path, [mine])
    direction_changes.rename(panel.context, mine, "yours")
    assert "mine" not in window.session.space.directions
    panel.own.delete(window.session.space.directions["yours"])
    assert own_directions(window.session.model.spec) == ()
    window.opener.open_file(path)
    assert [each.name for each in own_directions(window.session.model.spec)] == ["mine"]


@pytest.mark.parametrize(("encoder", "says"), [(True, ", 2 the least"), (False, ", 20 the least")])
def test_two_folders_of_pictures_make_a_direction(qtbot, tmp_path, encoder, says):
    for side in ("with", "without"):
        (tmp_path / side).mkdir()
        digit = np.zeros((28, 28, 1), np.uint8)
        digit[5:23, 12 : 18 if side == "with" else 14] = 255
        for name in "12":
            save_png(tmp_path / side / f"{name}.png", np.roll(digit, int(name), 0))
    with open_context(tmp_path) as context:
        give_model(qtbot, context, small_model(encoder))
        dialog = show(qtbot, DirectionDialog(context))
        dialog.of_pictures.click()
        assert says in dialog.words.text()
        dialog.name.setText("light")
        for side, field in dialog.folders.items():
            field.setText(str(tmp_path / side))
        found = []
        dialog.made.connect(found.append)
        dialog.make.click()
        qtbot.waitUntil(lambda: bool(found) or dialog.make.isEnabled(), timeout=10_000)
        assert bool(found) == encoder
        assert encoder or "give 20 pictures or more" in dialog.trouble.text()
        dialog.close()


MINE = Direction("mine", "z", (2.0, 1.0, *(0.0,) * 10), method="difference of two points")


@pytest.fixture
def used(window, panel, painted):
    """A direction made by the user, along which the current point, a kept one, a tile of Arithmetic and a timeline move."""
    session = window.session
    directions.keep(panel.context, MINE)
    point = session.point.with_value("z", z(session.point).with_move("mine", 2.0))
    painted(lambda: session.edit_point("move", point))
    session.keep(point)
    session.edit_view("a", replace(session.scene.view(ArithmeticState), a=point))
    line = animate_shelf([point, Recipe.seed(3)], session.space, leg=1.0)
    keys = (NumberKey(0.0, 0.0), NumberKey(1.0, 1.0))
    session.edit_timeline("animate", replace(line, numbers=(("z", DIRECTION + "mine", keys),)))
    return point


def drawn(window):
    """The current row of the latent, after checking that the point is valid."""
    window.session.space.check(window.session.point)
    return latent_row(window)


def test_a_renamed_or_deleted_direction_is_so_everywhere_and_back_by_undo(window, panel, used, painted):
    session, failed = window.session, []
    window.renderer.failed.connect(failed.append)
    before, row, order = session.scene, drawn(window), list(session.space.directions)
    painted(lambda: direction_changes.rename(panel.context, session.space.directions["mine"], "yours"))
    assert "mine" not in repr(session.scene)
    assert [each.replace("yours", "mine") for each in session.space.directions] == order
    assert session.scene.shelf == (session.point,)
    assert session.scene.timeline.numbers[0][1] == DIRECTION + "yours"
    np.testing.assert_allclose(drawn(window), row, atol=1e-6)
    painted(session.undo_stack.undo)
    assert session.scene == before
    assert list(session.space.directions) == order
    np.testing.assert_allclose(drawn(window), row, atol=1e-6)
    painted(lambda: panel.own.delete(session.space.directions["mine"]))
    assert "mine" not in session.space.directions
    assert "mine" not in repr(session.scene)
    np.testing.assert_allclose(drawn(window) - row, [-4, -2, *(0,) * 10], atol=1e-5)
    assert own_directions(session.model.spec) == ()
    painted(session.undo_stack.undo)
    assert session.scene == before
    np.testing.assert_allclose(drawn(window), row, atol=1e-6)
    assert [each.name for each in own_directions(session.model.spec)] == ["mine"]
    session.undo_stack.redo()
    session.undo_stack.undo()  # before the renderer has responded
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
    assert "mine" not in repr(session.scene)
    painted(session.undo_stack.undo)
    assert session.scene == before
    assert failed == []


def test_directions_that_cannot_be_read_are_not_overwritten(window, panel):
    spec = window.session.model.spec
    directions.keep(window.context, Direction("first", "z", (1.0,) * 12))
    path = own_file(spec)
    path.write_bytes(path.read_bytes()[:-3])
    before = path.read_bytes()
    with pytest.raises(ZscapeError, match="would overwrite your directions"):
        directions.keep(window.context, Direction("second", "z", (1.0,) * 12))
    assert path.read_bytes() == before
