"""A sound on the timeline: dropped or chosen, shown as curves, driving numbers; undo, saving, and the exported film."""

from dataclasses import replace

import av
import numpy as np
import pytest
from dock_stage import LEFT, POINTS, line
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from sounds import tone, write_sound
from stage import drop, dropped

from zscape.app.state.session_file import load
from zscape.app.state.sound_state import SoundState
from zscape.app.window.export.dialog import ExportDialog
from zscape.app.work.exporting.export import to_hand_on
from zscape.models.media.audio.sound import CURVES, RATE, samples
from zscape.models.timeline.drive import Drive
from zscape.models.timeline.edits import animate_shelf, with_part
from zscape.models.timeline.track_edits import Track, keys_of, with_keys

TRUNCATION, SLANT = Track("z", "truncation"), Track("z", "coordinate 3")


@pytest.fixture
def song(tmp_path):
    """A second of silence, a second of a low tone, a second of a high one."""
    parts = [np.zeros(22_050), tone(100, 1.0), tone(8000, 1.0)]
    return write_sound(tmp_path / "song.wav", np.concatenate(parts))


def silent(panel):
    """Give the panel a timeline of 2 s without a sound; returns its rows for one."""
    panel.session.edit_timeline("animate", animate_shelf(POINTS[:2], panel.session.space, leg=2.0))
    return panel.sound


def state(panel):
    return panel.session.scene.view(SoundState)


def heard(qtbot, rows):
    qtbot.waitUntil(lambda: rows.sound.curves is not None and rows.row.isVisible(), timeout=20_000)


@pytest.fixture
def sounding(qtbot, panel, song):
    """The song on a timeline without the window."""
    rows = silent(panel)
    rows.open(song)
    heard(qtbot, rows)
    return rows


@pytest.fixture
def heard_there(qtbot, window, song):
    """The song dropped on the window, whose timeline is below the picture."""
    window.show_view("image")
    rows = silent(window.timeline.panel)
    assert drop(window, dropped(song))
    heard(qtbot, rows)
    return rows


def in_lane(row, name, time):
    rect = row.rect_of(list(row.curves).index(name))
    return QPoint(round(row.scale.x(time)), round(rect.center().y()) + 3)


def test_a_sound_that_is_dropped_shows_its_curves_in_time(window, heard_there, song, qtbot):
    assert state(window).path == str(song)
    assert list(heard_there.row.curves) == list(CURVES)
    assert line(window).seconds == 2.0  # the existing timeline keeps its length
    image = heard_there.row.grab().toImage()

    def coloured(name, time):
        at, ground = in_lane(heard_there.row, name, time), heard_there.palette().color(heard_there.backgroundRole())
        return QColor(image.pixel(at * image.devicePixelRatio())) != ground

    assert [coloured("bass", time) for time in (0.6, 1.5)] == [False, True]
    assert [coloured("high", time) for time in (0.6, 1.5)] == [False, False]
    window.session.undo_stack.undo()
    assert not heard_there.isVisible()
    assert heard_there.sound.curves is None


def test_a_click_in_the_curves_moves_the_playhead_and_keys_choose_one(panel, sounding, qtbot):
    qtbot.mouseClick(sounding.row, LEFT, pos=in_lane(sounding.row, "mid", 1.5))
    assert panel.player.time == pytest.approx(1.5, abs=0.02)
    assert sounding.row.accessibleDescription() == "mid: drives nothing"
    qtbot.keyClick(sounding.row, Qt.Key.Key_Down)
    assert sounding.row.accessibleDescription() == "high: drives nothing"
    qtbot.keyClick(sounding.row, Qt.Key.Key_Up)
    qtbot.keyClick(sounding.row, Qt.Key.Key_Up)
    assert sounding.row.current == 1


