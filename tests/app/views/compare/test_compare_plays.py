"""A timeline plays on both sides of the compare view, in the window."""

from run_models import write_run

from zscape.app.views.compare.state import CompareState
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.ready_made import round_the_classes


def test_what_plays_is_on_both_sides_and_its_frames_are_counted_but_an_anchor_stands_still(window, qtbot, tmp_path):
    view, run = window.show_view("compare"), str(write_run(tmp_path / "my-run"))
    session, player, classes = window.session, window.timeline.player, window.session.space.first(Classes)
    seen = {"left": set(), "right": set(), "apart": set()}

    def note(side, sheet):
        seen[side].add(classes.heaviest(sheet.recipe(0).value(classes)))

    for anchor in (None, Recipe.seed(7)):
        session.edit_view("choose", CompareState(run, anchor=anchor))
        qtbot.waitUntil(lambda: view.apart.frame is not None and not view.busy, timeout=10_000)
        session.edit_timeline("make", round_the_classes(session.point, session.space, 1.5))
        if anchor is None:
            for side, sheet in (("left", view.sheet), ("right", view.second), ("apart", view.apart)):
                sheet.painted.connect(lambda _, side=side, sheet=sheet: note(side, sheet))
        for each in seen.values():
            each.clear()
        window.actions_by_name["play"].trigger()
        qtbot.waitUntil(lambda: len(seen["left"]) > 3 and len(seen["apart"]) > 3, timeout=20_000)
        assert player.shown > 3
        assert player.dropped >= 0
        window.actions_by_name["play"].trigger()
        if anchor is not None:
            assert seen["right"] == {0}  # it does not move
            assert view.second.recipe(0) == anchor
        else:
            assert len(seen["right"]) > 3
            qtbot.waitUntil(lambda: view.second.recipe(0) == view.sheet.recipe(0), timeout=10_000)
        player.release()
