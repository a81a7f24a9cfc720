"""Films of the timeline: the export dialog proposes it, and the file restores it."""

import pytest
from PySide6.QtCore import Qt
from recipes import recipe

from zscape.app.window.export.dialog import ExportDialog
from zscape.models.timeline.edits import animate_shelf, with_length

POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filled(window):
    """A dock with four keys, 1 s apart, that is not playing."""
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return window.timeline


def test_too_many_frames_are_told_before_anything_is_written(window, filled, qtbot):
    window.session.edit_timeline("long", with_length(window.session.scene.timeline, 5_000.0))
    qtbot.mouseClick(filled.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    for rate, said in (("25 a second", "125,000 frames are too many"), ("20 a second", "")):
        dialog.film.rate.setCurrentText(rate)
        assert dialog.note.isVisible() == bool(said)
        assert said in dialog.note.whole
        assert dialog.save_button.isEnabled() == (not said)
    dialog.reject()


def test_a_film_is_what_plays(window, filled, qtbot, tmp_path):
    window.settings.keep_folder(tmp_path / "x")
    window.show_view("image")
    qtbot.mouseClick(filled.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    assert dialog.motion.currentText() == "The timeline"
    assert (dialog.seconds.isEnabled(), dialog.animation.seconds) == (False, 3.0)
    dialog.film.format.setCurrentText("WebP")
    dialog.scale.setValue(1)
    with qtbot.waitSignal(window.context.exports.ended, timeout=30_000):
        dialog.accept()
    from PIL import Image

    from zscape.app.state.session_file import load

    path = tmp_path / "image.webp"
    with Image.open(path) as film:
        assert film.n_frames == 75
    assert load(path).scene.timeline == window.session.scene.timeline


def test_another_motion_asks_for_its_length_again(window, filled):
    window.actions_by_name["film"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.motion.setCurrentIndex(0)
    dialog.seconds.setValue(7.5)
    assert dialog.animation.seconds == 7.5
    dialog.reject()


def test_without_a_timeline_there_is_no_film(window, qtbot):
    with qtbot.waitSignal(window.session.message) as caught:
        window.actions_by_name["film"].trigger()
    assert caught.args[1] is True
