"""The timeline in the window, by mouse and keyboard: from kept points to playing, editing keys, each edit an undo step."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from recipes import recipe
from stage import drag, write_model

from zscape.app.state.clipboard import mime_of
from zscape.app.window.timeline.animate_dialog import AnimateDialog
from zscape.models.timeline.edits import animate_shelf, with_length
from zscape.models.timeline.stops import easing_after, move_stop, stops, way_after

POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dock(window):
    window.session.edit_shelf("fill", POINTS)
    return window.timeline


@pytest.fixture
def filled(window, dock):
    """A dock with four keys, 1 s apart, that is not playing."""
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return dock


def test_no_other_window_flashes_up_as_the_first_timeline_comes(window, dock):
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
    assert dock.panel.isVisible()
    assert shown == []


def starts(dock):
    return [each.start for each in dock.panel.stops]


def spot(dock, place):
    return dock.panel.track.rect_of(place).center().toPoint()


def at(dock, time, y=8):
    return QPoint(round(dock.panel.track.scale.x(time)), y)


def steps(window):
    return window.session.undo_stack.count()


def test_it_is_hidden_until_it_is_used(window):
    assert not window.timeline.isVisible()
    assert not window.panels["shelf"].animate.isVisible()  # nothing to animate yet


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


def test_keys_that_are_close_to_each_other_make_no_other_pictures_narrow(window, dock):
    line = animate_shelf(POINTS, window.session.space, leg=1.0)
    window.session.edit_timeline("animate", move_stop(line, stops(line)[1], 0.1))
    widths = [dock.panel.track.rect_of(place).width() for place in range(len(POINTS))]
    assert widths[0] == widths[1] < widths[2] == widths[3]


def test_the_dialog_says_legs_holds_easing_and_loop(window, dock, qtbot):
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


def test_a_curve_through_the_shelf_does_not_stop_at_the_points(window, dock, qtbot):
    dialog = dock.animate_shelf()
    dialog.way.setFocus()
    qtbot.keyClick(dialog.way, Qt.Key.Key_Down)
    assert (dialog.way.currentText(), dialog.easing.currentText()) == ("Without a stop (spline)", "Even")
    qtbot.mouseClick(dialog.start, LEFT)
    dock.player.pause()
    made = animate_shelf(POINTS, window.session.space, easing="linear", loop=True, way="spline")
    assert window.session.scene.timeline == made


def test_one_point_is_too_few(window, qtbot):
    with qtbot.waitSignal(window.session.message) as caught:
        window.actions_by_name["animate"].trigger()
    assert caught.args[1] is True
    assert window.findChild(AnimateDialog) is None


def test_scrubbing_shows_the_moment_in_whichever_view_is_open(window, filled, qtbot, painted):
    track, space = filled.panel.track, window.session.space
    sheet = painted(lambda: qtbot.mouseClick(track, LEFT, pos=at(filled, 1.0)))
    assert filled.player.time == 1.0
    timeline = window.session.scene.timeline
    assert sheet.frame.sweep.centre == timeline.at(1.0, space)
    window.show_view("image")
    image = window.views["image"].sheet
    qtbot.waitUntil(lambda: image.frame is not None, timeout=10_000)
    assert image.frame.sweep.centre == timeline.at(1.0, space)
    assert image.frame.caption(0) == window.views["class-sweep"].sheet.frame.sweep.caption(0, timeline.at(1.0, space), space)


def test_another_point_ends_the_moment(window, filled, qtbot, painted):
    painted(lambda: filled.player.seek(2.0))
    sheet = painted(lambda: window.session.edit_point("go", recipe(seeds=((7, 1.0),))))
    qtbot.waitUntil(lambda: sheet.frame.sweep.centre == window.session.point, timeout=10_000)
    assert filled.player.time == 2.0  # the playhead stays, so that a key can be added there


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


def test_loop_and_length_are_controls(window, filled, qtbot):
    qtbot.mouseClick(filled.panel.loop, LEFT, pos=QPoint(8, filled.panel.loop.height() // 2))
    assert window.session.scene.timeline.loop
    assert filled.panel.stops[-1].closes
    assert filled.panel.length.value() == 4.0
    filled.panel.length.setValue(8.0)
    assert starts(filled) == [0.0, 2.0, 4.0, 6.0, 8.0]
    window.session.undo_stack.undo()
    window.session.undo_stack.undo()
    assert not window.session.scene.timeline.loop


def test_the_keys_have_their_pictures(filled, qtbot):
    track = filled.panel.track
    qtbot.waitUntil(lambda: len(track.images) == 4, timeout=10_000)
    assert len({each.convertToFormat(QImage.Format.Format_Grayscale8).bits().tobytes() for each in track.images}) == 4


def test_every_ready_made_one_plays_in_every_sheet(window, dock, qtbot):
    for view in ("image", "class-sweep", "style-sweep", "arithmetic"):
        window.show_view(view)
        if view == "arithmetic":
            for slot, point in zip("abc", POINTS, strict=False):
                window.views[view].slots[slot].taken.emit(point)
        sheet = window.views[view].main_sheet()
        qtbot.waitUntil(lambda sheet=sheet: sheet.frame is not None, timeout=10_000)
        menu = dock.panel.ready.menu()
        dock.panel.fill_ready(menu)
        others = ("", "Animate the shelf…", "Empty the timeline")
        names = [each.text() for each in menu.actions() if each.text() not in others]
        assert len(names) >= 3
        for name in names:
            dock.panel.fill_ready(menu)
            next(each for each in menu.actions() if each.text() == name).trigger()
            assert dock.player.playing, (view, name)
            before, shown = sheet.frame, dock.player.shown
            moved = lambda: dock.player.shown > shown + 1 and sheet.frame is not before  # noqa: E731, B023
            qtbot.waitUntil(moved, timeout=10_000)
        dock.player.pause()
        dock.panel.fill_ready(menu)
        menu.actions()[-1].trigger()
        assert window.session.scene.timeline is None
        still = lambda: sheet.frame.sweep == window.views[view].sweep()  # noqa: E731, B023
        qtbot.waitUntil(still, timeout=10_000)


def test_a_sheet_that_gets_another_room_goes_on_playing(window, filled, qtbot):
    sheet, player = window.views["class-sweep"].sheet, filled.player
    player.play()
    qtbot.waitUntil(lambda: player.shown > 1, timeout=10_000)
    for width in (1000, 1280, 1100):
        shown, before = player.shown, sheet.width()
        window.resize(width, 720)
        qtbot.waitUntil(lambda before=before: sheet.width() != before, timeout=20_000)
        qtbot.waitUntil(lambda shown=shown: player.shown > shown + 1, timeout=8_000)  # a stall was once longer than this
    player.pause()


def test_another_view_goes_on_playing_at_once(window, filled, qtbot):
    player = filled.player
    window.session.edit_timeline("longer", with_length(window.session.scene.timeline, 60.0))
    for view in ("restyle", "image"):
        window.show_view("class-sweep")
        shown = player.shown
        player.play()
        qtbot.waitUntil(lambda shown=shown: player.shown > shown + 1, timeout=10_000)
        player.tick()  # a frame is being drawn
        window.show_view(view)
        for _ in range(2):
            before = player.time
            qtbot.waitUntil(lambda before=before: player.time > before, timeout=8_000)
        player.pause()


def test_the_timeline_is_hidden_in_train_and_comes_back(window, filled, qtbot):
    player, centre = filled.player, window.centre
    player.play()
    window.tabs.setCurrentIndex(window.tabs.count() - 1)
    assert centre.current == "train"
    assert filled.isHidden()
    assert not player.playing
    qtbot.waitUntil(lambda: centre.stack.height() == centre.height(), timeout=5_000)  # the form has all the room
    for action in ("timeline", "play", "record"):
        window.message_bar.hide()
        window.actions_by_name[action].trigger()
        assert window.message_bar.label.text() == "Nothing plays in the view Train: choose another one for the timeline."
        assert window.message_bar.isVisible()
        assert filled.isHidden()
    window.actions_by_name["view pad"].trigger()
    assert window.message_bar.isHidden()  # it was about the previous view
    qtbot.waitUntil(filled.isVisible, timeout=5_000)
    window.show_view("train")
    filled.animate_shelf().accept()
    assert centre.current == "image"  # a view that shows it
    assert filled.isVisible()
    assert player.playing


@pytest.mark.parametrize("asked", [False, True])
def test_it_takes_no_room_where_the_timeline_stays_with_another_model(window, filled, qtbot, tmp_path, asked):
    numbers = [recipe(seeds=(), numbers=(each,) * 12) for each in (0.5, 1.0)]
    window.session.edit_timeline("numbers", animate_shelf(numbers, window.session.space, loop=True))
    if asked:
        for _ in range(2):
            window.actions_by_name["timeline"].trigger()
    assert filled.isVisible()
    window.opener.open_model(write_model(tmp_path / "other.safetensors"))
    qtbot.waitUntil(lambda: window.session.scene.timeline is None, timeout=10_000)
    assert filled.isVisible() == asked
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: window.session.scene.timeline is not None, timeout=10_000)
    assert filled.isVisible()


def test_folded_and_hidden_it_leaves_the_room_to_the_picture(window, filled, qtbot):
    sheet = window.views["class-sweep"].sheet
    low = sheet.height()
    filled.chevron.click()
    qtbot.waitUntil(lambda: sheet.height() > low, timeout=5_000)
    assert filled.transport.play.isVisible()  # it can still be played
    folded = sheet.height()
    window.actions_by_name["timeline"].trigger()
    qtbot.waitUntil(lambda: sheet.height() > folded, timeout=5_000)
    assert not filled.isVisible()


def test_nothing_is_cut_in_a_small_window(window, filled, qtbot):
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


def test_a_session_with_a_timeline_opens_with_it(window, filled, start, tiny_model):
    timeline = window.session.scene.timeline
    window.keeper.flush()
    window.close()
    again = start(tiny_model)
    assert again.session.scene.timeline == timeline
    assert again.timeline.isVisible()


def test_another_model_does_not_play_what_it_cannot_draw(window, filled, qtbot, tmp_path):
    numbers = [recipe(seeds=(), numbers=(each,) * 12) for each in (0.5, 1.0)]
    window.session.edit_timeline("numbers", animate_shelf(numbers, window.session.space, loop=True))
    filled.player.play()
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        window.opener.open_model(write_model(tmp_path / "small.safetensors"))  # with 8 numbers
    assert window.session.scene.timeline is None
    assert not filled.player.playing
    sheet = window.views["class-sweep"].sheet
    qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.model is window.session.model, timeout=10_000)
    assert sheet.frame.sweep.centre == window.session.point
    window.session.undo_stack.undo()  # back to the model that can draw it
    qtbot.waitUntil(lambda: window.session.scene.timeline is not None, timeout=10_000)


def test_a_length_with_decimals_is_typed_in_one_step(window, filled, qtbot):
    before, field = steps(window), filled.panel.length
    field.selectAll()
    qtbot.keyClicks(field, "7.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.scene.timeline.seconds == 7.25
    assert steps(window) == before + 1
