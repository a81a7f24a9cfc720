"""Playing at true speed: what is due is shown, what comes too late is left out and counted; by a clock of the test's own."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from recipes import bare_model, recipe, space

from zscape.app.state.session import Session
from zscape.app.work.frame_count import PATIENCE
from zscape.app.work.moment import Moment
from zscape.app.work.player import Player
from zscape.app.work.preparing import LONGEST_WAIT
from zscape.app.work.round import RATE
from zscape.models.inputs.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Single
from zscape.models.timeline.edits import animate_shelf, with_part
from zscape.models.timeline.timeline import Key, Timeline

SPACE = space(12)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)]


class Drawing(QObject):
    failed = Signal(object)
    frame_ready = Signal(object)
    ahead_drawn = Signal(object)

    def __init__(self):
        super().__init__()
        self.ahead = None

    def draw_ahead(self, ahead):
        self.ahead = ahead


class Stage:
    """A session of the model's space, a clock, and a view that asks for its sheet whenever the moment changes."""

    def __init__(self):
        self.session, self.moment, self.renderer, self.now = Session(), Moment(), Drawing(), 0.0
        self.session.adopt(bare_model(SPACE))
        self.asked = []
        self.ahead = None
        self.moment.changed.connect(self.ask)
        self.jobs = SimpleNamespace(touch=lambda: None)
        self.player = Player(self, clock=lambda: self.now)

    def ask(self):
        sheet = Single(self.session.point)
        self.ahead = self.moment.ahead(sheet)
        self.asked.append(self.moment.of(sheet))

    def go(self, seconds):
        self.now += seconds
        self.player.tick()

    def draw(self, complete=True, seconds=0.0):
        """The renderer has drawn the last sheet that was asked for."""
        frame = SimpleNamespace(sweep=self.asked[-1], complete=complete, seconds=seconds)
        self.renderer.frame_ready.emit(frame)
        return frame

    def paint(self, complete=True):
        """Drawn, and on screen."""
        self.player.count(self.draw(complete))


@pytest.fixture
def stage(qapp):
    stage = Stage()
    stage.session.edit_timeline("make", animate_shelf(POINTS, SPACE, leg=1.0))
    yield stage
    stage.player.pause()


def test_it_goes_by_the_clock(stage):
    stage.player.play()
    stage.draw()
    stage.go(0.5)
    assert stage.player.time == pytest.approx(0.5)
    assert stage.asked[-1].centre == stage.session.scene.timeline.at(stage.player.time, SPACE)
    stage.go(0.001)  # no new frame is due
    assert len(stage.asked) == 2


def test_frames_that_are_not_painted_in_time_are_counted(stage):
    stage.player.play()
    stage.paint()
    stage.go(1 / RATE)
    stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (2, 0)
    stage.go(4 / RATE)
    stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (3, 3)
    stage.go(1 / RATE)
    stage.paint(complete=False)  # cut short by a newer one
    stage.go(1 / RATE)
    stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (4, 4)


def test_at_the_end_it_stops_on_the_last_key_and_begins_again(stage):
    stage.player.play()
    stage.go(5.0)
    assert not stage.player.playing
    assert stage.player.time == 2.0
    assert stage.asked[-1].centre.get("z") == POINTS[-1].get("z")
    stage.player.play()
    assert stage.player.time == 0.0


def test_a_loop_goes_round(stage):
    stage.session.edit_timeline("loop", animate_shelf(POINTS, SPACE, leg=1.0, loop=True))
    stage.player.play()
    stage.draw()
    stage.go(7.5)
    assert stage.player.playing
    assert stage.player.time == pytest.approx(1.5)


def test_only_what_lies_between_the_in_and_the_out_point_is_played(stage):
    line = with_part(stage.session.scene.timeline, 0.5, 1.5)
    stage.session.edit_timeline("part", line)
    stage.player.play()
    assert stage.player.time == 0.5  # the playhead was outside
    stage.draw()
    stage.go(9.0)
    assert not stage.player.playing
    assert stage.player.time == 1.5
    stage.session.edit_timeline("loop", replace(line, loop=True))
    stage.player.play()
    stage.draw()
    stage.go(1.25)
    assert stage.player.time == pytest.approx(0.75, abs=1 / RATE)


def test_scrubbing_while_it_plays_goes_on_from_there(stage):
    stage.player.play()
    stage.go(0.5)
    stage.player.seek(1.0)
    stage.draw()
    stage.go(0.5)
    assert stage.player.time == pytest.approx(1.5)
    assert stage.player.playing


def test_a_slow_sheet_is_drawn_whole_before_the_next_is_asked_for(stage):
    stage.player.play()
    for _ in range(5):
        stage.go(1 / RATE)  # due, and not asked for
    assert len(stage.asked) == 1
    frame = stage.draw()
    assert len(stage.asked) == 2  # at once, as it is late
    assert stage.player.time == pytest.approx(5 / RATE)
    stage.player.count(frame)
    stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (2, 4)


