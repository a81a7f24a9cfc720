"""Where the picture of Restyle comes from: a photograph, the clipboard, an example, or a file that is none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from restyle_stage import draw_seven, encoded, photo, restyle
from stage import give_model, held_back, show, small_model, stroke, write_styled

from zscape.app.views.restyle.pictures import example, find
from zscape.app.views.restyle.view import RestyleView
from zscape.models.files.checkpoint import load_model
from zscape.models.files.header import read_spec
from zscape.models.files.library import find as find_model
from zscape.models.progress import finish


def test_a_photograph_dark_on_light_is_inverted(qtbot, view, tmp_path):
    view.open(photo(tmp_path / "one.png"))
    found = encoded(qtbot, view)
    pixels = found.picture.array[..., 0]
    assert pixels[14, 14] > 200
    assert pixels[:, :4].max() < 30
    side = view.pad.width()
    screen = view.pad.grab().toImage()
    assert screen.pixelColor(side // 4, side // 2).lightness() > 240  # the pad shows the photograph itself
    stroke(qtbot, view.pad, [(0.1, 0.5), (0.15, 0.5)])
    assert view.pad.grab().toImage().pixelColor(side // 4, side // 2).lightness() < 30  # then the prepared picture, drawn on


def test_a_pasted_picture_is_encoded(qtbot, view, tmp_path):
    QGuiApplication.clipboard().setImage(QImage(str(photo(tmp_path / "one.png"))))
    qtbot.mouseClick(view.strip.paste, Qt.MouseButton.LeftButton)
    assert encoded(qtbot, view).found is not None


@pytest.mark.parametrize("content", [b"", b"this is text", b"\x89PNG\r\n\x1a\n cut short"])
def test_a_file_that_is_no_picture_gets_one_line_and_changes_nothing(qtbot, view, tmp_path, content):
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with qtbot.waitSignal(view.session.message) as said:
        view.open(path)
    assert str(path) in said.args[0]
    assert said.args[1] is True
    assert restyle(view) is None


def test_an_empty_clipboard_is_told(qtbot, view):
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(view.session.message) as said:
        view.strip.paste.click()
    assert "clipboard" in said.args[0]


def test_the_newest_picture_wins(qtbot, view):
    given = [finish(example(number, small_model().spec)) for number in range(5)]
    for each in given:
        view.finder.take(each, "open picture")
    assert encoded(qtbot, view).picture == given[-1].picture
    assert restyle(view).found == finish(find(small_model(), restyle(view), 0)).recipe


@pytest.mark.parametrize("name", ["faces", "faces-styles", "fashion-mnist", "letters", "mnist-dcgan"])
def test_every_model_that_comes_with_zscape_has_examples(name):
    spec = read_spec(find_model(name))
    pictures = [finish(example(number, spec)).picture for number in range(4)]
    assert len(set(pictures)) == 4
    assert {(each.channels, each.height, each.width) for each in pictures} == {spec.image_shape}
    finish(example(1000, spec))  # there is no last example


def test_each_example_is_another_picture(qtbot, view):
    qtbot.mouseClick(view.strip.example, Qt.MouseButton.LeftButton)
    first = encoded(qtbot, view).picture
    qtbot.mouseClick(view.strip.example, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: restyle(view).picture != first)
    assert encoded(qtbot, view).picture.height == 28


def test_clear_takes_the_picture_away(qtbot, view):
    draw_seven(qtbot, view)
    qtbot.mouseClick(view.strip.clear, Qt.MouseButton.LeftButton)
    assert restyle(view) is None
    assert not view.strip.clear.isEnabled()
    assert not any(tool.isEnabled() for tool in (*view.tools.values(), view.use))


def test_a_picture_that_comes_before_the_model_waits_for_it(qtbot, context, tmp_path):
    view = show(qtbot, RestyleView(context))
    view.open(photo(tmp_path / "one.png"))
    assert restyle(view) is None
    give_model(qtbot, context, small_model())
    assert encoded(qtbot, view).found is not None


def test_a_picture_still_being_read_is_prepared_for_the_new_model(qtbot, view, tmp_path, monkeypatch):
    go_on = held_back(monkeypatch, "zscape.app.views.restyle.incoming.read")
    view.open(photo(tmp_path / "photo.png"))
    styled = tmp_path / "styled.safetensors"
    write_styled(styled, "ab")
    give_model(qtbot, view.context, load_model(styled))
    go_on.set()
    qtbot.waitUntil(lambda: restyle(view) is not None and not view.incoming.busy, timeout=20_000)
    assert restyle(view).picture.array.shape == (32, 32, 3)
