"""Recording movements onto the timeline, by mouse and keyboard: one undo step, keys like any others."""

import pytest
from PySide6.QtCore import Qt
from recipes import recipe, with_coordinate
from stage import small_model

from zscape.app.work.playing.recorder import Recorder
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import stops

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hand(window, monkeypatch):
    """hand(seconds, number): moves coordinate 3 to `number` after `seconds` more."""
    clock = [100.0]
    monkeypatch.setattr(window.timeline.panel.recording.recorder, "clock", lambda: clock[0])

    def move(seconds, number):
        clock[0] += seconds
        window.session.edit_point("move", with_coordinate(window.session.point, 3, number))

    return move


@pytest.fixture
def button(qtbot, window):
    window.timeline.show_or_hide()
    return window.timeline.panel.recording.button


def swing(hand):
    for step in range(1, 31):
        hand(0.05, 2 * (step / 30) ** 2)


def test_what_is_done_becomes_keys_in_one_step_of_undo(qtbot, window, button, hand):
    before = window.session.point
    qtbot.mouseClick(button, LEFT)
    assert button.isChecked()
    assert button.accessibleName() == "Stop recording"
    swing(hand)
    done = window.session.undo_stack.count()
    with qtbot.waitSignal(window.session.message) as said:
        qtbot.mouseClick(button, LEFT)
    assert "keys" in said.args[0]
    assert (button.accessibleName(), button.isChecked()) == ("Record", False)
    line, space = window.session.scene.timeline, window.session.space
    assert 2 <= len(stops(line)) < 15
    assert line.seconds == pytest.approx(1.5, abs=0.11)
    assert line.at(0.0, space).value(space.inputs[0]).seed == before.value(space.inputs[0]).seed
    assert line.at(line.seconds, space) == window.session.point.with_values(dict(line.at(line.seconds, space).values))
    assert window.session.undo_stack.count() == done + 1
    assert window.session.undo_stack.undoText() == "record a take"
    window.session.undo_stack.undo()
    assert window.session.scene.timeline is None


def test_keys_of_a_take_are_edited_like_others(qtbot, window, button, hand):
    button.click()
    swing(hand)
    button.click()
    panel = window.timeline.panel
    count = len(panel.stops)
    panel.delete(1)
    assert len(panel.stops) == count - 1
    panel.replace(0)
    assert window.session.scene.timeline.at(0.0, window.session.space).get("z") == window.session.point.get("z")


def test_a_take_goes_where_the_playhead_is(qtbot, window, button, hand):
    space = window.session.space
    points = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
    window.session.edit_timeline("animate", animate_shelf(points, space, leg=2.0))
    window.timeline.player.seek(2.5)
    button.click()
    assert not window.timeline.player.playing
    swing(hand)
    button.click()
    line = window.session.scene.timeline
    starts = [each.start for each in stops(line)]
    assert {0.0, 2.0, 2.5, 6.0} <= set(starts)
    assert line.at(0.0, space) == points[0].with_values(dict(line.at(0.0, space).values))
    assert window.timeline.player.time == 2.5


def test_nothing_that_moved_is_told_and_changes_nothing(qtbot, window, button):
    qtbot.mouseClick(button, LEFT)
    with qtbot.waitSignal(window.session.message) as said:
        qtbot.mouseClick(button, LEFT)
    assert "Nothing moved" in said.args[0]
    assert said.args[1] is True
    assert window.session.scene.timeline is None


def test_the_keyboard_records(qtbot, window, hand):
    assert not window.timeline.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert window.timeline.isVisible()
    assert window.timeline.panel.recording.recorder.recording
    hand(0.1, 1.0)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.scene.timeline is not None


def test_another_kind_of_model_ends_it(window, qtbot):
    recorder = Recorder(window.session)
    recorder.start()
    with qtbot.waitSignal(recorder.ended, timeout=10_000):
        window.renderer.adopt(small_model())
    assert not recorder.recording
