"""Drift: its speed by a simulated clock; user input has priority; a single undo step; and in the window."""

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from recipes import bare_model, recipe, space, z

from zscape.app.state.autosave import SELDOM_MS, Autosave
from zscape.app.state.scene import DEFAULT_POINT
from zscape.app.state.session import Session
from zscape.app.state.settings import Settings
from zscape.app.widgets.numbers.seed_box import SeedBox
from zscape.app.window.live_performance.drift_row import DriftRow
from zscape.app.work.playing import drift
from zscape.app.work.playing.drift import LET_GO, Drift
from zscape.app.work.playing.moment import Moment
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.space import Space
from zscape.models.progress import Progress

SPACE = space(12)
START = recipe(seeds=((3, 1.0),))


class Drawing(QObject):
    failed = Signal(object)
    busy = False


class Stage:
    """What drift needs of a context, with a simulated clock and mouse."""

    def __init__(self, folder, space=SPACE):
        self.session, self.moment, self.renderer, self.settings = Session(), Moment(), Drawing(), Settings(folder)
        self.session.adopt(bare_model(space))
        self.now, self.held, self.lines = 0.0, False, []
        self.session.message.connect(lambda line, is_error: self.lines.append(line))
        self.session.edit_point("begin", START)
        self.drift = Drift(self, clock=lambda: self.now, held=lambda: self.held, seed=1)

    def go(self, seconds, steps=1):
        for _ in range(steps):
            self.now += seconds / steps
            self.drift.tick()

    @property
    def z(self):
        latent = self.session.space.first(Latent)
        return latent.base(self.session.point.value(latent)).astype(float)


@pytest.fixture
def stage(qapp, home):
    stage = Stage(home)
    yield stage
    stage.drift.stop()


def degrees(a, b):
    return np.degrees(np.arccos(np.clip(a @ b / np.linalg.norm(a) / np.linalg.norm(b), -1, 1)))


def test_drift_keeps_its_speed_whatever_the_frame_rate(stage):
    stage.drift.speed = 12
    stage.drift.start()
    before = stage.z
    stage.go(0.25)
    assert degrees(before, stage.z) == pytest.approx(3.0, rel=0.02)
    before = stage.z
    stage.go(0.25, steps=10)
    assert 1.5 < degrees(before, stage.z) < 3.05  # it turns on the way


def test_drift_makes_no_requests_while_drawing(stage):
    stage.drift.speed = 12
    stage.drift.start()
    before, point = stage.z, stage.session.point
    stage.renderer.busy = True
    stage.go(0.1)
    assert stage.session.point == point
    stage.renderer.busy = False
    stage.go(0.1)
    assert degrees(before, stage.z) == pytest.approx(0.2 * 12, rel=0.02)
    before = stage.z
    stage.go(60)  # as if the machine had slept
    assert degrees(before, stage.z) < 7


def test_the_whole_drift_is_one_step_of_undo_and_undo_ends_it(stage):
    count = stage.session.undo_stack.count()
    stage.drift.start()
    stage.go(10, steps=300)
    assert stage.session.undo_stack.count() == count + 1
    assert stage.session.undo_stack.undoText() == "drift"
    stage.session.undo_stack.undo()
    assert stage.session.point == START
    assert not stage.drift.on
    stage.go(1)
    assert stage.session.point == START
    assert stage.session.undo_stack.canRedo()


def test_drift_pauses_for_user_input_and_resumes_from_there(stage):
    stage.drift.start()
    stage.go(0.1)
    other = recipe(seeds=((8, 1.0),))
    stage.session.edit_point("roll", other)
    assert stage.drift.waits
    stage.go(LET_GO - 0.01, steps=10)
    assert stage.session.point == other
    stage.go(0.02)
    assert stage.session.point != other
    assert degrees(SPACE.first(Latent).base(other.value(SPACE.first(Latent))), stage.z) < 1
    assert not stage.drift.waits


def test_it_waits_as_long_as_a_button_is_held(stage):
    stage.drift.start()
    stage.held = True
    stage.go(0.01)
    point = stage.session.point
    stage.go(3, steps=30)
    assert stage.session.point == point
    stage.held = False
    stage.go(LET_GO - 0.01, steps=5)
    assert stage.session.point == point
    stage.go(0.1)
    assert stage.session.point != point


def test_playing_the_timeline_ends_it(stage):
    stage.drift.start()
    stage.moment.show(lambda sweep: sweep)
    stage.go(0.1)
    assert not stage.drift.on


