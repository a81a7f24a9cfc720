"""A timeline plays on both sides of the compare view, in the window."""

import pytest
from run_models import write_run

from zscape.app.views.compare.state import CompareState
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.ready_made import round_the_classes


@pytest.mark.parametrize("anchored", [False, True])
def test_what_plays_is_on_both_sides_and_its_frames_are_counted(window, qtbot, tmp_path, anchored):
    view = window.show_view("compare")
    anchor = Recipe.seed(7) if anchored else None
    window.session.edit_view("choose", CompareState(str(write_run(tmp_path / "my-run")), anchor=anchor))
    qtbot.waitUntil(lambda: view.apart.frame is not None, timeout=10_000)
    space = window.session.space
    window.session.edit_timeline("make", round_the_classes(window.session.point, space, 4.0))
    seen = {"left": set(), "right": set(), "apart": set()}
    classes = space.first(Classes)

    def note(side, sheet):
        seen[side].add(classes.heaviest(sheet.recipe(0).value(classes)))

    for side, sheet in (("left", view.sheet), ("right", view.second), ("apart", view.apart)):
        sheet.painted.connect(lambda _, side=side, sheet=sheet: note(side, sheet))
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: len(seen["left"]) > 3 and len(seen["apart"]) > 3, timeout=20_000)
    player = window.timeline.player
    assert player.shown > 3
    assert player.dropped >= 0
    window.actions_by_name["play"].trigger()
    if anchored:
        assert seen["right"] == {0}  # it does not move
    else:
        assert len(seen["right"]) > 3
        qtbot.waitUntil(lambda: view.second.recipe(0) == view.sheet.recipe(0), timeout=10_000)
    player.release()
