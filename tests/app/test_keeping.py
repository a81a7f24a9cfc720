"""Nothing is lost: the session is saved continuously, however the window ends, and the next one offers or resumes it."""

import os
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from recipes import recipe, scene, with_seed, z
from stage import small_model, write_model

from zscape.app.state import autosave, kept_sessions
from zscape.app.state.kept_sessions import closed_sessions
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, save, write
from zscape.app.state.session_text import SessionEncoder
from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress


@pytest.fixture
def start(start, tiny_model):
    """start(model, session): opens a window with a small model."""
    return lambda model=tiny_model, session=None: start(model, session)


@pytest.fixture
def crash(home):
    """crash(scene): writes the files that a killed window leaves; returns the session's file."""

    def leave(left, name="2026-01-02-030405-abc", text=None):
        path = home / "sessions" / f"{name}.zscape.json"
        write(path, SessionEncoder().encode(SessionFile("tiny", "image", scene=left)) if text is None else text)
        (home / "sessions" / f"{name}.lock").touch()
        return path

    return leave


def kept(home):
    """The sessions that are kept now, whichever window holds them."""
    folder = home / "sessions"
    return [load(path) for path in sorted(folder.glob("*.zscape.json"))] if folder.exists() else []


def shelf(*seeds):
    return tuple(recipe(seeds=((seed, 1.0),)) for seed in seeds)


def test_a_drag_is_on_disk_before_the_mouse_lets_go(window, qtbot, home, tiny_model):
    row = window.panels["latent"].first.rows.row(3)
    row.slider.sliderPressed.emit()
    for value in (1.0, 2.0, 3.5):
        row.slider.setValue(int(value * 100))
    qtbot.waitUntil(lambda: [each.scene for each in kept(home)] == [window.session.scene], timeout=10_000)
    (saved,) = kept(home)
    assert dict(z(saved.scene.point).coordinates) == {3: 3.5}
    assert (saved.model, saved.files.model, saved.files.modified) == ("tiny", str(tiny_model), True)
    row.slider.sliderReleased.emit()


def test_an_endless_movement_is_saved_too(window, qtbot, home):
    """Continuous edits without a pause do not delay saving."""
    counts = iter(range(1, 1 << 30))

    def saved():
        window.session.edit_point("seed", with_seed(window.session.point, next(counts)))
        return bool(kept(home))

    qtbot.waitUntil(saved, timeout=10_000)


def test_a_window_in_which_nothing_was_done_leaves_nothing(start, home):
    start().close()
    assert kept(home) == []


def test_two_windows_keep_two_sessions(start, home):
    first = start()
    first.session.edit_shelf("fill", shelf(1, 2, 3))
    assert first.keeper.flush()
    second = start()
    assert second.session.scene.shelf == ()
    second.session.edit_shelf("fill", shelf(9))
    first.close()
    second.close()
    assert sorted(len(each.scene.shelf) for each in kept(home)) == [1, 3]


def test_an_empty_window_closed_last_leaves_the_full_shelf(start, home):
    first = start()
    first.session.edit_shelf("fill", shelf(1, 2, 3))
    first.keeper.flush()
    second = start()
    first.close()
    second.close()
    assert start().session.scene.shelf == shelf(1, 2, 3)


def test_a_window_closed_before_it_has_read_its_session_leaves_it(start, qtbot, home):
    window = start()
    window.session.edit_shelf("fill", shelf(1, 2, 3))
    window.close()
    hasty = MainWindow(Settings(home))
    hasty.session.edit_point("seed", with_seed(hasty.session.point, 4))
    assert hasty.keeper.flush()
    hasty.close()
    hasty.deleteLater()
    assert [each.scene.shelf for each in kept(home)] == [shelf(1, 2, 3)]


