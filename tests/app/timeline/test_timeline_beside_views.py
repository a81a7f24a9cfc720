"""The timeline as views, models and sessions change beside it."""

from dock_stage import POINTS
from recipes import recipe
from stage import write_model

from zscape.models.timeline.edits import animate_shelf, with_length


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


def test_a_sheet_that_gets_another_room_and_another_view_go_on_playing(window, filled, qtbot):
    sheet, player = window.views["class-sweep"].sheet, filled.player
    player.play()
    qtbot.waitUntil(lambda: player.shown > 1, timeout=10_000)
    for width in (1000, 1280, 1100):
        shown, before = player.shown, sheet.width()
        window.resize(width, 720)
        qtbot.waitUntil(lambda before=before: sheet.width() != before, timeout=20_000)
        qtbot.waitUntil(lambda shown=shown: player.shown > shown + 1, timeout=8_000)  # a stall was once longer than this
    player.pause()
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


def test_another_model_does_not_play_what_it_cannot_draw_and_it_takes_no_room_there(window, filled, qtbot, tmp_path):
    path = write_model(tmp_path / "small.safetensors")  # with 8 numbers
    numbers = [recipe(seeds=(), numbers=(each,) * 12) for each in (0.5, 1.0)]
    window.session.edit_timeline("numbers", animate_shelf(numbers, window.session.space, loop=True))
    sheet = window.views["class-sweep"].sheet
    for asked in (False, True):
        if asked:
            for _ in range(2):
                window.actions_by_name["timeline"].trigger()
        assert filled.isVisible()
        filled.player.play()
        with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
            window.opener.open_model(path)
        assert window.session.scene.timeline is None
        assert not filled.player.playing
        qtbot.waitUntil(lambda: sheet.frame is not None and sheet.frame.model is window.session.model, timeout=10_000)
        assert sheet.frame.sweep.centre == window.session.point
        assert filled.isVisible() == asked
        window.actions_by_name["undo"].trigger()  # back to the model that can draw it
        qtbot.waitUntil(lambda: window.session.scene.timeline is not None, timeout=10_000)
        assert filled.isVisible()
