"""A start first shows a picture of the window as it was closed, and builds the real window behind it."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from stage import pixels_of
from start_stage import one_by_one, unreadable

from zscape.app.panels import PANELS
from zscape.app.state.settings import Settings
from zscape.app.widgets import theme
from zscape.app.window.docking.dock_layout import WIDTHS
from zscape.app.window.main_window import MainWindow
from zscape.app.window.startup.first_look import FILE, FirstLook, first_look, load

SIZE = QSize(1280, 720)
"""Larger than the screen of the offscreen platform."""


pytestmark = pytest.mark.seen


def made(home, model="", session=None, size=SIZE):
    """A window that starts with its last look."""
    settings = Settings(home)
    window = MainWindow(settings, model, session, look=first_look(settings, model, session))
    window.resize(size)
    return window


def see(window):
    return SimpleNamespace(pixels=pixels_of(window.grab().toImage()), is_built="session" in vars(window))


def is_plain(pixels):
    return (pixels == pixels[0, 0]).all()


@pytest.fixture
def start(qtbot, home):
    """start(...): opens the window `made`, see `one_by_one`."""
    with one_by_one(qtbot, partial(made, home), see) as start:
        yield start


@pytest.fixture
def closed(window, qtbot):
    """What the window showed when it was closed: all of it [H, W, 3], and the place of its pictures (rows, columns)."""
    window.session.keep(window.session.point)
    sheet = window.show_view("class-sweep").main_sheet()
    qtbot.waitUntil(lambda: sheet.frame is not None and not sheet.unpainted, timeout=10_000)
    shown = pixels_of(window.grab().toImage())
    corner = sheet.mapTo(window, QPoint())
    place = sheet.picture_rect().toRect().translated(corner)
    window.close()
    return shown, (slice(place.top(), place.bottom() + 1), slice(place.left(), place.right() + 1))


def test_the_first_paint_is_the_window_as_it_was_dimmed_until_it_works(closed, start, qtbot):
    shown, place = closed
    again = start()
    window, first = again.window, again.first
    assert not first.is_built
    assert first.pixels.shape == shown.shape
    elsewhere = np.ones(shown.shape[:2], bool)
    elsewhere[place] = False
    elsewhere[-24:] = False  # except the status bar, whose message is outdated
    assert (first.pixels[-20:] == first.pixels[-1, 0]).all()
    assert (abs(first.pixels - shown).max(2)[elsewhere] <= 2).all()
    before, after = shown[place], first.pixels[place]
    canvas = shown[place[0].start + 5, place[1].start - 5]
    assert abs(after - (0.55 * before + 0.45 * canvas)).max() <= 2
    assert before.std() > after.std() > 5
    qtbot.waitUntil(lambda: not window.findChildren(FirstLook), timeout=10_000)
    point = window.session.point
    window.docks.panels["latent"].roll()
    assert window.session.point != point


def test_a_session_goes_on_under_its_look_with_the_panels_as_they_were(closed, window, home, qtbot):
    look = first_look(Settings(home), "", None)
    again = MainWindow(Settings(home), look=look)
    again.resize(SIZE)
    gone = []
    look.destroyed.connect(lambda: gone.append(again.session.model is not None))
    with qtbot.waitSignals([again.first_imaged, again.completed], timeout=30_000):
        again.show()
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    widths = {name: dock.width() for name, dock in again.docks.items() if dock.isVisible()}
    again.close()
    again.deleteLater()
    assert gone == [True]  # not before the model was ready
    assert {PANELS[name].side for name in widths} == {"left", "right"}
    assert all(abs(width - window.docks[name].width()) < 20 for name, width in widths.items())  # panels may need a little more


def test_a_click_removes_the_look(closed, home, qtbot):
    settings = Settings(home)
    look = first_look(settings, "", None)
    window = MainWindow(settings, look=look)
    window.resize(SIZE)
    gone = []
    look.destroyed.connect(lambda: gone.append(window.session.model))
    window.assembled.connect(lambda: qtbot.mouseClick(look, Qt.MouseButton.LeftButton, pos=QPoint(400, 300)))
    with qtbot.waitSignals([window.first_imaged, window.completed], timeout=30_000):
        window.show()
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    assert gone == [None]  # before the model was ready
    window.close()
    window.deleteLater()


def test_a_first_start_is_empty_until_it_is_built_with_panels_as_wide_as_they_should_be(start, tiny_model):
    again = start(model=str(tiny_model))
    assert is_plain(again.first.pixels)
    assert again.window.session.model is not None
    window = again.window
    shown = {name: dock for name, dock in window.docks.items() if dock.isVisible()}
    assert {PANELS[name].side for name in shown} == {"left", "right"}
    assert {name: dock.width() for name, dock in shown.items()} == {name: WIDTHS[PANELS[name].side] for name in shown}


def test_panels_that_were_made_wider_are_so_again(window, start, tiny_model, qtbot):
    window.resizeDocks([window.docks["latent"]], [350], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: window.docks["latent"].width() == 350)
    window.close()
    assert start(model=str(tiny_model)).window.docks["latent"].width() == 350


def painted(qtbot, home, model="", size=SIZE):
    """What the look for a window of that model and size paints, [H, W, 3]."""
    look = first_look(Settings(home), model, None)
    qtbot.addWidget(look)
    look.resize(size)
    return pixels_of(look.grab().toImage())


@pytest.fixture
def other(tiny_model, tmp_path):
    """The file of a model that was not open."""
    path = tmp_path / "other.safetensors"
    path.write_bytes(tiny_model.read_bytes())
    return str(path)


def test_a_requested_model_and_a_window_of_another_size_do_not_start_with_the_last_look(closed, home, qtbot, other):
    assert not is_plain(painted(qtbot, home))
    assert is_plain(painted(qtbot, home, other))
    pixels = painted(qtbot, home, size=QSize(1000, 500))
    assert pixels.shape == (500, 1000, 3)
    assert is_plain(pixels)


def test_a_look_that_cannot_be_read_does_no_harm(closed, home, start):
    look = lambda: load(Settings(home), "", None)  # noqa: E731
    assert not look().isNull()
    for _ in unreadable(home / FILE):
        assert look().isNull()
    (home / FILE).write_bytes(b"no picture")
    assert is_plain((again := start()).first.pixels)
    assert again.window.session.model is not None


def test_an_empty_look_has_the_colour_of_the_last_window(window, home, qtbot, other):
    window.set_theme("dark")
    window.close()
    window.set_theme("light")  # as in an application before a theme is applied
    pixels = painted(qtbot, home, other)
    assert is_plain(pixels)
    assert QColor(*reversed(pixels[0, 0].tolist())).name() == theme.DARK.window


def test_a_session_without_edits_has_a_look_too(window, home):
    window.show_view("class-sweep")
    window.close()
    assert not load(Settings(home), "", None).isNull()


def test_no_look_is_kept_while_something_covers_the_pictures(window, home):
    window.show_view("class-sweep")
    window.choice.bundled.open()
    window.close()
    assert load(Settings(home), "", None).isNull()


def test_an_error_that_was_shown_is_not_shown_again(window, home):
    window.show_view("class-sweep")
    before = window.grab().toImage()
    window.message_bar.tell("Something is wrong.")
    window.grab()  # forces a layout
    bar = window.message_bar
    corner = bar.mapTo(window, QPoint())
    place = np.s_[corner.y() : corner.y() + bar.height(), corner.x() : corner.x() + 60]  # beside the dimmed pictures
    assert (pixels_of(window.grab().toImage())[place] != pixels_of(before)[place]).any()
    window.close()
    assert (pixels_of(load(Settings(home), "", None))[place] == pixels_of(before)[place]).all()


def test_a_window_closed_early_leaves_everything_and_a_crash_no_look(closed, home, qtbot):
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    settings = Settings(home)
    window = MainWindow(settings, look=first_look(settings, "", None))
    window.close()
    window.deleteLater()
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == files
    # after a crash, or beside an open window
    (kept,) = (home / "sessions").glob("*.zscape.json")
    kept.with_name(kept.name.removesuffix(".zscape.json") + ".lock").write_text("")
    assert load(Settings(home), "", None).isNull()
