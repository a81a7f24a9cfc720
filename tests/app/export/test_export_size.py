"""Exports have exactly the size that is typed; what the dialog remembers."""

from dataclasses import replace

import av
import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from zscape.app.state.saved_session import SessionFile
from zscape.app.window.export.exporting import ask_animation, ask_picture
from zscape.models.media.preparing.surround import ground_of

LEFT = Qt.MouseButton.LeftButton


def type_size(qtbot, dialog, text):
    dialog.size_choice.how.setCurrentText("In pixels")
    dialog.size_choice.pixels.selectAll()
    qtbot.keyClicks(dialog.size_choice.pixels, text)


def save_button(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)


def ask(view):
    return ask_animation(view, view.context, view.sweep(), SessionFile())


def export(view, qtbot, dialog):
    path = dialog.chosen
    with qtbot.waitSignal(view.context.exports.ended, timeout=30_000):
        qtbot.mouseClick(save_button(dialog), LEFT)
    return path


def test_a_typed_size_is_exact_and_what_is_around_has_the_chosen_colour(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    view.context.settings.keep("export_ground", "#ff0000")
    dialog = ask(view)
    dialog.film.format.setCurrentText("APNG")
    dialog.seconds.setValue(0.5)
    type_size(qtbot, dialog, "320x300")
    with Image.open(export(view, qtbot, dialog)) as film:
        assert film.size == (320, 300)
        pixels = np.asarray(film.convert("RGB"))
    assert (pixels[:, :10] == (255, 0, 0)).all()  # a sheet of 10 x 10 digits, 300 pixels wide, in the middle
    assert not (pixels[:, 20:300] == (255, 0, 0)).all(2).any()


def test_a_picture_has_the_typed_size_too(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask_picture(view, view.context, view.sheet.frame, SessionFile())
    type_size(qtbot, dialog, "512x512")
    with Image.open(export(view, qtbot, dialog)) as picture:
        assert picture.size == (512, 512)


def test_what_was_chosen_is_proposed_again(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask(view)
    dialog.film.format.setCurrentText("WebP")
    dialog.film.rate.setCurrentText("30 a second")
    dialog.film.quality.setCurrentText("75 %")
    dialog.seconds.setValue(0.5)
    dialog.size_choice.fit.setCurrentText("Fill")
    dialog.size_choice.edges.setCurrentText("Smoothly")
    type_size(qtbot, dialog, "64x48")
    export(view, qtbot, dialog)
    again = ask(view)
    asked = again.animation
    assert (again.film.format.currentText(), asked.fps, asked.choices.quality) == ("WebP", 30, 75)
    assert (asked.fitting.size, asked.fitting.fit, asked.fitting.smooth) == ((64, 48), "fill", True)
    again.reject()


def test_a_size_that_cannot_be_is_told_before_anything_is_written(view, qtbot):
    dialog = ask(view)
    for form, text, words in (
        ("GIF", "511x301", None),
        ("MP4", "511x512", "MP4 needs an even width and height"),
        ("WebM", "512x511", "WebM needs an even width and height"),
        ("WebP", "16384x16384", "too many for WebP"),
        ("GIF", "512", "type it as 512x512"),
        ("GIF", "0x5", "type it as 512x512"),
        ("MP4", "512 × 288", None),
    ):
        dialog.film.format.setCurrentText(form)
        type_size(qtbot, dialog, text)
        assert save_button(dialog).isEnabled() == (words is None), (form, text)
        assert words is None or words in dialog.size_choice.words.text()
    dialog.reject()


def test_an_unwritable_place_is_reported_before_drawing(view, qtbot, tmp_path):
    (tmp_path / "file").touch()
    dialog = ask(view)
    for form in ("GIF", "Folder of PNGs"):
        dialog.film.format.setCurrentText(form)
        dialog.path.setText(str(tmp_path / "file" / "film"))
        assert "is a file, not a folder" in dialog.note.whole
        assert dialog.note.isVisible()
        assert not save_button(dialog).isEnabled()
        dialog.path.setText(str(tmp_path / "new" / "film"))
        assert save_button(dialog).isEnabled()
    dialog.reject()


def test_a_name_of_another_format_chooses_it(view, qtbot, tmp_path):
    dialog = ask(view)
    dialog.film.format.setCurrentText("GIF")
    for ending, form in ((".mp4", "MP4"), (".WebP", "WebP"), (".gif", "GIF"), (".png", "Contact sheet, PNG"), (".txt", None)):
        dialog.path.selectAll()
        qtbot.keyClicks(dialog.path, str(tmp_path / f"film{ending}"))
        assert form is None or dialog.film.format.currentText() == form
        assert dialog.chosen == tmp_path / (f"film{ending}" if form else f"film{ending}.png")
    dialog.reject()


def test_a_folder_of_pictures_takes_no_other_suffix(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask(view)
    dialog.film.format.setCurrentText("Folder of PNGs")
    assert dialog.chosen == tmp_path / "zscape"
    dialog.path.setText(str(tmp_path / "film.gif"))
    assert dialog.chosen == tmp_path / "film"
    dialog.seconds.setValue(0.5)
    dialog.scale.setValue(1)
    folder = export(view, qtbot, dialog)
    assert len(list(folder.iterdir())) == 12


def test_a_contact_sheet_and_av1_from_the_window(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    dialog = ask(view)
    dialog.film.format.setCurrentText("Contact sheet, PNG")
    assert (dialog.film.rate.isVisible(), dialog.film.pictures.isVisible()) == (False, True)
    dialog.film.pictures.setValue(8)
    type_size(qtbot, dialog, "40x40")
    assert dialog.size_choice.words.text() == "pixels each"
    with Image.open(export(view, qtbot, dialog)) as sheet:
        assert sheet.size == (4 * 56 + 16, 2 * 76 + 16)
    dialog = ask(view)
    dialog.film.format.setCurrentText("WebM with AV1")
    dialog.seconds.setValue(0.5)
    type_size(qtbot, dialog, "64x64")
    with av.open(str(export(view, qtbot, dialog))) as film:
        assert "av1d" in film.streams.video[0].codec_context.name
        assert sum(1 for _ in film.decode(video=0)) == 12


def test_a_gif_offers_only_rates_that_it_keeps(view):
    dialog = ask(view)
    offered = {}
    for name in ("MP4", "GIF"):
        dialog.film.format.setCurrentText(name)
        offered[name] = [dialog.film.rate.itemData(place) for place in range(dialog.film.rate.count())]
        if name == "MP4":
            dialog.film.rate.setCurrentText("30 a second")
    assert offered == {"MP4": [24, 25, 30, 50, 60], "GIF": [20, 25, 50]}
    assert dialog.animation.fps == 50
    dialog.reject()


def test_around_a_picture_its_own_background_goes_on(view, qtbot, tmp_path):
    view.context.settings.keep_folder(tmp_path / "x")
    frame = view.sheet.frame
    light = replace(frame, images=255 - frame.images, pixels=np.full_like(frame.pixels, 255))
    for shown, colour in ((light, (255, 255, 255)), (frame, ground_of(frame.pixels[..., 2::-1]))):
        dialog = ask_picture(view, view.context, shown, SessionFile())
        type_size(qtbot, dialog, "400x100")
        with Image.open(export(view, qtbot, dialog)) as picture:
            assert picture.getpixel((2, 50)) == colour


def test_the_ground_of_a_frame_is_what_its_edges_have_most():
    frame = np.full((20, 30, 3), (250, 240, 230), np.uint8)
    frame[5:15, :12] = 0
    assert ground_of(frame) == (250, 240, 230)
    assert ground_of(np.full((4, 4, 1), 7, np.uint8)) == (7, 7, 7)
