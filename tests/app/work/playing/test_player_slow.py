"""Playing a slow sheet: it is drawn ahead, shown in part, or cached for the next round."""

from dataclasses import replace

import pytest
from player_stage import POINTS, SPACE, opened

from zscape.app.work.playing.player import Player
from zscape.app.work.playing.preparing import LONGEST_WAIT
from zscape.app.work.playing.round import RATE
from zscape.models.timeline.edits import animate_shelf


@pytest.fixture
def stage(qapp):
    with opened() as stage:
        yield stage


@pytest.fixture
def slow(stage, monkeypatch):
    """slow(seconds): plays, with a first frame that took this time to draw; returns what is being drawn ahead, or None."""
    monkeypatch.setattr(Player, "prepares", True)

    def play(seconds=0.05):
        stage.player.play()
        stage.player.count(stage.draw(seconds=seconds))
        return stage.renderer.ahead

    return play


def more(stage, ahead, count, seconds=0.05):
    """Draw `count` more frames ahead."""
    for _ in range(count):
        stage.now += seconds
        ahead.keep(ahead.next, seconds)
        stage.renderer.ahead_drawn.emit(ahead)


def test_a_slow_sheet_starts_once_enough_is_drawn_ahead(stage, slow):
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


def test_a_slow_sheet_skips_frames_evenly_then_shows_all(stage, slow):
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


def test_cached_frames_play_before_all_are_checked(stage, slow):
    stage.session.edit_timeline("long", replace(animate_shelf(POINTS, SPACE, leg=1.0, loop=True), seconds=60.0))
    ahead = slow(seconds=0.0)
    more(stage, ahead, 100, seconds=0.0)
    assert stage.player.preparing == 0.0
    more(stage, ahead, 50, seconds=0.0)
    assert stage.player.preparing is None
    assert stage.player.playing


def test_a_sheet_drawn_just_in_time_prepares_a_few_frames(stage, slow):
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
def test_preparing_ends_early_and_playing_begins(stage, slow, why):
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
def test_user_actions_end_preparing(stage, slow, action):
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
