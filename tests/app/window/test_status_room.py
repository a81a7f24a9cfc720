"""The status bar with little room: it never widens the window, and every job can be reached."""

import threading
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from zscape.app.window.status.job_row import JobRow
from zscape.models.progress import Progress

NAMES = ("Train mnist-generator-2026", "Measure mnist", "Map of 10,000 pictures")
LINE = "Kept 12 points of the sheet that is shown, each with its seed, on the shelf of this session and in no other."


@pytest.fixture
def window(start, tiny_model):
    return start(tiny_model, size=(1024, 700))


def work():
    while True:
        yield Progress(100, 1000, "Step", figures={"seconds_left": 960.0})


def settle():
    for _ in range(4):
        QApplication.processEvents()


def start(window, qtbot, count):
    jobs = [window.context.jobs.start(name, work) for name in NAMES[:count]]
    qtbot.waitUntil(lambda: all("16 min" in row.left.text() for row in window.status.findChildren(JobRow)))
    settle()
    return jobs


def rows_in_sight(window):
    return [row for row in window.status.findChildren(JobRow) if row.isVisible()]


def nothing_is_cut(window):
    """Assert that the window has its width, and that the parts of the status bar are whole and do not overlap."""
    status = window.status
    assert status.width() == window.width()
    parts = [*rows_in_sight(window), status.figures]
    parts += [each for each in (status.more, window.tour.offer) if each.isVisible()]
    places = sorted((QRect(each.mapTo(status, QPoint()), each.size()) for each in parts), key=lambda place: place.x())
    assert all(status.rect().contains(place) for place in places), places
    assert all(place.right() < after.x() for place, after in pairwise(places)), places
    for part in parts:
        assert part.width() >= part.sizeHint().width(), part
    return True


def test_three_jobs_the_offer_and_a_message(window, qtbot):
    for width in (860, 1024):
        window.resize(width, 700)
        settle()
        assert window.layout().totalMinimumSize().width() <= width
    start(window, qtbot, 3)
    for width in (860, 1024):
        window.resize(width, 700)
        settle()
        check_three_jobs(window, width)


def check_three_jobs(window, width):
    status = window.status
    assert window.tour.offer.isVisible()
    assert window.width() == width
    assert window.layout().totalMinimumSize().width() <= width
    assert nothing_is_cut(window)
    assert 1 <= len(rows_in_sight(window)) < 3
    status.say(LINE)
    settle()
    assert not window.tour.offer.isVisible()
    assert nothing_is_cut(window)
    assert status.message_place().width() >= 0.3 * width
    assert status.toolTip() == LINE
    status.clearMessage()
    settle()
    assert window.tour.offer.isVisible()
    assert nothing_is_cut(window)


def test_two_jobs_and_the_offer_leave_out_their_bars(window, qtbot):
    start(window, qtbot, 2)
    assert [row.short for row in rows_in_sight(window)] in ([True, True], [True])
    assert nothing_is_cut(window)
    window.resize(1800, 700)
    settle()
    assert [row.short for row in rows_in_sight(window)] == [False, False]
    assert all(row.bar.isVisible() for row in rows_in_sight(window))
    assert nothing_is_cut(window)


def test_the_menu_has_all_of_them_and_stops_one_that_is_not_shown(window, qtbot):
    jobs = start(window, qtbot, 3)
    status = window.status
    hidden = 3 - len(rows_in_sight(window))
    assert status.more.text() == f"and {hidden} more"
    assert NAMES[0] in [row.job.name for row in rows_in_sight(window)]  # the oldest job keeps its place
    menu = status.more.menu()
    menu.aboutToShow.emit()
    entries = {action.text(): action.menu() for action in menu.actions()}
    assert sorted(entries) == sorted(f"{name}: 16 min left" for name in NAMES)
    pause, stop = entries[f"{NAMES[2]}: 16 min left"].actions()
    pause.trigger()
    assert jobs[2].paused
    stop.trigger()
    qtbot.waitUntil(lambda: jobs[2] not in window.context.jobs.jobs)
    jobs[1].cancel()
    qtbot.waitUntil(lambda: jobs[1] not in window.context.jobs.jobs)
    settle()
    assert not status.more.isVisible()
    assert [row.job for row in rows_in_sight(window)] == [jobs[0]]


def test_a_stopping_job_shows_no_time_left(window, qtbot):
    may_end = threading.Event()

    def slow():
        try:
            yield from work()
        finally:
            may_end.wait(20)  # it saves its work

    job = window.context.jobs.start("Train", slow)
    qtbot.waitUntil(lambda: bool(rows_in_sight(window)))
    row = rows_in_sight(window)[0]
    qtbot.waitUntil(lambda: row.left.text() == "16 min left")
    qtbot.mouseClick(row.cancel, Qt.MouseButton.LeftButton)
    settle()
    try:
        assert job.stopping
        assert row.left.text() == "stopping…"
        assert not row.cancel.isEnabled()
        assert not row.pause.isEnabled()
        assert row.left.width() >= row.left.sizeHint().width()
    finally:
        may_end.set()
    qtbot.waitUntil(lambda: job not in window.context.jobs.jobs)
