"""The first paint shows the last session's picture, dimmed, until the first sheet is drawn."""

from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QImage
from stage import pixels_of
from start_stage import one_by_one, unreadable
from windows import open_window

from zscape.app.state.settings import Settings
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.window.main_window import MainWindow
from zscape.app.window.startup.last_picture import FILE, load

pytestmark = pytest.mark.seen


def on_sheet(window):
    """The picture that the sheet shows on screen, without margins: [H, W, 3], one pixel for each pixel of the picture."""
    sheet = next(each for each in window.stack.currentWidget().findChildren(Sheet) if each.isVisible())
    rect, zoom = sheet.picture_rect().toRect(), int(sheet.zoom())
    return pixels_of(sheet.grab().toImage())[rect.top() : rect.bottom() + 1 : zoom, rect.left() : rect.right() + 1 : zoom]


def made(home, model=""):
    """A window that starts without a look, so that its sheet shows the last picture."""
    window = MainWindow(Settings(home), model)
    window.resize(1280, 720)
    return window


def see(window):
    whole = pixels_of(window.stack.currentWidget().grab().toImage())
    return SimpleNamespace(pixels=whole, picture=on_sheet(window), view=window.current_view)


@pytest.fixture
def start(qtbot, home):
    """start(...): opens the window `made`, see `one_by_one`."""
    with one_by_one(qtbot, partial(made, home), see) as start:
        yield start


def close_on(window, qtbot, view):
    """Close `window` with `view` shown; returns the picture that it showed, [H, W, 3]."""
    sheet = window.show_view(view).main_sheet()
    qtbot.waitUntil(lambda: sheet.frame is not None and not sheet.unpainted, timeout=10_000)
    drawn = sheet.frame.pixels[..., :3].astype(int)
    window.close()
    return drawn


@pytest.mark.parametrize("view", ["class-sweep", "image"])
def test_the_first_paint_shows_the_last_picture_dimmed_and_the_live_one_follows(window, qtbot, start, view):
    drawn = close_on(window, qtbot, view)
    again = start()
    first = again.first
    assert first.view == view
    assert first.picture.shape == drawn.shape
    rows = slice(0, round(0.8 * len(drawn)))  # the text is below
    canvas = first.pixels[0, 0]
    expected = 0.55 * drawn[rows] + 0.45 * canvas
    assert abs(first.picture[rows] - expected).max() <= 2
    qtbot.waitUntil(lambda: not again.window.views[view].sheet.unpainted, timeout=10_000)
    assert abs(on_sheet(again.window) - drawn).max() <= 1  # no longer dimmed


def test_it_stays_until_the_first_sheet_is_drawn_and_says_what_is_awaited(qapp, qtbot):
    sheet = Sheet("Loading.")
    qtbot.addWidget(sheet)
    sheet.resize(300, 300)
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    sheet.show_last(picture)
    quiet = pixels_of(sheet.grab().toImage())
    sheet.wait("Loading a model with a longer name.")
    assert sheet.words == "Loading a model with a longer name."
    told = pixels_of(sheet.grab().toImage())
    assert (quiet[:200] == told[:200]).all()
    assert (quiet[200:] != told[200:]).any()
    assert sheet.tiles == 0  # it cannot be clicked
    sheet.clear()
    assert (pixels_of(sheet.grab().toImage())[:100] == quiet[0, 0]).all()


def test_a_picture_that_cannot_be_read_does_no_harm(window, qtbot, home, start):
    close_on(window, qtbot, "class-sweep")
    assert not load(home).isNull()
    for _ in unreadable(home / FILE):
        assert load(home).isNull()
    (home / FILE).write_bytes(b"no picture")
    again = start()
    assert again.first is not None
    assert again.window.session.model is not None


def test_another_model_or_session_does_not_start_with_the_last_picture(window, qtbot, start, tiny_model, tmp_path):
    close_on(window, qtbot, "class-sweep")
    other = tmp_path / "other.safetensors"
    other.write_bytes(tiny_model.read_bytes())
    pixels = start(model=str(other)).first.pixels
    assert (pixels[:100] == pixels[0, 0]).all()  # only the empty canvas


def test_a_view_without_pictures_leaves_none(window, home, qtbot):
    close_on(window, qtbot, "class-sweep")
    assert (home / FILE).exists()
    with open_window(qtbot, home) as again:
        again.show_view("train")
    assert not (home / FILE).exists()


def test_a_folder_that_cannot_be_written_does_not_keep_the_window_open(window, home, qtbot, caplog):
    (home / FILE).mkdir(parents=True)
    window.close()
    assert not window.isVisible()
    assert "picture" in caplog.text
