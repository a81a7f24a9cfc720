"""The second window: on another screen if there is one, with the picture alone or the sheet, checked in its pixels."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from recipes import z

from zscape.app.widgets import theme
from zscape.app.window.live_performance.second_window import HINT, other_screen
from zscape.models.timeline.edits import animate_shelf


@pytest.fixture
def second(qtbot, window):
    window.actions_by_name["second"].trigger()
    second = window.live_tools.second
    with qtbot.waitExposed(second):
        pass
    qtbot.waitUntil(lambda: second.picture.frame is not None, timeout=10_000)
    yield second
    if second.isVisible():
        second.close()


def likeness(second):
    """The correlation between the smoothly enlarged picture on screen and the picture as drawn."""
    place = second.picture.picture_rect().toAlignedRect()
    drawn = second.picture.picture()
    how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    seen = second.picture.grab(place).toImage().scaled(drawn.size(), *how).convertToFormat(drawn.format())
    return np.corrcoef(pixels(seen).ravel(), pixels(drawn).ravel())[0, 1]


def pixels(image):
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def test_it_fills_the_screen_with_the_picture_alone_has_a_hint_and_takes_shortcuts(window, second, qtbot):
    assert second.hint.text() == HINT
    assert second.rect().contains(second.hint.geometry())
    second.hint.hide()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert second.hint.isVisible()
    second.hint.hide()
    assert second.isFullScreen()
    assert second.picture.tiles == 1
    assert second.picture.recipe(0) == window.session.point
    assert likeness(second) > 0.7
    corner = second.grab().toImage().pixelColor(2, 2)
    assert (corner.red(), corner.green(), corner.blue()) == (0, 0, 0)
    theme.apply("light")
    assert second.grab().toImage().pixelColor(2, 2).lightness() == 0
    QTest.keyClick(second, Qt.Key.Key_R)
    rolled = window.session.point
    qtbot.waitUntil(lambda: second.picture.frame.sweep.centre == rolled)
    assert likeness(second) > 0.7


def test_space_shows_the_sheet_from_the_frames_of_the_view(window, second, qtbot):
    QTest.keyClick(second, Qt.Key.Key_Space)
    sheet = window.views["class-sweep"].sheet
    assert second.picture.frame is sheet.frame
    assert likeness(second) > 0.7
    window.actions_by_name["roll"].trigger()
    qtbot.waitUntil(lambda: sheet.frame.sweep.centre == window.session.point)
    qtbot.waitUntil(lambda: second.picture.frame is sheet.frame)
    window.show_view("style-sweep")
    qtbot.waitUntil(lambda: second.picture.frame is window.views["style-sweep"].sheet.frame)
    window.show_view("train")  # a view without a sheet: the picture alone
    qtbot.waitUntil(lambda: second.picture.tiles == 1)
    window.show_view("class-sweep")
    QTest.keyClick(second, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: second.picture.tiles == 1)


def test_space_says_where_there_is_no_sheet(window, second, qtbot):
    for name in ("image", "train"):
        window.show_view(name)
        qtbot.waitUntil(lambda: second.picture.tiles == 1)
        second.hint.hide()
        QTest.keyClick(second, Qt.Key.Key_Space)
        assert second.hint.isVisible(), name
        assert "only the picture" in second.hint.text()
        assert second.rect().contains(second.hint.geometry())
        window.show_view("class-sweep")  # the picture is still shown alone, as before
        assert second.picture.tiles == 1, name
        QTest.keyClick(second, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: second.picture.tiles > 1)
        QTest.keyClick(second, Qt.Key.Key_Space)


def test_escape_leaves_it_nothing_is_drawn_for_it_any_more_and_what_it_showed_is_remembered(window, second, qtbot):
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert not second.isVisible()
    frame = second.picture.frame
    window.actions_by_name["roll"].trigger()
    sheet = window.views["class-sweep"].sheet
    qtbot.waitUntil(lambda: sheet.frame.sweep.centre == window.session.point)
    assert second.picture.frame is frame
    window.actions_by_name["second"].trigger()
    assert not second.sheet
    qtbot.waitUntil(lambda: second.picture.frame is not frame)
    QTest.keyClick(second, Qt.Key.Key_Space)
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert not second.isVisible()
    window.actions_by_name["second"].trigger()
    assert second.sheet
    assert second.picture.tiles > 1


def test_a_timeline_plays_there(window, second, qtbot):
    points = [window.session.point, window.session.point.with_value("z", z(window.session.point).with_seed(5))]
    window.session.edit_timeline("make", animate_shelf(points, window.session.space, leg=60.0))
    seen = set()
    window.renderer.frame_ready.connect(lambda _: seen.add(second.picture.picture().constBits().tobytes()))
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: len(seen) > 3 and window.timeline.player.shown > 2, timeout=20_000)
    assert window.timeline.player.shown + window.timeline.player.dropped <= 1 + 31 * window.timeline.player.time
    window.show_view("train")  # a view where nothing plays, but the second window shows it
    assert window.timeline.isHidden()
    assert window.timeline.player.playing
    QTest.keyClick(second, Qt.Key.Key_P)
    assert not window.timeline.player.playing


def test_drift_goes_on_there_while_the_window_is_hidden(window, second, qtbot):
    window.live_tools.drift.start()
    window.hide()
    second.show()  # a child window is hidden with its parent until it is shown again
    window.live_tools.drift.look()
    point = window.session.point
    qtbot.waitUntil(lambda: window.session.point != point)
    second.close()
    stopped = window.session.point
    QTest.qWait(0)
    assert window.session.point == stopped
    window.show()
    window.live_tools.drift.stop()


def test_the_window_takes_it_along_when_it_closes(window, second, qtbot):
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert not second.isVisible()


def test_another_screen_is_preferred():
    here, there = object(), object()
    assert other_screen([here, there], here) is there
    assert other_screen([here], here) is here


SCREENS = {
    "screens": [
        {"name": "desk", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
        {"name": "projector", "x": 1280, "y": 0, "width": 1024, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
    ]
}
ON_TWO = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
app = QApplication([])
from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
window = MainWindow(Settings(Path(sys.argv[1])), sys.argv[2])
loop = QEventLoop()
window.completed.connect(loop.quit)
window.show()
loop.exec()
window.live_tools.toggle_second()
second = window.live_tools.second
print(window.screen().name(), second.screen().name(), *second.geometry().getRect(), flush=True)
os._exit(0)  # torch, which the renderer is still loading, is not needed
"""


def test_it_opens_on_the_projector(tmp_path, tiny_model):
    config = tmp_path / "screens.json"
    config.write_text(json.dumps(SCREENS))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    done = subprocess.run(
        [sys.executable, "-c", ON_TWO, str(tmp_path / "own"), str(tiny_model)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.stdout.split() == ["desk", "projector", "1280", "0", "1024", "768"], done.stderr
