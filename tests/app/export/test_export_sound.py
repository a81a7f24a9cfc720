"""Sound of a film that is exported from the window."""

import av
import pytest
from PySide6.QtWidgets import QDialogButtonBox
from recipes import recipe
from sounds import tone, write_sound

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.sound_state import SoundState
from zscape.app.window.export.dialog import TIMELINE
from zscape.app.window.export.exporting import ask_animation
from zscape.models.timeline.drive import Drive
from zscape.models.timeline.edits import animate_shelf


def ask(view, film=False):
    return ask_animation(view, view.context, view.sweep(), SessionFile(scene=view.session.scene), TIMELINE if film else "")


def may_save(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).isEnabled()


@pytest.mark.parametrize("film", [False, True])
def test_the_film_is_as_long_as_its_sound(view, qtbot, tmp_path, film):
    view.context.settings.keep_folder(tmp_path / "x")
    if film:
        points = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2)]
        view.session.edit_timeline("animate", animate_shelf(points, view.session.space, leg=3.0))
    sound = write_sound(tmp_path / "a.wav", tone(440, 0.6))
    dialog = ask(view, film)
    dialog.film.format.setCurrentText("MP4")
    dialog.scale.setValue(1)
    dialog.sound.path.setText(str(sound))
    assert dialog.animation.seconds == (3.0 if film else 4.0)
    dialog.sound.whole.setChecked(True)
    assert (dialog.animation.seconds, dialog.seconds.isEnabled()) == (0.6, False)
    path = dialog.chosen
    with qtbot.waitSignal(view.context.exports.ended, timeout=30_000):
        dialog.accept()
    with av.open(str(path)) as written:
        assert sum(1 for _ in written.decode(video=0)) == 15
    with av.open(str(path)) as written:
        assert sum(frame.samples for frame in written.decode(audio=0)) / 48_000 == pytest.approx(0.6, abs=0.05)


def test_a_timeline_that_follows_its_sound_keeps_its_length(view, tmp_path):
    points = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2)]
    view.session.edit_timeline("animate", animate_shelf(points, view.session.space, leg=3.0))
    sound = write_sound(tmp_path / "a.wav", tone(440, 0.6))
    view.session.edit_view("follow", SoundState(str(sound), (Drive("level", "z", "truncation", 0.5, 1.0),)))
    dialog = ask(view, True)
    dialog.film.format.setCurrentText("MP4")
    dialog.sound.path.setText(str(sound))
    dialog.sound.whole.setChecked(True)  # as it may have been for another motion
    assert not dialog.sound.whole.isEnabled()
    assert "out of time" in dialog.sound.whole.toolTip()
    assert dialog.animation.seconds == 3.0
    dialog.motion.setCurrentIndex(0)
    assert dialog.sound.whole.isEnabled()
    assert dialog.animation.seconds == 0.6
    dialog.reject()


def test_what_is_no_sound_is_told_and_a_gif_asks_for_none(view, tmp_path):
    (tmp_path / "a.wav").write_text("words")
    dialog = ask(view)
    dialog.film.format.setCurrentText("WebM")
    assert dialog.sound.path.isVisible()
    dialog.sound.path.setText(str(tmp_path / "a.wav"))
    assert "cannot be read as sound" in dialog.note.whole
    assert not may_save(dialog)
    dialog.film.format.setCurrentText("GIF")
    assert not dialog.sound.path.isVisible()
    assert may_save(dialog)
    assert dialog.animation.choices.sound is None
    dialog.reject()
