"""The sound of a timeline is in sync while it plays; with a simulated clock and output."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from sounds import write_sound

from zscape.app.state.settings import Settings
from zscape.app.state.sound_state import SoundState
from zscape.app.work.jobs import JobQueue
from zscape.app.work.playing import audio_out
from zscape.app.work.playing.sound_playback import MUTED, SoundPlayback
from zscape.models.errors import ZscapeError
from zscape.models.media.audio.sound import RATE

ROOM = 9600


class Output:
    """An audio output that takes samples at the pace of the test."""

    def __init__(self):
        self.room, self.running, self.starts, self.waiting, self.gone = ROOM, False, 0, 0, False
        self.heard = np.zeros(0, np.int16)

    def start(self):
        self.running, self.waiting = True, 0
        self.starts += 1

    def stop(self):
        self.running, self.waiting = False, 0

    def free(self):
        if self.gone:
            raise ZscapeError("the sound output is gone")
        return self.room - self.waiting

    def write(self, samples):
        assert self.running
        given = np.frombuffer(samples, "<i2").reshape(-1, 2)
        assert (given[:, 0] == given[:, 1]).all()
        self.heard = np.concatenate([self.heard, given[:, 0]])
        self.waiting += len(given)
        return len(given)


class Player(QObject):
    changed = Signal()

    def __init__(self):
        super().__init__()
        self.place, self.played = None, (0.0, 2.0, False)


class Sound(QObject):
    changed = Signal()

    def __init__(self):
        super().__init__()
        self.state, self.curves, self.seconds = SoundState(), None, 0.0

    def open(self, path, seconds):
        self.state, self.curves, self.seconds = SoundState(str(path)), {}, seconds
        self.changed.emit()


class Session(QObject):
    message = Signal(str, bool)


@pytest.fixture
def ramp(tmp_path):
    """Two seconds in which the value of every sample encodes its time."""
    return write_sound(tmp_path / "ramp.wav", np.arange(2 * RATE) / (2 * RATE), RATE)


def time_of(sample):
    """The time of a sample of the ramp, in seconds."""
    return sample / 32_000 * 2


class Stage:
    def __init__(self, qtbot, home, path):
        self.qtbot, self.output, self.said = qtbot, Output(), []
        self.player, self.sound, self.session, self.jobs = Player(), Sound(), Session(), JobQueue()
        self.session.message.connect(lambda words, bad: self.said.append(words))
        context = SimpleNamespace(session=self.session, settings=Settings(home), jobs=self.jobs)
        self.playback = SoundPlayback(self.sound, self.player, context)
        self.path = path
        self.playback.open_output = lambda: self.output

    def open(self):
        self.sound.open(self.path, 2.0)
        self.qtbot.waitUntil(lambda: not self.jobs.jobs, timeout=10_000)

    def go(self, place, passed=0.0):
        """Move the player to `place` after the output has played `passed` seconds of its buffer."""
        self.output.waiting = max(0, self.output.waiting - round(passed * RATE))
        self.player.place = place
        self.player.changed.emit()


@pytest.fixture
def stage(qtbot, home, ramp):
    stage = Stage(qtbot, home, ramp)
    stage.open()
    yield stage
    stage.go(None)
    stage.jobs.shut_down()


def test_sound_plays_from_the_playhead_and_stops_with_it(stage):
    stage.go(0.5)
    assert stage.output.running
    for step in range(1, 20):
        stage.go(0.5 + step / 30, 1 / 30)
    heard = stage.output.heard.astype(float)
    assert time_of(heard[0]) == pytest.approx(0.5, abs=0.001)
    assert len(heard) == ROOM + 19 * RATE // 30
    assert np.diff(heard).max() <= 1  # every sample of the ramp, in order
    assert time_of(heard[-1]) == pytest.approx(0.5 + len(heard) / RATE, abs=0.001)
    stage.go(None)
    assert not stage.output.running
    stage.go(1.0)
    assert stage.output.running
    assert time_of(stage.output.heard[len(heard)]) == pytest.approx(1.0, abs=0.001)


def test_a_jump_of_the_playhead_is_followed_and_a_small_delay_is_not(stage):
    stage.go(0.0)
    stage.go(0.06, 0.04)  # the output is a little late
    assert np.diff(stage.output.heard.astype(float)).max() <= 1
    before = len(stage.output.heard)
    stage.go(1.2, 0.03)
    waiting = (ROOM - 0.03 * RATE) / RATE
    assert time_of(stage.output.heard[before]) == pytest.approx(1.2 + waiting, abs=0.001)  # in sync with the picture
    assert stage.output.starts == 1  # scrubbing does not reopen the output


def test_a_loop_goes_round_between_the_in_and_the_out_point(stage):
    stage.player.played = 0.5, 1.0, True
    stage.go(0.9)
    for step in range(1, 30):
        stage.go(0.5 + (0.4 + step / 30) % 0.5, 1 / 30)
    heard = time_of(stage.output.heard.astype(float))
    assert heard.min() == pytest.approx(0.5, abs=0.001)
    assert heard.max() == pytest.approx(1.0, abs=0.001)
    turns = np.flatnonzero(np.diff(heard) < -0.4)
    np.testing.assert_allclose(np.diff(turns), RATE / 2, atol=1)
    assert turns[0] == pytest.approx(0.1 * RATE, abs=1)


def test_after_the_end_of_the_film_and_of_the_sound_there_is_silence(stage):
    stage.player.played = 0.0, 1.5, False
    stage.go(1.4)
    heard = stage.output.heard
    assert time_of(heard[: RATE // 10].max()) == pytest.approx(1.5, abs=0.001)
    assert not heard[RATE // 10 :].any()
    stage.go(None)
    stage.player.played = 0.0, 5.0, False
    stage.go(1.9)
    tail = stage.output.heard[len(heard) :]
    assert tail[: RATE // 10].any()
    assert not tail[RATE // 10 :].any()


def test_muting_silences_the_sound_and_is_remembered(stage, home):
    stage.go(0.0)
    stage.playback.mute(True)
    assert not stage.output.running
    stage.go(0.1)
    assert not stage.output.running
    assert Settings(home).flag(MUTED) or stage.playback.muted
    stage.playback.mute(False)
    assert stage.output.running
    assert time_of(stage.output.heard[ROOM]) == pytest.approx(0.1, abs=0.001)


def test_a_missing_sound_output_is_reported_once(qtbot, home, ramp):
    stage, tries = Stage(qtbot, home, ramp), []

    def none():
        tries.append(1)
        raise ZscapeError("this system has no sound output")

    stage.playback.open_output = none
    stage.sound.open(ramp, 2.0)
    assert stage.said == []
    assert "no sound output" in stage.playback.problem
    for place in (0.0, 0.1, None, 0.0):
        stage.go(place)
    assert stage.said == ["The preview is silent: this system has no sound output. The exported film has the sound."]
    assert not stage.jobs.jobs  # no file is read for nothing
    stage.playback.open_output = lambda: stage.output  # an output was plugged in
    stage.go(0.5)
    assert stage.output.running
    assert stage.playback.problem == ""
    stage.go(None)
    stage.jobs.shut_down()


def test_an_output_that_is_unplugged_is_told_and_looked_for_again(stage):
    stage.go(0.0)
    stage.output.gone = True
    stage.go(0.1)
    assert stage.said == ["The preview is silent: the sound output is gone. The exported film has the sound."]
    stage.output = Output()
    stage.go(0.2)
    assert stage.output.running


def test_nothing_is_opened_while_it_is_silenced(qtbot, home, ramp):
    stage = Stage(qtbot, home, ramp)
    stage.playback.open_output = lambda: pytest.fail("opened")
    stage.playback.mute(True)
    stage.sound.open(ramp, 2.0)
    stage.go(0.0)
    assert stage.said == []


def test_a_sound_that_is_taken_away_is_not_heard_any_more(stage):
    stage.go(0.0)
    stage.sound.state, stage.sound.curves = SoundState(), None
    stage.sound.changed.emit()
    assert not stage.output.running


def test_without_the_module_the_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(audio_out.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ZscapeError, match=r"pip install 'zscape\[sound\]'"):
        audio_out.open_output()
