"""The preview in the export dialog equals the file, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from recipes import recipe
from stage import write_styled

from zscape.app.window.export.dialog import ExportDialog
from zscape.models.timeline.mark_edits import add_card
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.ready_made import round_the_classes

LEFT = Qt.MouseButton.LeftButton
FRAME, SECONDS = 7, 0.6


@pytest.fixture
def paused(window, qtbot, tmp_path):
    """The window, paused at a frame of a short film with a caption."""
    window.settings.keep_folder(tmp_path / "x")
    window.show_view("image")
    session = window.session
    line = round_the_classes(session.point, session.space, SECONDS)
    marks = (Mark(0.0, SECONDS, "A title of two words", "caption", place="top"),)
    session.edit_timeline("make", line.__class__(**{**vars(line), "marks": marks}))
    pause(qtbot, window)
    return window


def pause(qtbot, window):
    """Show the frame whose preview is compared."""
    view = window.views["image"]
    window.timeline.player.seek(window.session.scene.timeline.frames(count(window.session))[FRAME])
    qtbot.waitUntil(lambda: view.sheet.frame is not None and view.sheet.frame.sweep == window.context.moment.of(view.sweep()))
    qtbot.waitUntil(lambda: bool(view.sheet.marks))


def count(session):
    return round(25 * session.scene.timeline.duration)


def asked(window, qtbot):
    qtbot.mouseClick(window.timeline.panel.film, LEFT)
    dialog = next(each for each in window.findChildren(ExportDialog) if each.isVisible())
    dialog.film.format.setCurrentText("Folder of PNGs")
    return dialog


def saved(dialog, window, qtbot, frame=FRAME):
    """Export the film; returns frame number `frame` of the file."""
    path = dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=60_000):
        qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save), LEFT)
    files = sorted(path.iterdir())
    assert len(files) == count(window.session)
    with Image.open(files[frame]) as read:
        return np.asarray(read.convert("RGB"))


def test_a_padded_film_with_a_caption_or_a_title_card_is_what_is_previewed(paused, qtbot, tmp_path):
    session = paused.session
    for title, (width, height) in (("", (256, 256)), ("", (256, 160)), ("card", (256, 160))):
        if title:
            card = Mark(0.0, 0.4, "Title", "card", background="#203040")
            session.edit_timeline("title", add_card(session.scene.timeline, card))
            pause(qtbot, paused)
        dialog = asked(paused, qtbot)
        dialog.size_choice.how.setCurrentText("In pixels")
        dialog.size_choice.pixels.selectAll()
        qtbot.keyClicks(dialog.size_choice.pixels, f"{width}x{height}")
        dialog.path.setText(str(tmp_path / f"film{title}-{height}"))
        shown = dialog.preview.pixels.copy()
        assert shown.shape == (height, width, 3)
        frame = saved(dialog, paused, qtbot)
        assert np.array_equal(frame, shown), (title, height)
        assert len(np.unique(frame.reshape(-1, 3) @ (1 << 16, 1 << 8, 1))) > 10, "a picture and letters"


def test_the_preview_follows_the_chosen_size_and_what_is_on_screen(paused, qtbot):
    dialog = asked(paused, qtbot)
    preview, choice = dialog.preview, dialog.size_choice
    dialog.scale.setValue(3)
    assert preview.pixels.shape == (84, 84, 3)
    choice.how.setCurrentText("In pixels")
    choice.pixels.setText("200x100")
    padded = preview.pixels
    assert padded.shape == (100, 200, 3)
    choice.fit.setCurrentText("Stretch")
    assert not np.array_equal(preview.pixels, padded)
    titled = preview.pixels
    choice.pixels.setText("nonsense")
    assert preview.pixels is titled, "what is no size changes nothing"
    choice.pixels.setText("200x100")
    dialog.motion.setCurrentIndex(0)
    assert not np.array_equal(preview.pixels, titled), "other motions have no text"
    picture = preview.grab().toImage()
    colours = {picture.pixelColor(x, preview.height() // 4).rgb() for x in range(0, picture.width(), 4)}
    assert len(colours) > 1
    dialog.reject()
    qtbot.waitUntil(lambda: paused.findChild(ExportDialog) is None)
    dialog = asked(paused, qtbot)
    before, view = dialog.preview.pixels, paused.views["image"]
    paused.timeline.player.seek(0.4)
    qtbot.waitUntil(lambda: not np.array_equal(dialog.preview.pixels, before), timeout=10_000)
    dialog.reject()
    paused.timeline.player.seek(0.1)
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == paused.context.moment.of(view.sweep()))


def test_preview_of_a_hidden_timeline_is_its_first_frame(paused, qtbot, tmp_path):
    paused.session.edit_point("go elsewhere", recipe(seeds=((77, 1.0),)))
    dialog = asked(paused, qtbot)
    dialog.scale.setValue(2)
    dialog.path.setText(str(tmp_path / "film"))
    qtbot.waitUntil(lambda: dialog.preview.pixels is not None, timeout=10_000)
    shown = dialog.preview.pixels.copy()
    assert np.array_equal(saved(dialog, paused, qtbot, 0), shown)


def test_another_model_does_not_change_the_preview_of_a_timeline(paused, qtbot, tmp_path):
    paused.session.edit_point("go elsewhere", recipe(seeds=((77, 1.0),)))
    dialog = asked(paused, qtbot)
    dialog.path.setText(str(tmp_path / "film"))
    qtbot.waitUntil(lambda: dialog.preview.pixels is not None, timeout=10_000)
    shown, motion = dialog.preview.pixels.copy(), dialog.motion.currentIndex()
    with qtbot.waitSignal(paused.session.model_changed, timeout=20_000):
        paused.opener.open_model(write_styled(tmp_path / "styled.safetensors", ("a", "b", "c")))
    qtbot.waitUntil(lambda: paused.views["image"].sheet.frame.model is paused.session.model, timeout=20_000)
    dialog.motion.setCurrentIndex(0)
    dialog.motion.setCurrentIndex(motion)
    qtbot.waitUntil(lambda: np.array_equal(dialog.preview.pixels, shown), timeout=10_000)
    assert not paused.message_bar.isVisible()
    dialog.reject()


def test_a_saved_picture_is_what_is_previewed(window, qtbot, tmp_path):
    window.settings.keep_folder(tmp_path / "x")
    window.actions_by_name["save_picture"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.size_choice.how.setCurrentText("In pixels")
    dialog.size_choice.pixels.setText("320x200")
    shown, path = dialog.preview.pixels, dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=20_000):
        dialog.accept()
    with Image.open(path) as read:
        assert np.array_equal(np.asarray(read.convert("RGB")), shown)


def test_preview_of_a_film_wider_than_the_sheet(paused, qtbot):
    view = paused.show_view("map")
    view.want({"source": "generated", "count": 20})
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map.complete and not view.maker.busy, timeout=60_000)
    dialog = asked(paused, qtbot)
    dialog.scale.setValue(1)
    qtbot.waitUntil(lambda: dialog.preview.pixels is not None, timeout=20_000)
    shown = dialog.preview.pixels
    assert shown.shape == (560, 1120, 3), "the map beside the picture"
    player = paused.timeline.player
    player.seek(0.5)
    qtbot.waitUntil(lambda: not np.array_equal(dialog.preview.pixels, shown), timeout=20_000)
    player.seek(paused.session.scene.timeline.frames(count(paused.session))[FRAME])
    qtbot.waitUntil(lambda: np.array_equal(dialog.preview.pixels, shown), timeout=20_000)
    assert np.array_equal(saved(dialog, paused, qtbot), shown)
