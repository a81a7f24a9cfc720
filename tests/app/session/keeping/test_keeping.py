"""Nothing is lost: the session is saved continuously, however the window ends, and the next one offers or resumes it."""

import threading

from keeping_stage import kept, shelf
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from recipes import recipe, scene, with_seed, z
from stage import small_model, write_model

from zscape.app.state import autosave, kept_sessions
from zscape.app.state.kept_sessions import closed_sessions
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, save
from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress


def test_an_endless_movement_and_a_drag_are_on_disk_before_they_end(window, qtbot, home, tiny_model):
    """Edits without a pause do not delay saving."""
    counts = iter(range(1, 1 << 30))

    def saved():
        window.session.edit_point("seed", with_seed(window.session.point, next(counts)))
        return bool(kept(home))

    qtbot.waitUntil(saved, timeout=10_000)
    row = window.panels["latent"].first.rows.row(3)
    row.slider.sliderPressed.emit()
    for value in (1.0, 2.0, 3.5):
        row.slider.setValue(int(value * 100))
    qtbot.waitUntil(lambda: [each.scene for each in kept(home)] == [window.session.scene], timeout=10_000)
    (saved,) = kept(home)
    assert dict(z(saved.scene.point).coordinates) == {3: 3.5}
    assert (saved.model, saved.files.model, saved.files.modified) == ("tiny", str(tiny_model), True)
    row.slider.sliderReleased.emit()


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
    from zscape.app.window.startup import start

    monkeypatch.setattr("zscape.app.window.startup.log_file.set_up_log", lambda folder: None)
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


def test_another_model_says_where_the_shelf_stays_and_undo_goes_back_at_any_pace(window, qtbot, tmp_path, tiny_model):
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
    assert "stays with" in window.status.currentMessage()
    with qtbot.waitSignal(window.session.model_changed):
        window.opener.open_model(tiny_model)
    assert window.session.scene.shelf == chosen
    assert "stays with" not in window.status.currentMessage()
    stack = window.session.undo_stack
    steps = stack.count()
    stack.undo()
    stack.redo()
    stack.undo()
    qtbot.waitUntil(lambda: window.session.model_path == other, timeout=10_000)
    assert stack.count() == steps
    assert stack.canRedo()


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
    assert not window.timeline.isEnabled()
    point = window.session.point
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R)
    assert window.session.point == point, "shortcuts change nothing any more"
    window.close()  # closing again changes nothing
    assert window.isVisible()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 3)
    with qtbot.waitSignal(window.closed, timeout=10_000):
        may_end.set()
    assert not window.isVisible()