def test_while_it_plays_drafts_will_do(stage):
    stage.player.seek(1.0)
    assert not stage.moment.moving
    stage.player.play()
    assert stage.moment.moving
    stage.draw()
    stage.go(9.0)  # to its end
    assert not stage.moment.moving
    assert not stage.player.playing


def test_a_frame_that_never_comes_does_not_end_it(stage):
    stage.session.edit_timeline("loop", animate_shelf(POINTS, SPACE, leg=1.0, loop=True))
    stage.player.play()
    stage.go(PATIENCE / 2)
    assert len(stage.asked) == 1
    stage.go(PATIENCE)
    assert len(stage.asked) == 2


def test_a_timeline_that_goes_takes_the_moment_with_it(stage):
    stage.player.seek(1.0)
    assert stage.moment.is_shown
    stage.player.play()
    stage.player.count(stage.draw())
    stage.go(5 / RATE)
    stage.paint()
    assert stage.player.dropped == 4
    stage.session.edit_timeline("empty", None)
    assert stage.player.dropped == 0  # nothing can be played of which frames could be dropped
    assert not stage.moment.is_shown
    assert stage.asked[-1].centre == stage.session.point
    assert stage.player.time == 0.0


def test_a_shorter_one_brings_the_playhead_back(stage):
    stage.player.seek(2.0)
    stage.session.edit_timeline("shorten", replace(stage.session.scene.timeline, seconds=1.25))
    assert stage.player.time == 1.25
    stage.player.play()
    stage.session.edit_timeline("shorten", replace(stage.session.scene.timeline, seconds=0.5))
    assert stage.player.time <= 0.5


def test_another_point_ends_what_plays(stage):
    stage.player.play()
    stage.session.edit_point("go", POINTS[1])
    assert not stage.player.playing
    assert not stage.moment.is_shown


def test_a_hand_at_what_is_shown_ends_what_plays(stage):
    stage.player.play()
    stage.moment.leave()
    assert not stage.player.playing
    assert not stage.moment.is_shown
    assert stage.asked[-1] == Single(stage.session.point)


def test_a_drawing_that_fails_stops_it(stage):
    stage.player.play()
    stage.renderer.failed.emit("out of memory")
    assert not stage.player.playing


def test_what_the_model_cannot_play_is_told_in_a_line(stage, qtbot):
    moved = Recipe({"z": LatentValue(seeds=((1, 1.0),), moves=(("age", 1.0),))})
    stage.session.edit_timeline("odd", Timeline(1.0, moved, (("z", (Key(0.0, moved.get("z")),)),)))
    with qtbot.waitSignal(stage.session.message) as caught:
        stage.player.play()
    assert caught.args[1] is True
    assert "age" in caught.args[0]
    assert not stage.player.playing


def test_a_timeline_that_is_edited_while_it_plays_is_shown_at_once(stage):
    stage.player.play()
    stage.draw()
    stage.go(0.3)  # asked for, and never drawn
    edited = animate_shelf(POINTS[::-1], SPACE, leg=1.0)
    stage.session.edit_timeline("turn round", edited)
    assert stage.player.playing
    assert stage.asked[-1].centre == edited.at(stage.player.time, SPACE)
    stage.draw()
    stage.go(2 / RATE)
    assert stage.player.time == pytest.approx(0.3 + 2 / RATE, abs=1 / RATE)


def test_where_no_view_shows_a_sheet_nothing_is_dropped(stage):
    stage.player.play()
    stage.paint()
    stage.moment.changed.disconnect()  # a view without a sheet, such as Train
    for _ in range(20):
        stage.go(1 / RATE)
    assert stage.player.playing
    assert (stage.player.shown, stage.player.dropped) == (0, 0)
    stage.moment.changed.connect(lambda: stage.asked.append(stage.moment.of(Single(stage.session.point))))
    for _ in range(3):
        stage.go(1 / RATE)
        stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (3, 0)


def test_what_a_view_that_is_left_has_asked_for_is_not_waited_for(stage):
    stage.player.play()
    stage.paint()
    stage.go(1 / RATE)  # asked for, and never drawn
    stage.moment.changed.disconnect()
    stage.player.change_view()
    stage.go(1.0)
    assert stage.player.time == pytest.approx(1.0 + 1 / RATE, abs=1 / RATE)
    assert stage.player.dropped == 0


@pytest.fixture
def slow(stage, monkeypatch):
    """slow(seconds): play is pressed, and the first frame has taken so long to be drawn; returns what is drawn ahead, or None."""
    monkeypatch.setattr(Player, "prepares", True)

    def play(seconds=0.05):
        stage.player.play()
        stage.player.count(stage.draw(seconds=seconds))
        return stage.renderer.ahead

    return play


def more(stage, ahead, count, seconds=0.05):
    """So many more frames are drawn ahead."""
    for _ in range(count):
        stage.now += seconds
        ahead.keep(ahead.next, seconds)
        stage.renderer.ahead_drawn.emit(ahead)


