"""Several shelves, tags, and the history of points, as the session keeps them."""

import pytest
from recipes import bare_model, kind, recipe, scene, space, with_class
from stage import small_model

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import fit
from zscape.app.state.session import Session
from zscape.app.state.session_file import from_json, to_json
from zscape.app.state.shelf_state import (
    FIRST,
    ShelfState,
    kept,
    moved_to,
    renamed,
    shelves,
    tagged,
    with_points,
    with_shelf,
    without_shelf,
)
from zscape.models.errors import ZscapeError
from zscape.models.inputs.units import NOTHING, UNIT_EDITS

A, B, C = (recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3))


def names(given):
    return [name for name, _ in shelves(given)]


def test_a_shelf_is_made_filled_and_left_as_it_was():
    two = with_points(with_shelf(scene(shelf=(A, B)), " wide   ones "), (C,))
    assert shelves(two) == ((FIRST, (A, B)), ("wide ones", (C,)))
    back = with_shelf(two, FIRST)
    assert back.shelf == (A, B)
    assert names(back) == [FIRST, "wide ones"]
    assert with_shelf(back, "wide ones").shelf == (C,)
    assert kept(back) == (A, B, C)


def test_the_shown_one_is_renamed_and_taken_away():
    two = with_shelf(scene(shelf=(A,)), "second")
    assert names(renamed(two, "other")) == [FIRST, "other"]
    with pytest.raises(ZscapeError, match="already"):
        renamed(two, FIRST)
    with pytest.raises(ZscapeError, match="at most 40"):
        renamed(two, "x" * 41)
    with pytest.raises(ZscapeError, match="needs a name"):
        renamed(two, "  ")
    one = without_shelf(two)
    assert shelves(one) == ((FIRST, (A,)),)
    assert shelves(without_shelf(one)) == ((FIRST, ()),)


def test_a_point_goes_to_another_shelf_once():
    two = with_shelf(with_points(with_shelf(scene(shelf=(A, B)), "second"), (B, C)), FIRST)
    assert shelves(moved_to(two, B, "second")) == ((FIRST, (A,)), ("second", (C, B)))


def test_tags_go_with_their_point_wherever_it_is_kept():
    made = tagged(scene(shelf=(A, B)), A, [" bold ", "", "bold", "slanted"])
    assert made.view(ShelfState).tags_of(A) == ("bold", "slanted")
    assert made.view(ShelfState).used_tags == ("bold", "slanted")
    moved = moved_to(with_shelf(with_shelf(made, "second"), FIRST), A, "second")
    assert moved.view(ShelfState).tags_of(A) == ("bold", "slanted")
    gone = without_shelf(with_shelf(moved, "second"))
    assert gone.view(ShelfState) == ShelfState()
    with pytest.raises(ZscapeError, match="at most 40"):
        tagged(made, A, ["x" * 41])


def test_shelves_and_tags_are_in_the_session_file():
    made = tagged(with_points(with_shelf(scene(shelf=(A, B)), "second"), (C,)), C, ["bold"])
    saved = SessionFile(kind=kind(8, 10), scene=made)
    assert from_json(to_json(saved), "here") == saved


@pytest.mark.parametrize(
    "wrong",
    ['"name": ""', '"place": 4', '"others": [["Shelf", []]]', '"others": [["", []]]', '"others": [[3, []]]'],
)
def test_shelves_that_cannot_be_are_a_damaged_session(wrong):
    text = to_json(SessionFile(scene=scene())).replace('"views": {}', f'"views": {{"shelf": {{{wrong}}}}}')
    with pytest.raises(ZscapeError, match="damaged"):
        from_json(text, "here")


def test_for_another_kind_of_model_nothing_is_kept_yet():
    mine = with_class(A, 3, 10)
    made = tagged(with_shelf(with_points(with_shelf(scene(shelf=(A,)), "second"), (mine,)), FIRST), mine, ["bold"])
    fitted = fit(made, kind(8, 2, ("a", "b")), kind(8, 10, tuple("0123456789")))
    assert shelves(fitted) == ((FIRST, ()),)
    assert fitted.view(ShelfState).tags == ()
    assert fit(made, kind(8, 10, tuple("0123456789")), kind(8, 10)) == made  # the same kind, whose labels were unknown


def test_points_on_other_shelves_are_told_of_when_another_model_is_opened(qtbot):
    session = Session()
    session.adopt(small_model())
    session.edit(
        "keep", with_points(with_shelf(session.scene, "second"), (with_class(recipe(numbers=(0.5,) * 8, seeds=()), 3, 10),))
    )
    session.edit("show", with_shelf(session.scene, FIRST))
    from run_models import tiny

    with qtbot.waitSignal(session.message) as told:
        session.adopt(tiny(1, 0.0, size=12))
    assert told.args[0].startswith("1 kept point stays with tiny")
    assert [(each.opened.name, each.count) for each in session.kept_elsewhere] == [("tiny", 1)]


def test_visited_points_are_read_from_undo_steps():
    session = Session()
    start = session.point
    assert session.visited(5) == ()
    session.edit_point("go", A)
    assert session.visited(5) == (start,)
    gesture = session.new_gesture()
    for seed in range(10, 20):  # a drag: only its ends count
        session.edit_point("drag", recipe(seeds=((seed, 1.0),)), gesture)
    assert session.visited(5) == (A, start)
    session.edit_shelf("keep", (B,))
    session.edit_point("go", C)
    assert session.visited(5) == (recipe(seeds=((19, 1.0),)), A, start)
    assert session.visited(2) == (recipe(seeds=((19, 1.0),)), A)
    session.edit_point("go back", A)
    assert session.visited(5) == (C, recipe(seeds=((19, 1.0),)), start)
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.visited(5) == (A, start)


def test_visited_points_are_without_the_unit_edits_of_another_model():
    session = Session()
    session.adopt(bare_model(space(8), name="first"))
    start = session.point
    edited = A.with_value(UNIT_EDITS, NOTHING.with_units("blocks.0", [1], gain=0.0))
    for point in (edited, B):
        session.edit_point("go", point)
    assert edited in session.visited(5)
    session.adopt(bare_model(space(8), name="first"))
    assert edited in session.visited(5), "a checkpoint of the same run"
    session.adopt(bare_model(space(8), name="second"))
    assert session.visited(5) == (A, start)
    session.edit_point("go", edited)
    session.edit_point("go", C)
    assert session.visited(5) == (edited, B, A, start), "its own edit stays"
