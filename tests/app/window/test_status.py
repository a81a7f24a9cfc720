"""The status bar: a message and the offer of the tour never overlap."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from zscape.app.window.status.job_row import JobRow
from zscape.app.window.status.status_bar import StatusBar
from zscape.app.work.jobs import Job, JobQueue
from zscape.models.progress import Progress


@pytest.fixture
def queue(qapp):
    queue = JobQueue()
    yield queue
    queue.shut_down()


def test_jobs_do_not_uncover_the_offer_under_a_message(qtbot, queue):
    status, offer = StatusBar(), QLabel("New here?")
    qtbot.addWidget(status)
    status.watch(queue)
    status.offer(offer)
    status.resize(900, 28)
    status.show()
    qtbot.waitUntil(offer.isVisible)

    def work():
        while True:
            yield Progress(0, 1, "Training")

    status.say("Training: started in the background.")
    job = queue.start("Train", work)
    qtbot.waitUntil(lambda: any(row.isVisible() for row in status.findChildren(QLabel) if row.text() == "Train"))
    for _ in range(3):
        QApplication.processEvents()  # Qt shows and hides in later turns of the event loop
    assert not offer.isVisible()
    assert status.currentMessage() == "Training: started in the background."
    status.clearMessage()
    assert offer.isVisible()
    status.say("Stopped.")
    job.cancel()
    qtbot.waitUntil(lambda: queue.jobs == [])
    for _ in range(3):
        QApplication.processEvents()
    assert not offer.isVisible()
    assert status.currentMessage() == "Stopped."


def test_a_job_that_is_soon_over_is_not_shown(qtbot, queue, monkeypatch):
    monkeypatch.setattr(StatusBar, "short", 100)
    status = StatusBar()
    qtbot.addWidget(status)
    status.watch(queue)
    status.show()
    seen, more = [], []

    def work(lasts):
        yield Progress(0, 1, "Setting")
        while lasts and not more:
            yield Progress(0, 1, "Setting")

    queue.ended.connect(lambda job: seen.append((job.name, bool(status.findChildren(JobRow)))))
    queue.start("Quick", lambda: work(False))
    qtbot.waitUntil(lambda: len(seen) == 1)
    queue.start("Slow", lambda: work(True))
    qtbot.waitUntil(lambda: bool(status.findChildren(JobRow)))
    more.append(True)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert [each.job.name for each in status.findChildren(JobRow)] in ([], ["Slow"])
    assert seen[0] == ("Quick", False)


def test_the_time_left_of_a_step_says_nothing_of_the_next_one(qtbot, queue, monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    clock = [0.0]
    job = Job("Make a map", lambda: iter(()), False, queue)
    row = JobRow(job)
    qtbot.addWidget(row)
    for seconds, progress, words in (
        (0, Progress(0, 100, "Drawing"), ""),
        (20, Progress(50, 100, "Drawing"), "20 s left"),
        (40, Progress(10, 100, "Measuring"), ""),
        (50, Progress(20, 100, "Measuring"), "80 s left"),
        (51, Progress(0, 40, "Measuring"), ""),
    ):
        clock[0] = float(seconds)
        job.progressed.emit(progress)
        assert row.left.text() == words


def test_a_picture_that_was_drawn_ahead_has_no_drawing_time(qtbot):
    status = StatusBar()
    qtbot.addWidget(status)
    status.device = "CPU"
    status.count(SimpleNamespace(seconds=0.0105))
    qtbot.waitUntil(lambda: status.figures.text() == "1 fps, 10.5 ms on CPU")
    status.count(SimpleNamespace(seconds=0.0))
    qtbot.waitUntil(lambda: "fps, drawn ahead" in status.figures.text())