def test_a_slow_sheet_waits_until_so_much_is_drawn_that_nothing_comes_late(stage, slow):
    ahead = slow()
    assert ahead.count == 2 * RATE
    assert [ahead.sweep(frame).centre for frame in (0, 30)] == [stage.session.scene.timeline.at(time, SPACE) for time in (0, 1)]
    more(stage, ahead, 10)
    assert 0 < stage.player.preparing < 1
    assert (stage.player.playing, stage.player.time, stage.player.place) == (True, 0.0, None)
    stage.go(0.5)
    assert len(stage.asked) == 1, "the playhead stands"
    while stage.player.preparing is not None:
        more(stage, ahead, 1)
    assert ahead.count > ahead.drawn >= ahead.count - 2.0 / 0.05, "what is missing is drawn while it plays"
    for frame in range(1, 2 * RATE):
        stage.go(1 / RATE)
        assert stage.ahead is ahead, "it goes on"
        assert stage.player.time == pytest.approx(frame / RATE)
        stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (2 * RATE, 0)


def test_of_a_sheet_that_takes_too_long_every_so_many_frames_are_shown_and_later_all(stage, slow):
    stage.session.edit_timeline("loop", replace(animate_shelf(POINTS, SPACE, leg=1.0, loop=True), seconds=4.0))
    ahead, begun = slow(seconds=0.25), stage.now
    while stage.player.preparing is not None:
        more(stage, ahead, 1, seconds=0.25)
    assert 0.5 * LONGEST_WAIT < stage.now - begun <= LONGEST_WAIT
    assert (step := ahead.step) > 1
    shown = [0]
    for _ in range(ahead.count - 1):
        stage.go(1 / RATE)
        if stage.player.time != shown[-1]:
            shown.append(stage.player.time)
            stage.paint()
    assert shown == pytest.approx([frame / RATE for frame in range(0, ahead.count, step)])
    assert stage.player.dropped == (len(shown) - 1) * (step - 1)
    while not ahead.over:
        more(stage, ahead, 1, seconds=0.0)
    before = stage.player.dropped
    for _ in range(ahead.count):
        stage.go(1 / RATE)
        stage.paint()
    assert stage.player.dropped - before < step


def test_what_was_kept_plays_before_all_of_it_is_looked_through(stage, slow):
    stage.session.edit_timeline("long", replace(animate_shelf(POINTS, SPACE, leg=1.0, loop=True), seconds=60.0))
    ahead = slow(seconds=0.0)
    more(stage, ahead, 100, seconds=0.0)
    assert stage.player.preparing == 0.0
    more(stage, ahead, 50, seconds=0.0)
    assert stage.player.preparing is None
    assert stage.player.playing


def test_a_sheet_that_is_drawn_just_in_time_has_some_frames_in_hand(stage, slow):
    ahead = slow(seconds=0.02)
    while stage.player.preparing is not None:
        more(stage, ahead, 1, seconds=0.02)
    assert 1 < ahead.drawn <= RATE / 2
    stage.go(1.0)  # nothing was drawn meanwhile
    assert ahead.next == RATE, "what is over is not drawn any more"


def test_a_quick_sheet_plays_at_once(stage, slow):
    assert slow(seconds=0.01) is None
    assert stage.player.preparing is None
    stage.go(1 / RATE)
    assert len(stage.asked) == 2


@pytest.mark.parametrize("why", ["the person does not wait", "it would take long", "there is no room"])
def test_it_is_not_waited_for(stage, slow, why):
    ahead = slow()
    if why == "the person does not wait":
        stage.player.toggle()
    elif why == "it would take long":
        more(stage, ahead, 1, seconds=LONGEST_WAIT)
    else:
        ahead.fits = False
        stage.renderer.ahead_drawn.emit(ahead)
    assert stage.player.preparing is None
    assert stage.player.playing
    stage.go(1 / RATE)
    assert stage.player.time == pytest.approx(1 / RATE)
    assert stage.ahead is None, "nothing is drawn ahead any more"
    stage.player.count(stage.draw(seconds=0.05))
    assert stage.player.preparing is None, "once is enough"
    stage.player.toggle()
    assert not stage.player.playing


@pytest.mark.parametrize("action", ["seek", "release", "pause", "edit", "change_view"])
def test_what_a_hand_does_meanwhile_ends_it(stage, slow, action):
    slow()
    stage.now += 1.0
    {
        "seek": lambda: stage.player.seek(1.0),
        "release": stage.player.release,
        "pause": stage.player.pause,
        "edit": lambda: stage.session.edit_timeline("turn round", animate_shelf(POINTS[::-1], SPACE, leg=1.0)),
        "change_view": stage.player.change_view,
    }[action]()
    assert stage.player.preparing is None
    assert stage.player.time == (1.0 if action == "seek" else pytest.approx(0.0, abs=1 / RATE))


def test_a_loop_shows_the_same_moments_in_every_round(stage):
    stage.session.edit_timeline("loop", replace(animate_shelf(POINTS, SPACE, leg=1.0, loop=True), seconds=1.01))
    rounds = [[], []]
    stage.player.play()
    for seen in rounds:
        for _ in range(30):
            stage.draw()
            seen.append(stage.player.time)
            stage.go(1 / RATE)
        stage.now += 1 / RATE
    assert len(set(rounds[1]) - set(rounds[0])) <= 1
