"""Screenshots: the real window as a file."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from zscape.app.cli.main import main
from zscape.app.widgets import theme
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.window.main_window import LEAST, MainWindow
from zscape.app.window.screenshot import screenshot
from zscape.app.window.session.closing import Closing
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image

CODE = """
import json, sys
from zscape.app.cli.main import main
for words in json.loads(sys.argv[1]):
    print("asked", file=sys.stderr)
    print("code", main(words), flush=True)
"""
SCALE, LARGE = 1.5, (1921, 1081)
"""The scale of a screen and a size in its pixels: sizes are rounded only where the scale is no whole number."""
VIEWS = (("style-sweep", "light"), ("train", "dark"), ("style-mixing", "light"))


def words(view, model, out, size, *more):
    return ["screenshot", "--view", view, "--model", str(model), "--out", str(out), "--size", size, *more]


def test_a_view_is_drawn_at_the_given_size_and_theme(qapp, capsys, tmp_path, temporary, tiny_model):
    try:
        for view, look in VIEWS:
            code = main(words(view, tiny_model, tmp_path / f"{view}.png", "1281x721", "--theme", look))
            said = capsys.readouterr().err
            assert code == (view == "style-mixing"), said
            if not code:
                picture = read_image(tmp_path / f"{view}.png")
                assert picture.shape[:2] == (721, 1281)
                assert (np.median(picture) > 128) == (look == "light")
    finally:
        theme.apply("light")
    assert "no styles to mix" in said.strip().splitlines()[-1]
    assert not (tmp_path / "style-mixing.png").exists()
    assert not list(temporary.glob("zscape-????????"))  # the folder of its window's settings is gone


def test_size_on_a_scaled_screen_and_minimum_size(tmp_path, home, tiny_model):
    """In a separate process, because Qt reads the scale once."""
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    asked = [words("image", tiny_model, large, "x".join(map(str, LARGE))), words("image", tiny_model, small, "1280x700")]
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(asked)],
        env={**os.environ, "QT_SCALE_FACTOR": str(SCALE)}, timeout=100, capture_output=True, text=True,
    )  # fmt: skip
    assert [line for line in done.stdout.splitlines() if line.startswith("code ")] == ["code 0", "code 0"], done.stderr
    assert read_image(large).shape[:2] == LARGE[::-1]
    high, wide = read_image(small).shape[:2]
    assert (wide, high) == tuple(round(SCALE * side) for side in LEAST)
    assert f"{wide}x{high}" in done.stderr.split("asked\n")[2]
    assert "Traceback" not in done.stderr


def test_a_view_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ZscapeError, match="class-sweep"):
        screenshot("", "nowhere", tmp_path / "x.png")


def test_running_jobs_end_before_the_screenshot_returns(qapp, tmp_path, tiny_model, monkeypatch):
    may_close, asked = Closing.may_close, []

    def at_second(closing):
        asked.append(closing)
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        for sheet in window.findChildren(Sheet):
            sheet.painted.emit(sheet.frame)
        if len(asked) > 1:
            return may_close(closing)
        QTimer.singleShot(500, window.close)
        return False

    monkeypatch.setattr(Closing, "may_close", at_second)
    screenshot(tiny_model, "image", tmp_path / "x.png")
    assert len(asked) == 2
    screenshot(tiny_model, "image", tmp_path / "y.png")  # pending work of the first window is no longer waited for


def test_ctrl_c_ends_it_with_nothing_written(qapp, tiny_model, tmp_path):
    """Qt only prints exceptions raised in slots, so they must be passed on."""
    once = []
    before = signal.getsignal(signal.SIGINT)  # a shell's background processes ignore it

    def press():
        if any(isinstance(each, MainWindow) and each.isVisible() for each in QApplication.topLevelWidgets()) and not once:
            once.append(True)
            os.kill(os.getpid(), signal.SIGINT)

    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(0)
    with pytest.raises(KeyboardInterrupt):
        screenshot(tiny_model, "image", tmp_path / "x.png")
    timer.stop()
    assert once
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is before
