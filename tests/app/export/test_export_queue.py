"""Exports run one after the other while the window stays usable; one can be stopped, and finished files can be located."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from zscape.app.state.saved_session import SessionFile
from zscape.app.window.export.dialog import TIMELINE
from zscape.app.window.export.exporting import ask_animation, show_exports
from zscape.app.window.export.exports import ExportsDialog
from zscape.app.work.exporting.export_queue import ExportQueue
from zscape.app.work.jobs import JobQueue
from zscape.models.errors import ZscapeError
from zscape.models.media.film.animation import write_animation
from zscape.models.progress import Progress

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def queue(qapp):
    jobs = JobQueue()
    yield ExportQueue(jobs)
    jobs.shut_down()


class Held:
    """Work that writes frames to `path` and waits before the last one until `go` is set."""

    def __init__(self, path, fail=""):
        self.path, self.fail, self.go = path, fail, threading.Event()

    def __call__(self, see):
        def frames():
            for place in range(4):
                frame = np.full((8, 8, 3), 40 * place, np.uint8)
                see(frame)
                yield frame

        for progress in write_animation(self.path, frames(), 10, 4):
            if progress.done == 3:
                while not self.go.wait(0.01):
                    yield progress
                if self.fail:
                    raise ZscapeError(self.fail)
            yield progress


def test_background_work_pauses_while_a_file_is_written(queue, qtbot, tmp_path):
    jobs, work, steps, ended = queue.parent(), Held(tmp_path / "a.gif"), [], []

    def looking():
        for number in range(3):
            steps.append(number)
            yield Progress(number, 3, "Looking")

    export = queue.add("Export", work.path, work)
    spare, other = jobs.start("Look", looking, background=True, spare=True), jobs.start("Set", lambda: iter(()))
    for job in (spare, other):
        job.ended.connect(ended.append)
    qtbot.waitUntil(lambda: ended == [other])
    assert steps == []
    work.go.set()
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=20_000)
    assert (export.state, steps) == ("done", [0, 1, 2])


def test_one_after_the_other_and_a_failure_holds_none_up(qtbot, queue, tmp_path):
    works = [Held(tmp_path / "a.gif"), Held(tmp_path / "b.gif", "The disk is full."), Held(tmp_path / "c.gif")]
    exports = [queue.add("Export", work.path, work) for work in works]
    assert [each.state for each in exports] == ["running", "waiting", "waiting"]
    qtbot.waitUntil(lambda: exports[0].progress.done == 3)
    assert [each.state for each in exports] == ["running", "waiting", "waiting"]
    assert queue.is_claimed(tmp_path / "c.gif")
    assert not queue.is_claimed(tmp_path / "d.gif")
    for work in works:
        work.go.set()
    qtbot.waitUntil(lambda: all(each.over for each in exports))
    assert [each.state for each in exports] == ["done", "failed", "done"]
    assert exports[1].line == "The disk is full."
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.gif", "c.gif"]
    assert exports[2].frame[0, 0, 0] == 120
    queue.clear()
    assert queue.exports == []


def test_stopping_one_leaves_no_half_file_and_the_next_begins(qtbot, queue, tmp_path):
    (tmp_path / "a.gif").write_text("old")
    works = [Held(tmp_path / f"{name}.gif") for name in "abc"]
    exports = [queue.add("Export", work.path, work) for work in works]
    qtbot.waitUntil(lambda: exports[0].progress.done == 3)
    queue.cancel(exports[1])
    assert exports[1].state == "stopped"
    queue.cancel(exports[0])
    works[2].go.set()
    qtbot.waitUntil(lambda: exports[2].over)
    assert [each.state for each in exports] == ["stopped", "stopped", "done"]
    assert {each.name: each.read_bytes()[:3] for each in tmp_path.iterdir()} == {"a.gif": b"old", "c.gif": b"GIF"}


def test_saving_a_picture_skips_the_queue(qtbot, queue, tmp_path):
    works = [Held(tmp_path / f"{name}.gif") for name in "abc"]
    first, second = (queue.add("Export", work.path, work) for work in works[:2])
    works[2].go.set()
    picture = queue.add("Save picture", works[2].path, works[2], at_once=True)
    qtbot.waitUntil(lambda: picture.over)
    assert (first.state, second.state) == ("running", "waiting")
    for work in works:
        work.go.set()
    qtbot.waitUntil(lambda: second.over)


def test_it_says_how_fast_it_is_and_how_long_it_takes(qtbot, queue, tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("zscape.app.work.exporting.export_queue.time.monotonic", lambda: now[0])
    work = Held(tmp_path / "a.gif")
    export = queue.add("Export", work.path, work)
    export.take(Progress(10, 110, "Writing frames"))
    assert (export.rate, export.seconds_left) == (0.0, None)
    now[0] = 102.0
    export.take(Progress(60, 110, "Writing frames"))
    assert (export.rate, export.seconds_left) == (25.0, 2.0)
    export.take(Progress(1, 110, "Another step"))
    assert export.rate == 0.0
    work.go.set()
    qtbot.waitUntil(lambda: export.over)


class Opened(QObject):
    """Receives the URLs that would be opened in the file manager."""

    def __init__(self):
        super().__init__()
        self.urls = []

    @Slot(QUrl)
    def open(self, url):
        self.urls.append(url.toLocalFile())


@pytest.fixture
def opened():
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


def begin(view, form="GIF", seconds=0.5):
    dialog = ask_animation(view, view.context, view.sweep(), SessionFile(scene=view.session.scene))
    dialog.film.format.setCurrentText(form)
    dialog.seconds.setValue(seconds)
    dialog.scale.setValue(1)
    path = dialog.chosen
    dialog.accept()
    return path


def test_two_exports_in_a_row_by_mouse_and_where_they_went(view, qtbot, tmp_path, opened):
    view.context.settings.keep_folder(tmp_path / "x")
    first, second = begin(view), begin(view)
    assert (first.name, second.name) == ("zscape.gif", "zscape 2.gif") or second.name == "class-sweep 2.gif"
    shown = view.findChild(ExportsDialog)
    assert shown.isVisible()
    assert [row.export.path for row in shown.rows] == [second, first]
    assert shown.rows[0].words.whole == "Waiting for the one before"
    qtbot.waitUntil(lambda: all(row.export.over for row in shown.rows), timeout=30_000)
    assert first.exists()
    assert second.exists()
    row = shown.rows[1]
    assert (row.words.whole, row.button.text(), row.bar.isVisible()) == (f"Wrote {first}.", "Show in folder", False)
    assert row.picture.pixmap().width() == 48
    qtbot.mouseClick(row.button, LEFT)
    assert opened.urls == [str(tmp_path)]
    qtbot.mouseClick(shown.clear, LEFT)
    assert (shown.rows, shown.empty.isVisible()) == ([], True)


def test_a_failure_is_shown_in_full(view, qtbot, tmp_path):
    work = Held(tmp_path / "a.gif", f"Cannot write {tmp_path / 'a.gif'}: the disk is full. Free space or choose another folder.")
    work.go.set()
    export = view.context.exports.add("Export", work.path, work)
    row = show_exports(view, view.context).rows[0]
    qtbot.waitUntil(lambda: export.over)
    assert row.failure.isVisible()
    assert not row.words.isVisible()
    assert row.failure.text() == "Cannot write a.gif: the disk is full. Free space or choose another folder."
    assert row.failure.height() >= row.failure.heightForWidth(row.failure.width())


def test_the_window_is_closed_twice_before_a_file_is_lost(window, qtbot, tmp_path):
    work, queue = Held(tmp_path / "a.gif"), window.context.exports
    first = queue.add("Export", work.path, work)
    second = queue.add("Export", tmp_path / "b.gif", Held(tmp_path / "b.gif"))
    qtbot.waitUntil(lambda: first.progress.done == 3)
    assert not window.close()
    assert window.isVisible()
    assert window.header.isEnabled()
    assert "2 files are still being written" in window.message_bar.label.text()
    window.session.edit_point("go on", window.session.point.without("z"))  # the window still works
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    assert second.state == "stopped"  # it does not start when the first one ends
    assert not work.path.exists()


def test_an_export_does_not_delay_closing_when_the_system_shuts_down(window, qtbot, tmp_path):
    work = Held(tmp_path / "a.gif")
    window.context.exports.add("Export", work.path, work)
    window.closing.ask_nothing()
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()


def test_stopping_one_by_mouse(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    begin(view, "MP4", 60)
    row = view.findChild(ExportsDialog).rows[0]
    qtbot.waitUntil(lambda: row.export.progress.done > 2, timeout=20_000)
    assert "of 1,500" in row.words.whole
    longest = "Writing frames 10,000 of 10,000   100 frames/s   89 min left"
    assert row.words.fontMetrics().horizontalAdvance(longest) <= row.words.width()
    view.session.edit_point("while it runs", view.session.point.without("z"))
    with qtbot.waitSignal(view.context.exports.ended, timeout=20_000):
        qtbot.mouseClick(row.button, LEFT)
    assert "Stopped; no file was written." in row.words.whole
    assert [each.name for each in tmp_path.iterdir() if each.name not in ("home", "settings")] == []


def test_a_folder_that_has_gone_is_told(view, qtbot, tmp_path, opened):
    folder = tmp_path / "films"
    folder.mkdir()
    view.context.settings.keep_folder(folder / "x")
    path = begin(view)
    row = view.findChild(ExportsDialog).rows[0]
    qtbot.waitUntil(lambda: row.export.over, timeout=30_000)
    path.unlink()
    folder.rmdir()
    with qtbot.waitSignal(view.session.message) as told:
        qtbot.mouseClick(row.button, LEFT)
    assert "it is gone" in told.args[0]
    assert opened.urls == []


def test_a_name_that_is_there_is_not_proposed_and_a_typed_one_is_told(view, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask_animation(view, view.context, view.sweep(), SessionFile(scene=view.session.scene))
    path = dialog.chosen
    assert not dialog.note.isVisible()
    path.write_text("old")
    dialog.path.setText(str(path.parent / "other.gif"))
    assert not dialog.note.isVisible()
    dialog.path.setText(str(path))
    assert dialog.note.isVisible()
    assert "it is replaced" in dialog.note.whole
    dialog.reject()
    again = ask_animation(view, view.context, view.sweep(), SessionFile(scene=view.session.scene))
    assert again.chosen.name == f"{path.stem} 2.gif"
    again.reject()


def test_a_film_of_too_many_frames_is_told_and_the_next_is_written(view, qtbot, tmp_path):
    from dataclasses import replace

    from zscape.models.timeline.ready_made import usual

    view.context.settings.keep_folder(tmp_path / "x")
    sweep = view.sweep()
    endless = replace(usual(sweep, view.session.space, 4.0), seconds=36_000.0)
    view.session.edit_timeline("endless", endless)
    dialog = ask_animation(view, view.context, sweep, SessionFile(scene=view.session.scene), TIMELINE)
    path = dialog.chosen
    with qtbot.waitSignal(view.session.message, timeout=20_000) as told:
        dialog.accept()
    assert "900,000 frames; 1 to 100,000 can be written" in told.args[0]
    assert not path.exists()
    assert begin(view).name == path.name
    qtbot.waitUntil(path.exists, timeout=20_000)