def test_a_number_is_chosen_in_the_dialog_and_follows_in_one_step_of_undo(panel, sounding, qtbot):
    before, steps = line(panel), panel.session.undo_stack.count()
    qtbot.mouseDClick(sounding.row, LEFT, pos=in_lane(sounding.row, "bass", 1.0))
    dialog = QApplication.activeModalWidget()
    (first,) = dialog.rows
    assert (first.curve.currentText(), first.target.currentText()) == ("bass", "z: truncation")
    first.low.setFocus()
    first.low.selectAll()
    qtbot.keyClicks(first.low, "0.5")
    first.high.selectAll()
    qtbot.keyClicks(first.high, "1.25")
    qtbot.mouseClick(dialog.add, LEFT)
    second = dialog.rows[1]
    assert second.target.currentText() != "z: truncation"  # because that has a curve already
    qtbot.keyClick(second.curve, Qt.Key.Key_End)
    assert second.curve.currentText() == "onsets"
    qtbot.mouseClick(dialog.start, LEFT)
    assert panel.session.undo_stack.count() == steps + 1
    assert state(panel).drives[0] == Drive("bass", "z", "truncation", 0.5, 1.25)
    assert line(panel).tracks == before.tracks
    keys = keys_of(line(panel), TRUNCATION)
    assert all(key.value == pytest.approx(0.5, abs=0.02) for key in keys if key.time < 0.9)
    assert max(key.value for key in keys) == pytest.approx(1.25, abs=0.01)
    assert "bass: z: truncation 0.5 to 1.25" in sounding.row.words_of(1)
    panel.session.undo_stack.undo()
    assert (line(panel), state(panel).drives) == (before, ())
    panel.session.undo_stack.redo()
    assert keys_of(line(panel), TRUNCATION) == keys


def test_removed_drives_stop_and_duplicates_are_refused(panel, sounding, qtbot):
    sounding.sound.drive((Drive("bass", "z", "truncation", 0.5, 1.0), Drive("high", *_of(SLANT), 0.0, 1.0)))
    qtbot.mouseClick(sounding.drives, LEFT)
    dialog = QApplication.activeModalWidget()
    assert len(dialog.rows) == 2
    first = dialog.rows[0]
    first.target.setCurrentIndex(dialog.rows[1].target.currentIndex())
    steps = panel.session.undo_stack.count()
    qtbot.mouseClick(dialog.start, LEFT)
    assert "Two curves drive" in dialog.note.whole
    assert dialog.note.isVisible()
    assert panel.session.undo_stack.count() == steps
    qtbot.mouseClick(first.remove, LEFT)
    qtbot.mouseClick(dialog.start, LEFT)
    assert keys_of(line(panel), TRUNCATION) == ()
    assert [each.track for each in state(panel).drives] == [SLANT]


def _of(track):
    return track.input, track.number


def test_the_timeline_becomes_as_long_as_the_sound(panel, sounding, qtbot):
    dialog = sounding.ask()
    assert dialog.whole.isVisible()
    qtbot.mouseClick(dialog.whole, LEFT, pos=QPoint(8, dialog.whole.height() // 2))
    qtbot.mouseClick(dialog.start, LEFT)
    assert line(panel).seconds == pytest.approx(3.0, abs=0.01)
    again = sounding.ask()
    assert not again.whole.isVisible()
    again.reject()


def test_a_new_length_keeps_driven_tracks_in_sync_and_changes_by_hand(panel, sounding):
    panel.toggle_even()
    sounding.sound.drive((Drive("bass", "z", "truncation", 0.0, 1.0), Drive("bass", *_of(SLANT), 0.0, 1.0)))
    assert not line(panel).even
    tracks = line(panel)
    changed = (replace(keys_of(tracks, SLANT)[0], value=-2.0), *keys_of(tracks, SLANT)[1:])
    panel.session.edit_timeline("by hand", with_keys(tracks, SLANT, changed))
    steps = panel.session.undo_stack.count()
    panel.length.setValue(4.0)
    assert panel.session.undo_stack.count() == steps + 1

    def begins(track):
        return next(key.time for key in keys_of(line(panel), track) if key.value > 0.5)

    assert begins(TRUNCATION) == pytest.approx(1.0, abs=0.1)
    assert begins(SLANT) == pytest.approx(2.0, abs=0.2)
    assert keys_of(line(panel), SLANT)[0].value == -2.0


def test_another_sound_is_followed_once_that_is_asked_for(panel, sounding, tmp_path, qtbot):
    sounding.sound.drive((Drive("bass", "z", "truncation", 0.0, 1.0),))
    keys, said = keys_of(line(panel), TRUNCATION), []
    panel.session.message.connect(lambda words, is_error: said.append(words))
    sounding.open(write_sound(tmp_path / "low.wav", tone(100, 2.0)))
    heard(qtbot, sounding)
    assert "press Follow" in said[-1]
    assert keys_of(line(panel), TRUNCATION) == keys
    dialog = sounding.ask()
    qtbot.mouseClick(dialog.start, LEFT)
    assert keys_of(line(panel), TRUNCATION)[1].value == pytest.approx(1.0, abs=0.05)


def test_without_a_timeline_there_is_one_as_long_as_the_sound(window, song, qtbot, monkeypatch):
    window.show_view("image")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(song), ""))
    assert line(window) is None
    window.actions_by_name["sound"].trigger()
    heard(qtbot, window.timeline.panel.sound)
    assert window.timeline.isVisible()
    assert line(window).seconds == pytest.approx(3.0, abs=0.01)
    z, point = window.session.space.input("z"), window.session.point
    assert line(window).at(1.0, window.session.space).value(z) == point.value(z)
    window.session.undo_stack.undo()
    assert line(window) is None


