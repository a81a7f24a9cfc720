"""A word typed in the window, in the current style, by keyboard and mouse."""

from dataclasses import replace
from functools import cache

import letters_model
import numpy as np
import pytest
from PIL import Image, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from stage import give_model, show

from zscape.app.views.type.state import TypeState
from zscape.app.views.type.view import TypeView
from zscape.app.widgets.named_file import ending_in, named_file
from zscape.app.widgets.pictures.type_line import TypeLine
from zscape.app.window.export.dialog import ExportDialog
from zscape.models.inference.films.frames import moments
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.ready_made import random_loop

FEW = "AEHILNORTZ"
"""The letters of most tests: all those of a model are traced anew for each line."""


@cache
def few_letters():
    return letters_model.model_of(FEW)


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, TypeView(context))
    give_model(qtbot, context, few_letters())
    qtbot.waitUntil(lambda: view.picture.line is not None, timeout=20_000)
    return view


def says(qtbot, view, text):
    qtbot.waitUntil(lambda: view.picture.line is not None and view.picture.line.text == text, timeout=20_000)


def ink(view):
    """The pixels of the picture that differ from its background, bool [H, W]."""
    image = view.picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    return np.abs(pixels.astype(int) - int(pixels[0, 0])) > 60


def test_it_shows_the_letters_of_the_model_first(qtbot, view) -> None:
    assert view.picture.line.text == "AEHIL\nNORTZ"
    give_model(qtbot, view.context, letters_model.model_of())
    says(qtbot, view, "ABCDEFGHI\nJKLMNOPQR\nSTUVWXYZ")
    marked = ink(view)
    assert marked.any(0).mean() > 0.5
    assert not marked[:20].any()
    assert not marked[:, :20].any()


def test_what_is_typed_is_set_and_taken_back(qtbot, view) -> None:
    view.text.setFocus()
    qtbot.keyClicks(view.text, "Hi")
    says(qtbot, view, "Hi")
    assert view.session.scene.view(TypeState).text == "Hi"
    view.session.undo_stack.undo()
    says(qtbot, view, "AEHIL\nNORTZ")
    assert view.text.text() == ""


def test_a_longer_line_has_smaller_letters(qtbot, view) -> None:
    qtbot.keyClicks(view.text, " Hi")
    says(qtbot, view, "Hi")
    tall = ink(view).any(1).sum()
    left, right = np.flatnonzero(ink(view).any(0))[[0, -1]]
    assert abs(left + right - view.picture.width()) < 0.1 * view.picture.width()  # a leading space does not move it
    qtbot.keyClicks(view.text, " there all")
    says(qtbot, view, "Hi there all")
    assert ink(view).any(1).sum() < tall


def test_another_point_is_another_type(qtbot, view) -> None:
    qtbot.keyClicks(view.text, "R")
    says(qtbot, view, "R")
    before, line = ink(view), view.picture.line
    view.session.edit_point("go", Recipe.seed(9))
    qtbot.waitUntil(lambda: view.picture.line is not line, timeout=20_000)
    assert (ink(view) != before).sum() > 50


def test_a_line_that_is_set_is_not_set_again_when_the_view_is_shown_again(qtbot, view) -> None:
    qtbot.keyClicks(view.text, "Hi")
    says(qtbot, view, "Hi")
    started = []
    view.context.jobs.started.connect(started.append)
    view.hide()
    with qtbot.waitSignal(view.context.renderer.frame_ready, timeout=20_000):
        view.show()
        view.refresh()
    assert started == []
    qtbot.keyClicks(view.text, "l")
    says(qtbot, view, "Hil")
    assert len(started) == 1


def test_a_line_whose_job_is_cancelled_is_set_when_the_view_is_shown_again(qtbot, view) -> None:
    jobs = view.context.jobs
    qtbot.waitUntil(lambda: not jobs.jobs, timeout=20_000)  # the first line's job may end after its line is shown
    with qtbot.waitSignal(jobs.ended, timeout=20_000):
        jobs.started.connect(lambda job: job.cancel(), Qt.ConnectionType.SingleShotConnection)
        qtbot.keyClicks(view.text, "H")
    assert view.picture.line.text == "AEHIL\nNORTZ"
    view.refresh()
    says(qtbot, view, "H")


