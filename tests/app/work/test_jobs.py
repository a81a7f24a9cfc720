"""Jobs: long work in threads that reports by signals; every job ends in exactly one way."""

import threading

import pytest
from PySide6.QtWidgets import QApplication

from zscape.app.work.jobs import JobQueue
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress


@pytest.fixture
def queue(qapp):
    queue = JobQueue()
    yield queue
    queue.shut_down()


class Ends:
    """Records every signal by which a job reports its end, in order."""

    def __init__(self, job):
        self.seen = []
        job.finished.connect(lambda result: self.seen.append(("finished", result)))
        job.failed.connect(lambda line: self.seen.append(("failed", line)))
        job.cancelled.connect(lambda: self.seen.append(("cancelled",)))

    def wait(self, qtbot):
        """Wait for the end. `waitSignal` would be called in the job's thread, from which it must not stop an event loop."""
        qtbot.waitUntil(lambda: self.seen != [])
        return self.seen


def run(qtbot, queue, work, **options):
    job = queue.start("test", work, **options)
    ends = Ends(job)
    return ends.wait(qtbot)


def counting(result=3):
    for done in range(3):
        yield Progress(done, 3, "Counting")
    return result


@pytest.mark.parametrize("background", [False, True])
def test_work_that_finishes_gives_its_result_and_tells_of_progress(qtbot, queue, background):
    job = queue.start("count", counting, background=background)
    ends, told = Ends(job), []
    job.progressed.connect(told.append)
    assert ends.wait(qtbot) == [("finished", 3)]
    assert [progress.done for progress in told] == [0, 1, 2]
    qtbot.waitUntil(lambda: queue.jobs == [])


def test_an_error_meant_for_people_arrives_as_its_line(qtbot, queue):
    def work():
        yield Progress(0, 1, "Trying")
        raise ZscapeError("The disk is full: make room.")

    assert run(qtbot, queue, work) == [("failed", "The disk is full: make room.")]


def test_any_other_error_is_a_failure_like_any_other(qtbot, queue, caplog):
    def work():
        yield Progress(0, 1, "Trying")
        raise RuntimeError("out of memory")

    assert run(qtbot, queue, work) == [("failed", "test failed: out of memory.")]


def test_cancelling_closes_the_work_so_that_it_can_keep_what_it_has(qtbot, queue):
    kept = threading.Event()

    def work():
        try:
            while True:
                yield Progress(0, 0, "For ever")
        finally:
            kept.set()

    job = queue.start("for ever", work)
    ends = Ends(job)
    qtbot.waitUntil(lambda: job.progress.label != "Starting")
    job.cancel()
    assert ends.wait(qtbot) == [("cancelled",)]
    assert kept.is_set()


def test_a_paused_job_rests_until_it_is_resumed(qtbot, queue):
    begun, gate, steps = threading.Event(), threading.Semaphore(0), []

    def work():
        for step in range(3):
            yield Progress(step, 3, "Stepping")
            begun.set()
            gate.acquire()
            steps.append(step)

    job = queue.start("step", work)
    ends = Ends(job)
    qtbot.waitUntil(begun.is_set)
    job.pause()
    gate.release(3)
    for _ in range(3):
        run(qtbot, queue, counting)  # another job ends meanwhile
    assert steps == [0]  # the step in progress
    job.pause(False)
    assert ends.wait(qtbot) == [("finished", None)]
    assert steps == [0, 1, 2]


def test_background_work_rests_while_a_person_moves_a_control(qtbot, queue):
    queue.touch(3600)
    begun = threading.Event()

    def work():
        begun.set()
        yield Progress(0, 1, "Never")

    job = queue.start("rest", work, background=True)
    ends = Ends(job)
    for _ in range(3):
        run(qtbot, queue, counting)  # another job ends meanwhile
    assert not begun.is_set()
    job.cancel()
    assert ends.wait(qtbot) == [("cancelled",)]


def test_shutting_down_ends_every_thread(qtbot, queue):
    def work():
        while True:
            yield Progress(0, 0, "For ever")

    jobs = [queue.start(f"{k}", work) for k in range(3)]
    ends = [Ends(job) for job in jobs]
    jobs[1].pause()
    queue.shut_down()
    assert not any(thread.name.startswith("job: ") for thread in threading.enumerate())
    qtbot.waitUntil(lambda: queue.jobs == [])
    assert [end.seen for end in ends] == [[("cancelled",)]] * 3


def test_nothing_starts_once_they_are_shut_down(qtbot):
    queue, ran = JobQueue(), []

    def work():
        ran.append(True)
        yield Progress(0, 1, "Working")

    queue.shut_down()
    queue.start("late", work)
    QApplication.processEvents()
    assert not queue.jobs
    assert not ran