def test_what_follows_is_shown_as_it_plays(window, heard_there, qtbot, painted):
    heard_there.sound.drive((Drive("bass", "z", "truncation", 1.0, 0.0),))
    player = window.timeline.player
    quiet, loud = (painted(lambda time=time: player.seek(time)).frame.points.recipes[0] for time in (0.5, 1.5))
    z = window.session.space.input("z")
    assert z.scalar(quiet.value(z), "truncation") == pytest.approx(1.0, abs=0.02)
    assert z.scalar(loud.value(z), "truncation") == pytest.approx(0.0, abs=0.02)


def test_a_session_keeps_the_path_and_little_more_and_the_keys_stay_without_the_file(
    window, heard_there, song, tmp_path, qtbot, monkeypatch
):
    heard_there.sound.drive((Drive("bass", "z", "truncation", 0.5, 1.0),))
    window.opener.save_session(tmp_path / "s.zscape.json")
    saved = load(tmp_path / "s.zscape.json")
    assert saved.scene.view(SoundState) == SoundState(str(song), (Drive("bass", "z", "truncation", 0.5, 1.0),))
    assert (tmp_path / "s.zscape.json").stat().st_size < 100_000
    assert str(song) not in repr(to_hand_on(saved))
    heard_there.sound.take_away()
    assert not heard_there.isVisible()
    assert keys_of(line(window), TRUNCATION)  # the keys stay
    window.opener.open_session(tmp_path / "s.zscape.json")
    heard(qtbot, heard_there)
    heard_there.sound.take_away()
    away = song.rename(tmp_path / "away.wav")
    said = []
    window.session.message.connect(lambda words, is_error: said.append(words) if is_error else None)
    window.opener.open_session(tmp_path / "s.zscape.json")
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert len(said) == 1
    assert "is not there: what it drove stays" in said[0]
    assert "\n" not in said[0]
    assert heard_there.isVisible()
    assert heard_there.name.whole == "song.wav cannot be heard"
    assert not heard_there.drives.isEnabled()
    assert keys_of(line(window), TRUNCATION)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(away), ""))
    qtbot.mouseClick(heard_there.change, LEFT)
    heard(qtbot, heard_there)
    assert heard_there.drives.isEnabled()
    assert state(window).drives


def test_what_is_no_sound_is_one_line_and_changes_nothing(window, tmp_path):
    silent(window.timeline.panel)
    said, before = [], window.session.scene
    window.session.message.connect(lambda words, is_error: said.append((words, is_error)))
    for content in (b"RIFF\0\0\0\0WAVEwords", b"ID3 is no sound", b"OggS neither"):
        said.clear()
        (tmp_path / "a.wav").write_bytes(content)
        assert drop(window, dropped(tmp_path / "a.wav"))
        assert len(said) == 1, content
        assert said[0][1]
        assert "cannot be read as sound" in said[0][0]
        assert window.session.scene == before


def test_its_menu_takes_it_away(panel, sounding, qtbot):
    def choose():
        menu = QApplication.activePopupWidget()
        next(each for each in menu.actions() if each.text() == "Remove the sound").trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    sounding.row.menu_asked.emit(1, sounding.row.mapToGlobal(QPoint(40, 20)))
    qtbot.waitUntil(lambda: not sounding.isVisible(), timeout=5_000)
    assert state(panel) == SoundState()


def test_the_export_proposes_it_and_a_part_has_the_sound_of_that_part(window, heard_there, song, tmp_path, qtbot):
    window.settings.keep_folder(tmp_path / "x")
    window.session.edit_timeline("part", with_part(replace(line(window)), begin=1.0))
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    assert dialog.sound.path.text() == str(song)
    assert dialog.film.format.currentText() == "MP4"
    dialog.scale.setValue(1)
    path = dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=30_000):
        qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save), LEFT)
    with av.open(str(path)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 25
    sound = np.concatenate(list(samples(path)))[:, 0]
    begin = sound[RATE // 10 : RATE // 2]  # begins after the song's second of silence
    assert np.abs(np.fft.rfft(begin)).argmax() * RATE / len(begin) == pytest.approx(100, abs=5)
    assert np.abs(begin).max() > 0.3