def test_a_model_that_cannot_drift_says_why(qapp, home):
    stage = Stage(home, Space((Numbers("pose", ("angle",), ((-1.0, 1.0),)),)))
    stage.session.edit_point("clear", DEFAULT_POINT)
    stage.drift.start()
    assert not stage.drift.on
    assert "no latent" in stage.lines[-1]


def test_the_speed_is_remembered_and_nonsense_is_not(stage):
    stage.drift.speed = 33
    assert Drift(stage).speed == 33
    stage.settings.keep("drift speed", "fast")
    assert stage.drift.speed == 10


# In the window

SOON = 0.1


@pytest.fixture
def drifting(qtbot, window, monkeypatch):
    """It drifts, and goes on soon after the user has let go."""
    monkeypatch.setattr(drift, "LET_GO", SOON)
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton)  # an earlier test may still hold the button
    qtbot.keyClick(window, Qt.Key.Key_D)
    yield window.live_tools.drift
    window.live_tools.drift.stop()


def test_the_picture_moves_and_d_or_the_button_stops_it(window, qtbot, drifting):
    row = window.status.findChild(DriftRow)
    assert row.isVisible()
    seen = set()
    window.centre.painted.connect(lambda frame: seen.add(frame.images.tobytes()))
    qtbot.waitUntil(lambda: len(seen) > 3, timeout=20_000)
    qtbot.mouseClick(row.stop, Qt.MouseButton.LeftButton)
    assert not drifting.on
    assert not row.isVisible()
    stopped = window.session.point
    window.session.undo_stack.undo()
    assert window.session.point == DEFAULT_POINT
    assert stopped != DEFAULT_POINT
    qtbot.keyClick(window, Qt.Key.Key_D)
    assert drifting.on
    qtbot.keyClick(window, Qt.Key.Key_D)
    assert not drifting.on


def test_drift_does_not_move_a_slider_that_is_being_dragged(window, qtbot, drifting):
    qtbot.waitUntil(lambda: window.session.point != DEFAULT_POINT)
    slider = next(each for each in window.panels["latent"].findChildren(QSlider) if each.isVisible())
    middle = slider.mapTo(window, slider.rect().center())
    handle = window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(handle, middle + QPoint(20, 0))
    qtbot.waitUntil(lambda: drifting.waits)
    ticks = []
    drifting.findChild(QTimer).timeout.connect(lambda: ticks.append(window.session.point))
    qtbot.waitUntil(lambda: len(ticks) > 10)
    point = window.session.point
    assert set(ticks[1:]) == {point}  # the first may precede the slider's own move, which is throttled
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle + QPoint(20, 0))
    qtbot.waitUntil(lambda: window.session.point != point and not drifting.waits)


def test_a_number_that_is_typed_is_left_alone_until_it_is_entered(window, qtbot, drifting):
    seed = window.panels["latent"].findChild(SeedBox)
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "12")
    ticks = []
    drifting.findChild(QTimer).timeout.connect(lambda: ticks.append(time.perf_counter()))
    qtbot.waitUntil(lambda: bool(ticks) and ticks[-1] - ticks[0] > SOON + 0.1)
    assert drifting.waits
    assert seed.text() == "12"
    qtbot.keyClicks(seed, "3")
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert z(window.session.point).seed == 123
    qtbot.waitUntil(lambda: z(window.session.point).seed is None)


def test_it_ends_as_the_window_begins_to_close(window, qtbot, drifting):
    begun, release = threading.Event(), threading.Event()

    def work():
        begun.set()
        release.wait(20)
        yield Progress(1, 1, "Working")

    window.jobs.start("Work", work)
    qtbot.waitUntil(begun.is_set)
    window.close()
    assert window.isVisible()  # it waits for the work to end
    assert not drifting.on
    release.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)


def test_it_leaves_a_message_and_rests_while_the_window_is_hidden(window, qtbot, drifting):
    point = window.session.point
    window.session.message.emit("There is something wrong.", True)
    qtbot.waitUntil(lambda: window.session.point != point)
    assert window.message_bar.isVisible()
    window.hide()
    point = window.session.point
    assert not drifting.findChild(QTimer).isActive()
    window.show()
    qtbot.waitUntil(lambda: window.session.point != point)


def test_drift_is_saved_rarely_and_user_edits_at_once(window, qtbot, drifting):
    timer = window.keeper.findChild(Autosave).findChild(QTimer)
    timer.stop()
    qtbot.waitUntil(timer.isActive)
    assert SELDOM_MS - 5000 < timer.remainingTime() < SELDOM_MS + 2000  # Qt timers may be a little late
    window.actions_by_name["keep"].trigger()
    assert timer.remainingTime() < 2000  # Qt timers may be a little late
