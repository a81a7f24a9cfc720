"""The timeline in the window, by mouse and keyboard: from kept points to playing, editing keys, each edit an undo step."""

from dock_stage import LEFT, POINTS, at, starts, steps
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from recipes import recipe

from zscape.app.window.timeline.dialogs.animate_dialog import AnimateDialog
from zscape.models.timeline.edits import animate_shelf


def test_it_is_hidden_until_it_is_used_and_then_no_other_window_flashes_up(window, qtbot):
    assert not window.timeline.isVisible()
    assert not window.panels["shelf"].animate.isVisible()  # nothing to animate yet
    with qtbot.waitSignal(window.session.message) as caught:
        window.actions_by_name["animate"].trigger()
    assert caught.args[1] is True
    assert window.findChild(AnimateDialog) is None
    window.session.edit_shelf("fill", POINTS)

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    shown, watch = [], Watch()
    QApplication.instance().installEventFilter(watch)
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    QApplication.processEvents()
    QApplication.instance().removeEventFilter(watch)
    assert window.timeline.panel.isVisible()
    assert shown == []


def test_two_clicks_from_kept_points_to_what_plays(window, dock, qtbot):
    button = window.panels["shelf"].animate
    qtbot.waitUntil(button.isVisible, timeout=5_000)  # panels follow the scene with a short delay
    qtbot.mouseClick(button, LEFT)
    dialog = window.findChild(AnimateDialog)
    qtbot.mouseClick(dialog.start, LEFT)
    assert dock.isVisible()
    assert dock.player.playing
    assert window.session.scene.timeline == animate_shelf(POINTS, window.session.space, loop=True)
    qtbot.waitUntil(lambda: dock.player.shown > 3, timeout=10_000)
    sheet = window.views["class-sweep"].sheet
    assert sheet.frame.sweep.centre != window.session.point
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert not dock.player.playing


def test_the_dialog_says_legs_holds_easing_loop_and_a_way_without_stops(window, dock, qtbot):
    dialog = dock.animate_shelf()
    dialog.leg.setValue(0.5)
    dialog.hold.setValue(1.0)
    dialog.easing.setCurrentText("Even")
    dialog.loop.setChecked(False)
    dialog.leg.setFocus()
    qtbot.keyClick(dialog.leg, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(AnimateDialog) is None, timeout=5_000)  # with the focus in a spin box
    dock.player.pause()
    assert window.session.scene.timeline == animate_shelf(POINTS, window.session.space, 0.5, 1.0, "linear")
    assert [each.hold for each in dock.panel.stops] == [1.0] * 4
    dialog = dock.animate_shelf()
    dialog.way.setFocus()
    qtbot.keyClick(dialog.way, Qt.Key.Key_Down)
    assert (dialog.way.currentText(), dialog.easing.currentText()) == ("Without a stop (spline)", "Even")
    qtbot.mouseClick(dialog.start, LEFT)
    dock.player.pause()
    made = animate_shelf(POINTS, window.session.space, easing="linear", loop=True, way="spline")
    assert window.session.scene.timeline == made


def test_scrubbing_shows_the_moment_in_whichever_view_is_open_until_another_point_ends_it(window, filled, qtbot, painted):
    painted(lambda: filled.player.seek(2.0))
    sheet = painted(lambda: window.session.edit_point("go", recipe(seeds=((7, 1.0),))))
    qtbot.waitUntil(lambda: sheet.frame.sweep.centre == window.session.point, timeout=10_000)
    assert filled.player.time == 2.0  # the playhead stays, so that a key can be added there
    track, space = filled.panel.track, window.session.space
    sheet = painted(lambda: qtbot.mouseClick(track, LEFT, pos=at(filled.panel, 1.0)))
    assert filled.player.time == 1.0
    timeline = window.session.scene.timeline
    assert sheet.frame.sweep.centre == timeline.at(1.0, space)
    window.show_view("image")
    image = window.views["image"].sheet
    qtbot.waitUntil(lambda: image.frame is not None, timeout=10_000)
    assert image.frame.sweep.centre == timeline.at(1.0, space)
    assert image.frame.caption(0) == window.views["class-sweep"].sheet.frame.sweep.caption(0, timeline.at(1.0, space), space)


def test_loop_and_length_are_controls(panel, qtbot):
    qtbot.mouseClick(panel.loop, LEFT, pos=QPoint(8, panel.loop.height() // 2))
    assert panel.session.scene.timeline.loop
    assert panel.stops[-1].closes
    assert panel.length.value() == 4.0
    panel.length.setValue(8.0)
    assert starts(panel) == [0.0, 2.0, 4.0, 6.0, 8.0]
    panel.session.undo_stack.undo()
    panel.session.undo_stack.undo()
    assert not panel.session.scene.timeline.loop


def test_nothing_is_cut_in_a_small_window_and_folded_it_takes_no_room(window, filled, qtbot):
    window.resize(1024, 700)
    panel = filled.panel
    qtbot.waitUntil(lambda: panel.strip.height() <= 44, timeout=5_000)  # one line, once style and size are applied
    for control in (panel.add_key, panel.ready, panel.loop, panel.length, panel.film):
        corner = control.mapTo(panel.strip, control.rect().bottomRight())
        assert panel.strip.rect().contains(corner)
        if control is not panel.length:  # its size hint is generous about suffix and buttons
            assert control.width() >= control.minimumSizeHint().width()
    text, line = panel.length.textFromValue(panel.length.maximum()) + " s", panel.length.lineEdit()
    assert line.fontMetrics().horizontalAdvance(text) <= line.width() - line.textMargins().left() - 4
    assert window.rect().contains(panel.track.mapTo(window, panel.track.rect().bottomRight()))
    sheet = window.views["class-sweep"].sheet
    low = sheet.height()
    filled.chevron.click()
    qtbot.waitUntil(lambda: sheet.height() > low, timeout=5_000)
    assert filled.transport.play.isVisible()  # it can still be played
    folded = sheet.height()
    window.actions_by_name["timeline"].trigger()
    qtbot.waitUntil(lambda: sheet.height() > folded, timeout=5_000)
    assert not filled.isVisible()


def test_a_length_with_decimals_is_typed_in_one_step(panel, qtbot):
    before, field = steps(panel), panel.length
    field.selectAll()
    qtbot.keyClicks(field, "7.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert panel.session.scene.timeline.seconds == 7.25
    assert steps(panel) == before + 1
