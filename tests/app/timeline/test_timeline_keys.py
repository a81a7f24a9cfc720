"""Keys on the timeline, by mouse, keyboard and menu."""

from itertools import pairwise

from dock_stage import LEFT, POINTS, at, starts, steps
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu
from recipes import recipe
from stage import drag

from zscape.app.state.clipboard import mime_of
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import easing_after, move_stop, stops, way_after


def spot(dock, place):
    return dock.panel.track.rect_of(place).center().toPoint()


def test_close_keys_do_not_narrow_other_pictures(window, dock):
    line = animate_shelf(POINTS, window.session.space, leg=1.0)
    window.session.edit_timeline("animate", move_stop(line, stops(line)[1], 0.1))
    widths = [dock.panel.track.rect_of(place).width() for place in range(len(POINTS))]
    assert widths[0] == widths[1] < widths[2] == widths[3]


def test_a_drag_moves_a_key_in_one_step_and_snaps(window, filled, qtbot):
    track, before = filled.panel.track, steps(window)
    drag(qtbot, track, spot(filled, 1), spot(filled, 1) + QPoint(round(track.scale.width * 0.51 / 3), 0))
    assert starts(filled) == [0.0, 1.5, 2.0, 3.0]  # snapped to half a second
    assert steps(window) == before + 1
    window.session.undo_stack.undo()
    assert starts(filled) == [0.0, 1.0, 2.0, 3.0]


def test_a_drag_over_other_keys_and_back_loses_none(window, filled, qtbot):
    track, before = filled.panel.track, steps(window)
    drag(qtbot, track, spot(filled, 1), spot(filled, 3), let_go=False)
    assert len(starts(filled)) == 4
    assert all(one < other for one, other in pairwise(starts(filled)))
    qtbot.mouseMove(track, spot(filled, 0))
    qtbot.keyClick(track, Qt.Key.Key_Escape)
    assert starts(filled) == [0.0, 1.0, 2.0, 3.0]
    assert steps(window) == before  # no change
    qtbot.mouseRelease(track, LEFT)


def test_keys_by_keyboard(window, filled, qtbot):
    track = filled.panel.track
    track.setFocus()
    for key, expected in (
        ((Qt.Key.Key_Right,), [0.0, 1.0, 2.0, 3.0]),
        ((Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier), [0.0, 1.1, 2.0, 3.0]),
        ((Qt.Key.Key_Delete,), [0.0, 2.0, 3.0]),
        ((Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier), [0.0, 2.0, 2.5, 3.0]),
    ):
        qtbot.keyClick(track, *key)
        assert starts(filled) == expected
    assert filled.player.time == 1.0  # where the arrow key led
    qtbot.keyClick(track, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert filled.player.time == 1.1
    qtbot.keyClick(track, Qt.Key.Key_End)
    assert filled.player.time == 3.0
    qtbot.keyClick(track, Qt.Key.Key_Return)
    assert window.session.point == window.session.scene.timeline.at(2.5, window.session.space), "the copy is chosen"
    qtbot.keyClick(track, Qt.Key.Key_Space)
    assert filled.player.playing
    qtbot.keyClick(track, Qt.Key.Key_Space)
    for _ in range(4):
        window.session.undo_stack.undo()  # go to a key, duplicate, delete, move
    assert starts(filled) == [0.0, 1.0, 2.0, 3.0]


def test_the_menu_sets_easing_way_and_hold(window, filled, qtbot):
    track, panel = filled.panel.track, filled.panel

    def pick(*words):
        def choose():
            menu = QApplication.activePopupWidget()
            for word in words:
                action = next(each for each in menu.actions() if each.text() == word)
                menu = action.menu() or menu
            action.trigger()
            for each in panel.findChildren(QMenu):
                each.close()

        track.menu_asked.emit(1, track.mapToGlobal(spot(filled, 1)))
        QTimer.singleShot(0, choose)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)

    before = steps(window)
    pick("Easing to the next key", "Slow start")
    pick("Way to the next key", "Straight (lerp)")
    pick("Hold", "0.5 s")
    timeline = window.session.scene.timeline
    stop = stops(timeline)[1]
    assert (stop.start, stop.end, timeline.seconds) == (1.0, 1.5, 3.5)
    assert easing_after(timeline, stop).x1 == 0.42
    assert way_after(timeline, stop) == "lerp"
    assert steps(window) == before + 3
    pick("Way to the next key", "Without a stop (spline)")
    timeline = window.session.scene.timeline
    assert (way_after(timeline, stops(timeline)[1]), easing_after(timeline, stops(timeline)[1]).x1) == ("spline", 0.42)
    pick("Easing to the next key", "Smooth")
    pick("Way to the next key", "Without a stop (spline)")
    timeline = window.session.scene.timeline
    assert easing_after(timeline, stops(timeline)[1]) == "linear"  # otherwise it would stop at the keys


def test_points_become_keys_one_after_the_other(window, qtbot):
    window.actions_by_name["timeline"].trigger()
    dock, session = window.timeline, window.session
    assert dock.isVisible()
    assert dock.panel.track.words
    for point in POINTS[:3]:
        session.edit_point("go", point)
        qtbot.mouseClick(dock.panel.add_key, LEFT)
    assert starts(dock) == [0.0, 1.5, 3.0]
    made = [session.scene.timeline.at(time, session.space).get("z") for time in starts(dock)]
    assert made == [each.get("z") for each in POINTS[:3]]
    qtbot.mouseClick(dock.panel.track, LEFT, pos=at(dock, 2.25))
    session.edit_point("go", POINTS[3])
    qtbot.mouseClick(dock.panel.add_key, LEFT)
    assert starts(dock) == [0.0, 1.5, 2.25, 3.0]


def test_a_tile_dropped_on_the_track_is_a_key_there(window, filled):
    track = filled.panel.track
    image = window.views["class-sweep"].sheet.tile_image(0)
    data = mime_of(recipe(seeds=((9, 1.0),)), image)
    event = QDropEvent(QPointF(at(filled, 1.5, 40)), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    track.dropEvent(event)
    assert event.isAccepted()
    assert starts(filled) == [0.0, 1.0, 1.5, 2.0, 3.0]


def test_the_keys_have_their_pictures(filled, qtbot):
    track = filled.panel.track
    qtbot.waitUntil(lambda: len(track.images) == 4, timeout=10_000)
    assert len({each.convertToFormat(QImage.Format.Format_Grayscale8).bits().tobytes() for each in track.images}) == 4