def test_characters_that_are_not_there_are_left_out_and_named(qtbot, view, tmp_path) -> None:
    qtbot.keyClicks(view.text, "Oh, 5!")
    says(qtbot, view, "Oh ")
    assert view.picture.words == "Left out: ',', '5', '!'. The model draws AEHILNORTZ."
    view.save_to(tmp_path / "oh.svg")
    qtbot.waitUntil(lambda: view.picture.words == "Saved oh.svg.", timeout=20_000)
    assert (tmp_path / "oh.svg").read_text("utf-8").count("<path") == 2
    assert view.drawing().size[0] > 0


def test_a_text_of_no_letters_is_said_and_the_line_stays(qtbot, view, tmp_path) -> None:
    qtbot.keyClicks(view.text, "5")
    qtbot.waitUntil(lambda: "'5' is not among the letters" in view.picture.words, timeout=20_000)
    assert view.picture.line is not None
    view.save_to(tmp_path / "all.otf")  # a font contains all letters, whatever is typed
    qtbot.waitUntil(lambda: view.picture.words == "Saved all.otf.", timeout=20_000)
    qtbot.keyClick(view.text, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: view.picture.words == "", timeout=20_000)


def test_it_is_saved_by_the_button_in_every_kind(qtbot, view, tmp_path, monkeypatch) -> None:
    qtbot.keyClicks(view.text, "On")
    says(qtbot, view, "On")
    for suffix in ("png", "svg", "otf"):
        path = tmp_path / f"on.{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        qtbot.mouseClick(view.save, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda path=path: view.picture.words == f"Saved {path.name}.", timeout=20_000)
    with Image.open(tmp_path / "on.png") as picture:
        assert picture.height == 400
    assert (tmp_path / "on.svg").read_text("utf-8").count("<path") == 2
    assert ImageFont.truetype(str(tmp_path / "on.otf"), 40).getlength("Z") > 0


def test_the_kind_that_is_chosen_in_the_dialog_counts(qtbot, view, tmp_path, monkeypatch) -> None:
    (tmp_path / "type.otf").write_text("of before")
    chosen = str(tmp_path / "type.png"), "OpenType font (*.otf)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    qtbot.mouseClick(view.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.picture.words == "Saved type 2.otf.", timeout=20_000)
    assert (tmp_path / "type.otf").read_text() == "of before"
    kinds = "Picture (*.png);;Outlines (*.svg)"
    for typed, kind, name in (("a", "Picture (*.png)", "a.png"), ("a.svg", "Picture (*.png)", "a.svg"), ("a.b", "", "a.b")):
        assert named_file(typed, kind, kinds).name == name
    for typed, name in (
        ("mine", "mine.x.json"),
        ("mine.v2", "mine.v2.x.json"),
        ("mine.JSON", "mine.JSON"),
        ("my.x", "my.x.json"),
    ):
        assert ending_in(".x.json", str(tmp_path / typed)).name == name


def test_other_suffixes_are_refused(view, tmp_path) -> None:
    view.save_to(tmp_path / "x.gif")
    assert "must end in .png, .svg or .otf" in view.picture.words


def test_a_model_without_letters_says_what_to_open(qtbot, tmp_path, view) -> None:
    words = letters_model.model_of("AB", ("coat", "bag"))
    give_model(qtbot, view.context, words)
    assert view.picture.line is None
    assert "open a model whose classes are letters or digits" in view.picture.words
    assert not view.text.isEnabled()
    assert not view.save.isEnabled()


def test_digits_are_letters_too(qtbot, view) -> None:
    give_model(qtbot, view.context, letters_model.model_of("0123456789"))
    qtbot.waitUntil(lambda: view.picture.line is not None and view.picture.line.text == "01234\n56789", timeout=20_000)


