"""Playing in real time: a due frame is shown, a late one is dropped and counted; with a simulated clock."""

from dataclasses import replace

import pytest
from player_stage import POINTS, SPACE, opened
from recipes import bare_model, space

from zscape.app.work.playing.frame_count import PATIENCE
from zscape.app.work.playing.round import RATE
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Single
from zscape.models.timeline.edits import animate_shelf, with_part
from zscape.models.timeline.timeline import Key, Timeline


@pytest.fixture
def stage(qapp):
    with opened() as stage:
        yield stage


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
    stage.paint(complete=False)  # interrupted by a newer request
    stage.go(1 / RATE)
    stage.paint()
    assert (stage.player.shown, stage.player.dropped) == (4, 4)
    stage.player.pause()
    assert stage.player.dropped == 4
    stage.session.edit_timeline("another", animate_shelf(POINTS, stage.session.space, leg=0.5))
    assert stage.player.dropped == 0


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
        stage.go(1 / RATE)  # due, but not requested
    assert len(stage.asked) == 1
    frame = stage.draw()
    assert len(stage.asked) == 2  # immediately, because it is late
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
    stage.go(9.0)  # to the end
    assert not stage.moment.moving
    assert not stage.player.playing


def test_after_a_pause_the_same_moment_is_requested_in_full_quality(stage):
    stage.player.play()
    stage.draw()
    stage.go(0.5)
    moving, count = stage.asked[-1], len(stage.asked)
    stage.player.pause()
    assert not stage.moment.moving
    assert stage.asked[count:] == [moving]
    assert stage.ahead is None, "what is not played is not drawn ahead"


def test_a_frame_that_never_comes_does_not_end_it(stage):
    stage.session.edit_timeline("loop", animate_shelf(POINTS, SPACE, leg=1.0, loop=True))
    stage.player.play()
    stage.go(PATIENCE / 2)
    assert len(stage.asked) == 1
    stage.go(PATIENCE)
    assert len(stage.asked) == 2


def test_without_its_timeline_the_current_point_is_shown_again(stage):
    stage.player.seek(1.0)
    assert stage.moment.is_shown
    stage.player.play()
    stage.player.count(stage.draw())
    stage.go(5 / RATE)
    stage.paint()
    assert stage.player.dropped == 4
    stage.session.edit_timeline("empty", None)
    assert stage.player.dropped == 0  # without a timeline there are no frames to drop
    assert not stage.moment.is_shown
    assert stage.asked[-1].centre == stage.session.point
    assert stage.player.time == 0.0


def test_a_shorter_timeline_moves_the_playhead_back(stage):
    stage.player.seek(2.0)
    stage.session.edit_timeline("shorten", replace(stage.session.scene.timeline, seconds=1.25))
    assert stage.player.time == 1.25
    stage.player.play()
    stage.session.edit_timeline("shorten", replace(stage.session.scene.timeline, seconds=0.5))
    assert stage.player.time <= 0.5


def test_another_film_starts_at_its_beginning(stage):
    other = animate_shelf(POINTS[::-1], SPACE, leg=1.0)
    stage.player.seek(1.5)
    stage.session.edit_timeline("open film", other)
    stage.moment.begun.emit()
    assert stage.player.time == 0.0
    assert stage.asked[-1].centre == other.at(0.0, SPACE)
    stage.player.play()
    stage.draw()
    stage.go(0.5)
    stage.moment.begun.emit()
    assert stage.player.playing
    assert stage.player.time == 0.0
    stage.player.pause()
    stage.session.adopt(bare_model(space(12, "ab")))
    stage.session.edit_timeline("make", other)
    stage.player.seek(1.5)
    stage.session.adopt(bare_model(SPACE))
    assert stage.session.scene.timeline == other
    assert stage.player.time == 0.0


def test_another_point_ends_what_plays(stage):
    stage.player.play()
    stage.session.edit_point("go", POINTS[1])
    assert not stage.player.playing
    assert not stage.moment.is_shown


def test_leaving_the_moment_stops_playing(stage):
    stage.player.play()
    stage.moment.leave()
    assert not stage.player.playing
    assert not stage.moment.is_shown
    assert stage.asked[-1] == Single(stage.session.point)


def test_a_drawing_that_fails_stops_it(stage):
    stage.player.play()
    count = len(stage.asked)
    stage.renderer.failed.emit("out of memory")
    assert not stage.player.playing
    assert len(stage.asked) == count, "it would fail again"


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
    stage.go(0.3)  # requested but never drawn
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


def test_requests_of_the_previous_view_are_not_awaited(stage):
    stage.player.play()
    stage.paint()
    stage.go(1 / RATE)  # requested but never drawn
    stage.moment.changed.disconnect()
    stage.player.change_view()
    stage.go(1.0)
    assert stage.player.time == pytest.approx(1.0 + 1 / RATE, abs=1 / RATE)
    assert stage.player.dropped == 0
