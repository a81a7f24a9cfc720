"""Films of the timeline: the export dialog proposes it, and the file restores it."""

from dock_stage import LEFT, POINTS
from PIL import Image

from zscape.app.state.session_file import load
from zscape.app.window.export.dialog import ExportDialog
from zscape.models.timeline.edits import animate_shelf, with_length, with_part


def test_the_dialog_refuses_too_many_frames_and_asks_for_the_length_of_another_motion(window, qtbot):
    with qtbot.waitSignal(window.session.message) as caught:
        window.actions_by_name["film"].trigger()
    assert caught.args[1] is True
    assert window.findChild(ExportDialog) is None, "without a timeline there is no film"
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    window.actions_by_name["film"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.motion.setCurrentIndex(0)
    dialog.seconds.setValue(7.5)
    assert dialog.animation.seconds == 7.5
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None)
    window.session.edit_timeline("long", with_length(window.session.scene.timeline, 5_000.0))
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    for rate, said in (("25 a second", "125,000 frames are too many"), ("20 a second", "")):
        dialog.film.rate.setCurrentText(rate)
        assert dialog.note.isVisible() == bool(said)
        assert said in dialog.note.whole
        assert dialog.save_button.isEnabled() == (not said)
    dialog.reject()


def written(window, qtbot, dialog):
    """Export with the dialog as a WebP of the smallest size; returns its path."""
    dialog.film.format.setCurrentText("WebP")
    dialog.scale.setValue(1)
    path = dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=30_000):
        dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None)
    return path


def test_a_film_is_what_plays_or_the_part_of_it(window, filled, qtbot, tmp_path):
    window.settings.keep_folder(tmp_path / "x")
    window.show_view("image")
    qtbot.mouseClick(filled.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    assert dialog.motion.currentText() == "The timeline"
    assert (dialog.seconds.isEnabled(), dialog.animation.seconds) == (False, 3.0)
    path = written(window, qtbot, dialog)
    with Image.open(path) as film:
        assert film.n_frames == 75
    assert load(path).scene.timeline == window.session.scene.timeline
    filled.panel.edit("set the in point", lambda timeline: with_part(timeline, begin=1.0))
    qtbot.mouseClick(filled.panel.film, LEFT)
    dialog = window.findChild(ExportDialog)
    assert dialog.animation.seconds == 2.0
    with Image.open(written(window, qtbot, dialog)) as film:
        assert film.n_frames == 50