def test_a_crash_is_offered_in_a_quiet_bar_and_restored_as_a_step_of_undo(start, qtbot, crash):
    path = crash(scene(shelf=shelf(1, 2)))
    window = start()
    before = window.session.scene
    assert before.shelf == ()
    assert window.offers.isVisible()
    assert QApplication.activeModalWidget() is None
    assert "tiny" in window.offers.label.text()
    qtbot.mouseClick(window.offers.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(1, 2)
    assert window.current_view == "image"
    assert not window.offers.isVisible()
    window.session.undo_stack.undo()
    assert window.session.scene == before
    assert load(path).scene.shelf == shelf(1, 2)


def test_a_declined_crash_stays_in_the_menu(start, qtbot, crash):
    path = crash(scene(shelf=shelf(1, 2)))
    window = start()
    qtbot.mouseClick(window.offers.decline_button, Qt.MouseButton.LeftButton)
    assert not window.offers.isVisible()
    assert str(path) in window.status.currentMessage()
    window.recent.fill()
    (action,) = window.recent.actions()
    action.trigger()
    assert window.session.scene.shelf == shelf(1, 2)
    assert window.keeper.file is None  # it has no file


def test_several_crashes_are_offered_one_after_the_other_newest_first(start, qtbot, crash):
    for number in (1, 2):
        os.utime(crash(scene(shelf=shelf(number)), f"s{number}"), (number, number))
    window = start()
    assert "1 of 2" in window.offers.label.text()
    qtbot.mouseClick(window.offers.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(2)
    qtbot.mouseClick(window.offers.accept_button, Qt.MouseButton.LeftButton)
    assert window.session.scene.shelf == shelf(1)
    assert not window.offers.isVisible()


def test_an_offer_nobody_answers_is_made_again(start, crash):
    crash(scene(shelf=shelf(1)))
    start().close()
    assert start().offers.isVisible()


def test_a_damaged_crash_is_set_aside_and_named(start, qtbot, home, crash):
    crash(scene(), text=b'{"format":2,"scene":7}')
    window = start()
    qtbot.mouseClick(window.offers.accept_button, Qt.MouseButton.LeftButton)
    aside = home / "sessions" / "2026-01-02-030405-abc.damaged.json"
    assert aside.read_bytes() == b'{"format":2,"scene":7}'
    assert str(aside) in window.message_bar.label.text()
    assert not window.offers.isVisible()


def test_a_damaged_session_that_would_be_resumed_is_set_aside_and_named(start, home):
    write(home / "sessions" / "x.zscape.json", b"\x00" * 100)
    window = start()
    assert str(home / "sessions" / "x.damaged.json") in window.message_bar.label.text()
    window.session.edit_shelf("fill", shelf(1))
    window.close()
    assert (home / "sessions" / "x.damaged.json").read_bytes() == b"\x00" * 100
    assert [each.scene.shelf for each in kept(home)] == [shelf(1)]


def test_a_place_that_cannot_be_written_is_said_once_and_tried_again(window, qtbot, home, monkeypatch):
    monkeypatch.setattr(autosave, "AFTER_MS", 10)
    monkeypatch.setattr(autosave, "AGAIN_MS", 20)
    errors, tries, write_session = [], [], kept_sessions.KeptSession.hold
    window.session.message.connect(lambda line, is_error: errors.append(line) if is_error else None)
    monkeypatch.setattr(kept_sessions.KeptSession, "hold", lambda self: (tries.append(1), write_session(self)))
    home.mkdir(exist_ok=True)
    (home / "sessions").write_text("a file in the folder's place")
    window.session.edit_shelf("fill", shelf(1))
    qtbot.waitUntil(lambda: len(tries) > 3, timeout=10_000)
    assert len(errors) == 1
    assert "not kept" in errors[0]
    (home / "sessions").unlink()
    qtbot.waitUntil(lambda: [each.scene.shelf for each in kept(home)] == [shelf(1)], timeout=10_000)
    qtbot.waitUntil(lambda: "kept again" in window.status.currentMessage(), timeout=10_000)
    assert not window.message_bar.isVisible()


def test_a_full_disk_is_said_and_the_session_before_stays(window, home, monkeypatch):
    window.session.edit_shelf("fill", shelf(1))
    assert window.keeper.flush()

    def full(*_):
        raise ZscapeError("Cannot write it: No space left on device.")

    with monkeypatch.context() as patched:
        patched.setattr("zscape.app.state.session_file.write", full)
        window.session.edit_shelf("fill", shelf(1, 2))
        assert not window.keeper.flush()
    assert "No space left" in window.message_bar.label.text()
    assert [each.scene.shelf for each in kept(home)] == [shelf(1)]


def test_a_log_out_saves_at_once(qtbot, home, tiny_model, monkeypatch):
    from zscape.app.window import start

    monkeypatch.setattr("zscape.app.window.log_file.set_up_log", lambda folder: None)
    app, window = start.made(str(tiny_model), None, "auto")
    with qtbot.waitSignal(window.completed, timeout=30_000):
        window.show()
    try:
        for number, leaving in enumerate((app.commitDataRequest, app.saveStateRequest), 1):
            window.session.edit_shelf("fill", shelf(*range(number)))
            leaving.emit(None)
            assert [len(each.scene.shelf) for each in kept(home)] == [number]
    finally:
        window.close()
        window.deleteLater()


def test_opening_a_session_leaves_the_one_before_among_the_kept(window, home, tmp_path):
    window.session.edit_shelf("fill", shelf(1, 2, 3))
    window.keeper.flush()
    save(tmp_path / "s.zscape.json", SessionFile(view="image", scene=scene(shelf=shelf(9))))
    window.opener.open_session(tmp_path / "s.zscape.json")
    assert window.session.scene.shelf == shelf(9)
    assert window.keeper.flush()
    assert [load(path).scene.shelf for path in closed_sessions(home / "sessions")] == [shelf(1, 2, 3)]
    assert sorted(len(each.scene.shelf) for each in kept(home)) == [1, 3]


# Changing the model


def test_another_model_says_where_the_shelf_stays_and_undo_goes_back(window, qtbot, tmp_path, tiny_model):
    chosen = (recipe(seeds=(), numbers=(0.25,) * 12),)
    window.session.edit_shelf("fill", chosen)
    other = write_model(tmp_path / "other.safetensors")
    with qtbot.waitSignal(window.session.model_changed):
        window.opener.open_model(other)
    assert window.session.scene.shelf == ()
    assert "1 kept point stays with tiny" in window.status.currentMessage()
    assert window.panels["shelf"].elsewhere.text().startswith("1 kept with other models")
    undo = window.actions_by_name["undo"]
    assert "open" in undo.text()
    with qtbot.waitSignal(window.session.model_changed):
        undo.trigger()
    assert window.session.model_path == tiny_model
    assert window.session.scene.shelf == chosen
    assert "stays with" not in window.status.currentMessage()  # the shelf is back
    with qtbot.waitSignal(window.session.model_changed):
        window.actions_by_name["redo"].trigger()
    assert window.session.model_path == other


def test_following_a_run_is_one_step_however_often_it_publishes(window, qtbot, tiny_model):
    chosen = (recipe(seeds=(), numbers=(0.25,) * 12),)
    window.session.edit_shelf("fill", chosen)
    for seed in range(3):
        with qtbot.waitSignal(window.session.model_changed):
            window.renderer.adopt(small_model(seed=seed))
    assert "stays with tiny" in window.status.currentMessage()
    assert window.session.undo_stack.count() == 2
    with qtbot.waitSignal(window.session.model_changed):
        window.session.undo_stack.undo()
    assert (window.session.model_path, window.session.scene.shelf) == (tiny_model, chosen)
    with qtbot.waitSignal(window.session.model_changed):
        window.session.undo_stack.redo()
    assert window.session.model is small_model(seed=2)


def test_undo_and_redo_in_quick_succession_end_with_the_right_model(window, qtbot, tmp_path, tiny_model):
    other = write_model(tmp_path / "other.safetensors")
    with qtbot.waitSignal(window.session.model_changed):
        window.opener.open_model(other)
    stack = window.session.undo_stack
    stack.undo()
    stack.redo()
    stack.undo()
    qtbot.waitUntil(lambda: window.session.model_path == tiny_model, timeout=10_000)
    assert stack.count() == 1
    assert stack.canRedo()


# Title, menu, closing


def test_the_title_says_session_model_and_what_is_not_saved(window, qtbot, tmp_path):
    assert window.windowTitle() == "Unnamed session[*] \u2013 tiny \u2013 Zscape"
    assert not window.isWindowModified()
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    assert window.isWindowModified()
    window.opener.save_session(tmp_path / "mine.zscape.json")
    assert window.windowTitle() == "mine[*] \u2013 tiny \u2013 Zscape"
    assert not window.isWindowModified()
    window.session.edit_point("seed", with_seed(window.session.point, 5))
    assert window.isWindowModified()
    window.session.undo_stack.undo()
    assert not window.isWindowModified()
    window.session.undo_stack.redo()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # saves to the same file without asking
    assert z(load(tmp_path / "mine.zscape.json").scene.point).seed == 5
    assert load(tmp_path / "mine.zscape.json").files == SessionFile().files  # no paths of this computer
    assert not window.isWindowModified()


def test_the_name_and_the_mark_outlive_the_window(start, tmp_path):
    window = start()
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    window.opener.save_session(tmp_path / "mine.zscape.json")
    window.close()
    again = start()
    assert again.windowTitle().startswith("mine[*]")
    assert not again.isWindowModified()
    again.session.edit_point("seed", with_seed(again.session.point, 5))
    again.close()
    assert start().isWindowModified()


def test_recent_files_open_from_the_menu(window, qtbot, tmp_path, monkeypatch):
    first, second = tmp_path / "a.zscape.json", tmp_path / "b.zscape.json"
    window.session.edit_point("seed", with_seed(window.session.point, 4))
    window.opener.save_session(first)
    window.session.edit_point("seed", with_seed(window.session.point, 5))
    window.opener.save_session(second)
    first_words = lambda: [action.text() for action in window.recent.actions()][:2]  # noqa: E731
    window.recent.fill()
    assert first_words() == ["b.zscape.json", "a.zscape.json"]
    window.recent.actions()[1].trigger()
    assert z(window.session.point).seed == 4
    second.unlink()
    window.recent.fill()
    assert first_words()[0] == "a.zscape.json"
    assert "b.zscape.json" not in first_words()
    assert window.recent.menuAction() in window.actions_by_name.menus["File"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    for name in ("mine", "mine 2"):  # adds the suffix that the open dialog looks for; replaces no file
        window.actions_by_name["save_session_as"].trigger()
        assert load(tmp_path / f"{name}.zscape.json").model == "tiny"


def test_closing_during_work_says_what_it_waits_for_and_stays_live(window, qtbot, tmp_path):
    may_end, ticks = threading.Event(), []

    def work():
        try:
            while True:
                yield Progress(0, 0, "Training")
        finally:
            may_end.wait()  # saving takes a while

    window.show_view("restyle")  # a view without all panels
    panels = [name for name, dock in window.docks.items() if dock.isVisible()]
    job = window.jobs.start("Train digits", work)
    export = window.context.exports.add("Export", tmp_path / "a.gif", lambda see: work())
    qtbot.waitUntil(lambda: job.progress.label == export.progress.label == "Training")
    window.close()
    assert "still being written" in window.message_bar.label.text()
    window.close()
    assert window.isVisible()
    assert [name for name, dock in window.docks.items() if dock.isVisible()] == panels
    line = "Closing, once \u201cTrain digits\u201d has saved its work. The session is saved already."
    assert window.message_bar.label.text() == line  # a cancelled export saves nothing, so it is not mentioned
    assert window.message_bar.label.isEnabled()
    assert not window.header.isEnabled()
    assert not window.views[window.current_view].isEnabled()
    window.close()  # closing again changes nothing
    assert window.isVisible()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 3)
    with qtbot.waitSignal(window.closed, timeout=10_000):
        may_end.set()
    assert not window.isVisible()


def test_undo_of_opening_a_session_goes_back_to_its_file_and_saves_over_no_other(start, qtbot, tmp_path, monkeypatch):
    paths = [tmp_path / f"{name}.zscape.json" for name in "ab"]
    for number, path in enumerate(paths):
        save(path, SessionFile("tiny", "image", scene=scene(shelf=shelf(number))))
    window = start(session=paths[0])
    qtbot.waitUntil(lambda: window.keeper.file == paths[0], timeout=10_000)
    actions, written = window.actions_by_name, paths[1].read_bytes()
    window.opener.open_file(paths[1])
    assert window.keeper.file == paths[1]
    actions["undo"].trigger()
    assert (window.keeper.file, window.session.scene.shelf) == (paths[0], shelf(0))
    assert window.windowTitle().startswith("a[*]")
    window.session.keep(recipe(seeds=((7, 1.0),)))  # a new edit, after which redo cannot return to the other session
    window.session.keep(recipe(seeds=((8, 1.0),)))
    actions["save_session"].trigger()
    assert load(paths[0]).scene.shelf == shelf(0, 7, 8)
    assert paths[1].read_bytes() == written
    actions["undo"].trigger()
    assert window.keeper.file == paths[0]  # states before the save belong to the same file
    window.opener.open_file(paths[1])
    for action, path in (("undo", paths[0]), ("redo", paths[1])):
        actions[action].trigger()
        assert window.keeper.file == path
