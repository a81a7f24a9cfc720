"""In and out points, and an easing shaped by hand, by mouse and keyboard, each an undo step."""

from dataclasses import replace

import numpy as np
import pytest
from dock_stage import LEFT, POINTS, at, line
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from stage import drag

from zscape.app.window.timeline.dialogs.easing_dialog import CURVES, EasingDialog
from zscape.app.window.timeline.menu import shape
from zscape.app.work.playing.player import Player
from zscape.models.timeline.easing import Curve
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import easing_after, stops


def handle(panel, is_end):
    return panel.track.part.rect_of(is_end).center().toPoint()


def test_in_and_out_points_are_dragged(panel, qtbot):
    before = panel.session.undo_stack.count()
    drag(qtbot, panel.track, handle(panel, False), at(panel, 1.0))
    drag(qtbot, panel.track, handle(panel, True), at(panel, 2.5))
    assert line(panel).part == (1.0, 2.5)
    assert panel.session.undo_stack.count() == before + 2
    assert line(panel).tracks == animate_shelf(POINTS, panel.session.space, leg=1.0).tracks
    drag(qtbot, panel.track, handle(panel, True), at(panel, 2.0), let_go=False)
    qtbot.keyClick(panel.track, Qt.Key.Key_Escape)
    assert line(panel).part == (1.0, 2.5)
    qtbot.mouseRelease(panel.track, LEFT)
    panel.session.undo_stack.undo()
    assert line(panel).part == (1.0, 3.0)


def test_in_and_out_points_by_keyboard_and_menu(panel, qtbot):
    panel.track.setFocus()
    panel.player.seek(0.5)
    qtbot.keyClick(panel.track, Qt.Key.Key_I)
    panel.player.seek(2.0)
    qtbot.keyClick(panel.track, Qt.Key.Key_O)
    assert line(panel).part == (0.5, 2.0)

    def choose():
        menu = QApplication.activePopupWidget()
        next(each for each in menu.actions() if each.text() == "Play all").trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    panel.track.ruler_menu_asked.emit(1.0, panel.track.mapToGlobal(at(panel, 1.0)))
    qtbot.waitUntil(lambda: line(panel).part is None, timeout=5_000)


def marked(dialog):
    return [name for name, button in dialog.presets.items() if button.isChecked()]


def test_an_easing_is_shaped_by_hand(panel, qtbot):
    before = panel.session.undo_stack.count()
    dialog = shape(panel.editing, panel, panel.stops[1])
    qtbot.waitUntil(dialog.isVisible, timeout=5_000)
    pad = dialog.pad
    assert marked(dialog) == ["Smooth"]
    drag(qtbot, pad, pad.spots()[0].toPoint(), pad.spot(0.8, 0.1).toPoint())
    made = easing_after(line(panel), stops(line(panel))[1])
    assert marked(dialog) == []  # no preset any more
    assert (made.x1, made.y1) == (pytest.approx(0.8, abs=0.01), pytest.approx(0.1, abs=0.01))
    assert easing_after(line(panel), stops(line(panel))[0]) == "smooth"  # only that leg
    assert panel.session.undo_stack.count() == before + 1  # the whole drag is one step
    drag(qtbot, pad, pad.spots()[0].toPoint(), pad.spot(0.2, 0.9).toPoint(), let_go=False)
    assert easing_after(line(panel), stops(line(panel))[1]) != made
    qtbot.keyClick(pad, Qt.Key.Key_Escape)  # takes the drag back, and does not close the dialog
    assert dialog.isVisible()
    assert easing_after(line(panel), stops(line(panel))[1]) == made
    qtbot.mouseRelease(pad, LEFT)
    assert panel.session.undo_stack.count() == before + 1
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    qtbot.keyClick(pad, Qt.Key.Key_Down)
    assert easing_after(line(panel), stops(line(panel))[1]).y2 == pytest.approx(0.95)
    drag(qtbot, pad, pad.spots()[1].toPoint(), pad.spot(3.0, -2.0).toPoint())  # limited to the range
    assert easing_after(line(panel), stops(line(panel))[1]).x2 == 1.0
    qtbot.mouseClick(dialog.presets["Very smooth"], LEFT)
    assert easing_after(line(panel), stops(line(panel))[1]) == CURVES["Very smooth"]
    qtbot.mouseClick(dialog.presets["Even"], LEFT)
    assert easing_after(line(panel), stops(line(panel))[1]) == "linear"
    qtbot.mouseClick(dialog.presets["Even"], LEFT)  # clicking again keeps it
    assert marked(dialog) == ["Even"]
    dialog.close()
    qtbot.waitUntil(lambda: panel.findChild(EasingDialog) is None, timeout=5_000)


def test_a_shaped_easing_is_played(panel):
    dialog = shape(panel.editing, panel, panel.stops[0])
    dialog.choose(Curve(1.0, 0.0, 1.0, 0.0))  # all movement at the end
    dialog.close()
    early, start = (line(panel).at(time, panel.session.space).get("z") for time in (0.4, 0.0))
    latent = panel.session.space.inputs[0]
    space = panel.session.space
    assert abs(latent.row(early, space) - latent.row(start, space)).max() < 0.05


def test_even_change_is_a_switch_that_the_playhead_follows(window, qtbot):
    even = window.actions_by_name["even"]
    with qtbot.waitSignal(window.session.message) as caught:
        even.trigger()
    assert caught.args[1] is True, "there is no timeline"
    window.show_view("image")  # a single picture, not a sheet
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    before, paces = line(window), window.timeline.paces
    with qtbot.waitSignal(paces.changed, timeout=60_000):
        even.trigger()
    assert line(window) == replace(before, even=True)  # the keys keep their times
    assert even.isChecked()
    pace = paces.of(line(window))
    assert max(abs(pace.own(time) - time) for time in np.linspace(0, 3, 50)) > 0.05
    goes_at(pace, window, qtbot)
    with qtbot.waitSignal(paces.changed, timeout=60_000):  # another timeline has another pace
        window.timeline.panel.length.setValue(5.0)
    assert paces.of(line(window)).end == 5.0
    window.session.undo_stack.undo()
    assert paces.of(line(window)) == pace  # it is cached
    window.session.undo_stack.undo()
    assert line(window) == before
    assert not even.isChecked()
    assert paces.of(before) is None


def goes_at(pace, window, qtbot):
    """The playhead is where the pace says at some times of its clock."""
    now = [0.0]
    player = Player(window.context, clock=lambda: now[0], pace=window.timeline.paces.of)

    def reaches(time):
        """Wait for this time, after the previous frame is drawn."""
        qtbot.waitUntil(lambda: abs(player.time - time) < 1e-6, timeout=10_000)

    player.play()
    for clock in (0.5, 1.2, 2.0):
        now[0] = clock
        reaches(pace.own(clock))
    player.seek(1.0)  # the time of a key, in the timeline's own time
    assert player.time == 1.0
    now[0] += 0.5
    reaches(pace.own(pace.clock(1.0) + 0.5))
    player.release()