def test_a_film_of_the_view_writes_the_word_in_frames_of_one_size(qtbot, view, tmp_path) -> None:
    qtbot.keyClicks(view.text, "Hi")
    says(qtbot, view, "Hi")
    drawing, space = view.drawing(), view.session.space
    timeline = random_loop(view.session.point, space, 1.0)
    drawn = list(map(drawing.make(view.session.model, "cpu"), moments(view.sweep(), timeline, 4, space)))
    width, height = drawing.size
    assert drawing.ground == (255, 255, 255)
    assert all((frame[0] == 255).all() for frame in drawn)
    assert {frame.shape for frame in drawn} == {(height, width, 3)}
    assert len({frame.tobytes() for frame in drawn}) > 1
    for frame in drawn:
        marked = (frame[..., 0] < 128).any(0)
        assert not marked[:4].any()  # the whole line is in the frame
        assert not marked[-4:].any()
        starts = np.flatnonzero(marked[1:] & ~marked[:-1])
        assert 1 <= len(starts) <= 6  # two letters, not the whole sheet


def test_what_plays_is_counted_by_the_lines_that_are_on_screen(qtbot, view) -> None:
    painted = []
    view.painted.connect(lambda frame: painted.append(frame.sweep.centre))
    other = Recipe.seed(9)
    view.session.edit_point("go", other)
    qtbot.waitUntil(lambda: other in painted, timeout=20_000)


def test_what_plays_again_is_not_set_again(qtbot, view) -> None:
    moment, begun, painted = view.context.moment, [], []
    view.context.jobs.started.connect(begun.append)
    view.painted.connect(lambda frame: painted.append(frame.sweep.centre))
    for seed in (3, 4, 3, 4):
        point, before = Recipe.seed(seed), len(painted)
        moment.show(lambda sweep, point=point: replace(sweep, centre=point), moving=True)
        qtbot.waitUntil(lambda point=point, before=before: point in painted[before:], timeout=20_000)
    assert len(begun) == 2
    moment.show(None)
    qtbot.waitUntil(lambda: len(begun) == 3, timeout=20_000)  # drawn exactly at rest


def test_the_window_exports_the_word(window, qtbot, tmp_path) -> None:
    with qtbot.waitSignal(window.session.model_changed, timeout=20_000):
        window.renderer.adopt(few_letters())
    view = window.show_view("type")
    view.session.edit_view("type", TypeState("Hi"))
    qtbot.waitUntil(lambda: view.picture.line is not None and view.picture.line.text == "Hi", timeout=20_000)
    window.settings.keep_folder(tmp_path / "x")
    window.actions_by_name["export"].trigger()
    dialog = window.findChild(ExportDialog)
    width, height = view.drawing().size
    scale = dialog.scale.value()
    assert dialog.size_choice.words.text() == f"{width * scale} × {height * scale} pixels"
    dialog.scale.setValue(1)
    dialog.seconds.setValue(0.2)
    dialog.film.format.setCurrentText("APNG")
    qtbot.waitUntil(lambda: dialog.preview.pixels is not None, timeout=20_000)
    shown, path = dialog.preview.pixels, dialog.chosen
    with qtbot.waitSignal(window.context.exports.ended, timeout=60_000):
        dialog.accept()
    with Image.open(path) as film:
        assert film.size == (width, height)
        assert film.n_frames >= 2
        assert np.array_equal(np.asarray(film.convert("RGB")), shown), "the loop begins at the point on screen"


def test_until_the_first_line_is_set_it_says_what_it_waits_for(qtbot, context, monkeypatch) -> None:
    said = []
    say = TypeLine.say
    monkeypatch.setattr(TypeLine, "say", lambda line, words: (said.append(words), say(line, words)))
    view = show(qtbot, TypeView(context))
    give_model(qtbot, context, few_letters())
    qtbot.waitUntil(lambda: view.picture.line is not None, timeout=20_000)
    assert said.index("Drawing.") < said.index("Setting the line.")
    assert view.picture.words == ""
