"""Keys on the timeline, by mouse, keyboard and menu."""

from itertools import pairwise

from dock_stage import LEFT, POINTS, at, line, starts, steps
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu
from recipes import recipe
from stage import drag

from zscape.app.state.clipboard import mime_of
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import easing_after, move_stop, stops, way_after


def spot(panel, place):
    return panel.track.rect_of(place).center().toPoint()


def test_close_keys_do_not_narrow_other_pictures(panel):
    line = animate_shelf(POINTS, panel.session.space, leg=1.0)
    panel.session.edit_timeline("animate", move_stop(line, stops(line)[1], 0.1))
    widths = [panel.track.rect_of(place).width() for place in range(len(POINTS))]
    assert widths[0] == widths[1] < widths[2] == widths[3]


def test_a_drag_moves_a_key_in_one_step_and_snaps(panel, qtbot):
    track, before = panel.track, steps(panel)
    drag(qtbot, track, spot(panel, 1), spot(panel, 1) + QPoint(round(track.scale.width * 0.51 / 3), 0))
    assert starts(panel) == [0.0, 1.5, 2.0, 3.0]  # snapped to half a second
    assert steps(panel) == before + 1
    panel.session.undo_stack.undo()
    assert starts(panel) == [0.0, 1.0, 2.0, 3.0]


def test_a_drag_over_other_keys_and_back_loses_none(panel, qtbot):
    track, before = panel.track, steps(panel)
    drag(qtbot, track, spot(panel, 1), spot(panel, 3), let_go=False)
    assert len(starts(panel)) == 4
    assert all(one < other for one, other in pairwise(starts(panel)))
    qtbot.mouseMove(track, spot(panel, 0))
    qtbot.keyClick(track, Qt.Key.Key_Escape)
    assert starts(panel) == [0.0, 1.0, 2.0, 3.0]
    assert steps(panel) == before  # no change
    qtbot.mouseRelease(track, LEFT)


def test_a_key_that_undo_has_replaced_while_it_was_held_is_not_moved(panel, qtbot):
    track = panel.track
    panel.session.edit_timeline("move", move_stop(line(panel), stops(line(panel))[1], 0.5))
    held = spot(panel, 1)
    qtbot.mousePress(track, LEFT, pos=held)
    panel.session.undo_stack.undo()
    qtbot.mouseMove(track, held + QPoint(40, 0))
    qtbot.mouseMove(track, held + QPoint(80, 0))
    qtbot.mouseRelease(track, LEFT, pos=held + QPoint(80, 0))
    assert starts(panel) == [0.0, 1.0, 2.0, 3.0]
    assert panel.session.undo_stack.canRedo()


def test_keys_by_keyboard(panel, qtbot):
    track = panel.track
    track.setFocus()
    for key, expected in (
        ((Qt.Key.Key_Right,), [0.0, 1.0, 2.0, 3.0]),
        ((Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier), [0.0, 1.1, 2.0, 3.0]),
        ((Qt.Key.Key_Delete,), [0.0, 2.0, 3.0]),
        ((Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier), [0.0, 2.0, 2.5, 3.0]),
    ):
        qtbot.keyClick(track, *key)
        assert starts(panel) == expected
    assert panel.player.time == 1.0  # where the arrow key led
    qtbot.keyClick(track, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert panel.player.time == 1.1
    qtbot.keyClick(track, Qt.Key.Key_End)
    assert panel.player.time == 3.0
    qtbot.keyClick(track, Qt.Key.Key_Return)
    assert panel.session.point == panel.session.scene.timeline.at(2.5, panel.session.space), "the copy is chosen"
    qtbot.keyClick(track, Qt.Key.Key_Space)
    assert panel.player.playing
    qtbot.keyClick(track, Qt.Key.Key_Space)
    for _ in range(4):
        panel.session.undo_stack.undo()  # go to a key, duplicate, delete, move
    assert starts(panel) == [0.0, 1.0, 2.0, 3.0]


def test_the_menu_sets_easing_way_and_hold(panel, qtbot):
    track = panel.track

    def pick(*words):
        def choose():
            menu = QApplication.activePopupWidget()
            for word in words:
                action = next(each for each in menu.actions() if each.text() == word)
                menu = action.menu() or menu
            action.trigger()
            for each in panel.findChildren(QMenu):
                each.close()

        track.menu_asked.emit(1, track.mapToGlobal(spot(panel, 1)))
        QTimer.singleShot(0, choose)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)

    before = steps(panel)
    pick("Easing to the next key", "Slow start")
    pick("Way to the next key", "Straight (lerp)")
    pick("Hold", "0.5 s")
    timeline = panel.session.scene.timeline
    stop = stops(timeline)[1]
    assert (stop.start, stop.end, timeline.seconds) == (1.0, 1.5, 3.5)
    assert easing_after(timeline, stop).x1 == 0.42
    assert way_after(timeline, stop) == "lerp"
    assert steps(panel) == before + 3
    pick("Way to the next key", "Without a stop (spline)")
    timeline = panel.session.scene.timeline
    assert (way_after(timeline, stops(timeline)[1]), easing_after(timeline, stops(timeline)[1]).x1) == ("spline", 0.42)
    pick("Easing to the next key", "Smooth")
    pick("Way to the next key", "Without a stop (spline)")
    timeline = panel.session.scene.timeline
    assert easing_after(timeline, stops(timeline)[1]) == "linear"  # otherwise it would stop at the keys


def test_points_become_keys_one_after_the_other(window, qtbot):
    window.actions_by_name["timeline"].trigger()
    panel, session = window.timeline.panel, window.session
    assert panel.isVisible()
    assert panel.track.words
    for point in POINTS[:3]:
        session.edit_point("go", point)
        qtbot.mouseClick(panel.add_key, LEFT)
    assert starts(panel) == [0.0, 1.5, 3.0]
    made = [session.scene.timeline.at(time, session.space).get("z") for time in starts(panel)]
    assert made == [each.get("z") for each in POINTS[:3]]
    qtbot.mouseClick(panel.track, LEFT, pos=at(panel, 2.25))
    session.edit_point("go", POINTS[3])
    qtbot.mouseClick(panel.add_key, LEFT)
    assert starts(panel) == [0.0, 1.5, 2.25, 3.0]


def test_a_tile_dropped_on_the_track_is_a_key_there(panel):
    track = panel.track
    image = QImage(28, 28, QImage.Format.Format_Grayscale8)
    image.fill(128)
    data = mime_of(recipe(seeds=((9, 1.0),)), image)
    event = QDropEvent(QPointF(at(panel, 1.5, 40)), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    track.dropEvent(event)
    assert event.isAccepted()
    assert starts(panel) == [0.0, 1.0, 1.5, 2.0, 3.0]


def test_the_keys_have_their_pictures(panel, qtbot):
    track = panel.track
    qtbot.waitUntil(lambda: len(track.images) == 4, timeout=10_000)
    assert len({each.convertToFormat(QImage.Format.Format_Grayscale8).bits().tobytes() for each in track.images}) == 4
