"""Exports write what is on screen to files, which restore the session."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from recipes import with_seed, z

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import load, save, saves_to
from zscape.app.window.export.dialog import ExportDialog
from zscape.app.window.export.film import FORMATS
from zscape.app.work.exporting.export import Animation, proposed_scale, save_animation, save_sheet
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image
from zscape.models.progress import finish
from zscape.models.timeline.ready_made import usual


def test_a_saved_picture_has_the_pixels_on_screen_and_brings_the_session_back(window, tmp_path, monkeypatch):
    frame = window.views["class-sweep"].sheet.frame
    window.session.edit_point("seed", with_seed(window.session.point, 8))
    saved = window.opener.snapshot()
    path = finish(save_sheet(tmp_path / "sheet.png", frame, 2, saved))
    picture = read_image(path)
    assert picture.shape == (560, 560, 3) or picture.shape == (560, 560, 1)
    assert np.array_equal(picture[::2, ::2, 0], frame.pixels[..., 2])
    assert load(path) == saved
    window.session.edit_point("seed", with_seed(window.session.point, 9))
    window.opener.open_file(path)
    assert z(window.session.point).seed == 8
    written = path.read_bytes()
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked.append(1), (str(tmp_path / "mine"), ""))[1])
    window.actions_by_name["save_session"].trigger()  # to a new file, not over the picture
    assert asked
    assert path.read_bytes() == written
    assert window.keeper.file == tmp_path / "mine.zscape.json"
    window.actions_by_name["save_session"].trigger()
    assert len(asked) == 1
    window.keeper.take_file(path)  # as an earlier version may have remembered it
    assert window.keeper.file is None
    assert [saves_to(each) for each in (path, tmp_path / "mine.zscape.json", tmp_path / "gone.json", tmp_path / "gone.png")] == [
        False,
        True,
        True,
        False,
    ]


def test_an_animation_is_a_loop_of_the_sweep_with_the_session_inside(window, tmp_path, qtbot):
    view = window.show_view("candidates")
    qtbot.waitUntil(lambda: view.sweep() is not None, timeout=10_000)
    for suffix in sorted(set(FORMATS.values())):
        animation = Animation(tmp_path / f"loop{suffix}", seconds=0.2, fps=20, scale=1)
        sweep, space = view.sweep(), window.session.space
        timeline = usual(sweep, space, animation.seconds)
        path = finish(save_animation(animation, window.session.model, sweep, timeline, window.opener.snapshot()))
        saved = window.opener.snapshot()
        played = replace(saved, scene=replace(saved.scene, timeline=timeline))
        if suffix in (".svg", ".pdf"):
            continue  # these formats store no session
        assert load(path if suffix else path / "00000.png") == played, suffix
        if suffix not in (".mp4", ".webm", "", ".png"):
            with Image.open(path) as picture:
                assert (picture.n_frames, picture.size) == (4, (84, 84)), suffix


def test_the_dialog_exports_as_a_job_that_can_be_followed(window, tmp_path, qtbot):
    window.settings.keep_folder(tmp_path / "x")
    window.actions_by_name["export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.chosen == tmp_path / "class-sweep.gif"
    dialog.film.format.setCurrentText("WebP")
    dialog.seconds.setValue(0.5)
    dialog.scale.setValue(1)
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000):
        dialog.accept()
        assert window.jobs.jobs
    assert (tmp_path / "class-sweep.webp").exists()
    assert "class-sweep.webp" in window.status.currentMessage()


def test_a_cancelled_export_leaves_nothing(view, tmp_path, qtbot):
    from zscape.app.window.export.exporting import ask_animation

    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask_animation(view, view.context, view.sweep(), SessionFile())
    dialog.seconds.setValue(60)
    with qtbot.waitSignal(view.context.exports.ended, timeout=20_000):
        dialog.accept()
        view.context.exports.cancel(view.context.exports.exports[-1])
    assert list(tmp_path.glob("*.gif")) == []
    assert list(tmp_path.glob(".*.gif")) == []


def test_a_place_that_cannot_be_written_is_told(view, tmp_path, qtbot):
    from zscape.app.window.export.exporting import ask_picture

    (tmp_path / "file").write_text("in the way")
    dialog = ask_picture(view, view.context, view.sheet.frame, SessionFile())
    dialog.path.setText(str(tmp_path / "file" / "sheet.png"))
    with qtbot.waitSignal(view.session.message, timeout=20_000) as caught:
        dialog.accept()
    assert caught.args[1] is True
    assert "sheet.png" in caught.args[0]


@pytest.mark.parametrize(("width", "scale"), [(28, 32), (280, 4), (5000, 1)])
def test_the_scale_that_is_proposed(width, scale):
    assert proposed_scale(width) == scale


def test_unknown_models_latents_of_another_size_and_views_that_stand_still_are_told(window, tmp_path):
    save(tmp_path / "s.json", SessionFile(model="gone", view="image", scene=window.session.scene))
    window.opener.attempt(lambda: window.opener.open_session(tmp_path / "s.json"))
    assert "gone" in window.message_bar.label.text()
    assert window.current_view == "image"
    np.savez(tmp_path / "z.npz", z=np.zeros((2, 5), np.float32))
    with pytest.raises(ZscapeError, match="rows of 12"):
        window.opener.open_latents(tmp_path / "z.npz")
    window.show_view("restyle")
    window.actions_by_name["export"].trigger()
    assert window.message_bar.isVisible()


NO_FILES = [
    ("", "Type a name for the file."),
    ("/", "Type a name for the file."),
    ("..", "Type a name for the file."),
    ("{folder}/", "Type a name for the file."),
    ("~nobody-of-that-name/a.gif", "There is no folder ~nobody-of-that-name: choose another."),
    ("{folder}/" + "a" * 300, "The name is too long: choose a shorter one."),
    ("{folder}/taken.gif", "There is a folder of this name: choose another."),
]


def test_invalid_file_names_are_reported_while_typing(view, tmp_path, qtbot):
    from zscape.app.window.export.exporting import ask_animation

    (tmp_path / "taken.gif").mkdir()
    view.context.settings.keep_folder(tmp_path / "x")
    for typed, said in NO_FILES:
        dialog = ask_animation(view, view.context, view.sweep(), SessionFile())
        dialog.film.format.setCurrentText("GIF")
        button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
        dialog.path.selectAll()
        qtbot.keyClicks(dialog.path, typed.format(folder=tmp_path)) if typed else dialog.path.clear()
        assert dialog.note.whole == said, typed
        assert not button.isEnabled(), typed
        for form in ("Folder of PNGs", "MP4"):
            dialog.film.format.setCurrentText(form)
        dialog.sound.path.setText("~nobody-of-that-name/a.wav")
        dialog.path.setText(str(tmp_path / "film"))
        dialog.sound.path.clear()
        assert button.isEnabled(), typed
        dialog.reject()
