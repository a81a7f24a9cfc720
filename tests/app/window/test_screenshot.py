"""Screenshots: the real window as a file, in a separate process like that of the command line."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.window.main_window import LEAST, MainWindow
from zscape.app.window.screenshot import screenshot
from zscape.app.window.session.closing import Closing
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image

CODE = """
import json, os, sys
import torch, zscape.app.window.main_window
from zscape.app.cli.main import main
for scale, asked in json.loads(sys.argv[1]).items():
    sys.stdout.flush()
    if os.fork() == 0:
        os.environ["QT_SCALE_FACTOR"] = scale
        for words in asked:
            print("asked", file=sys.stderr)
            print("code", main(["screenshot", *words]), flush=True)
        os._exit(0)
    os.wait()
"""
"""One process for each scale, all forked from one that has loaded everything."""
LARGE = {"1.5": (1921, 1081), "2": (2561, 1441)}
VIEWS = (("style-sweep", "light"), ("train", "dark"), ("style-mixing", "light"))


@pytest.fixture(scope="module")
def taken(tmp_path_factory, tiny_model):
    """The folder of the pictures, and scale of the screen -> (exit code, output) of each `zscape screenshot` at it."""
    if not hasattr(os, "fork"):
        pytest.skip("processes are forked")
    folder = tmp_path_factory.mktemp("shots")

    def words(view, name, size, *more):
        return ["--view", view, "--model", str(tiny_model), "--out", str(folder / f"{name}.png"), "--size", size, *more]

    asked = {"1": [words(view, view, "1281x721", "--theme", theme) for view, theme in VIEWS]}
    for scale, (width, height) in LARGE.items():
        asked[scale] = [words("image", f"large {scale}", f"{width}x{height}"), words("image", f"small {scale}", "1280x700")]
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(asked)],
        env={**os.environ, "ZSCAPE_HOME": str(folder / "home")}, timeout=200, capture_output=True, text=True,
    )  # fmt: skip
    codes = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("code ")]
    said = done.stderr.split("asked\n")[1:]
    assert len(codes) == len(said) == sum(map(len, asked.values())), done.stderr
    every = iter(zip(codes, said, strict=True))
    return folder, {scale: [next(every) for _ in calls] for scale, calls in asked.items()}


def test_a_view_is_drawn_at_the_given_size_and_theme(taken, temporary):
    folder, ((*drawn, lacking), *_) = taken[0], taken[1].values()
    assert not list(temporary.glob("zscape-????????"))  # the folder of its window's settings is gone
    for (code, said), (view, theme) in zip(drawn, VIEWS, strict=False):
        assert code == 0, said
        picture = read_image(folder / f"{view}.png")
        assert picture.shape[:2] == (721, 1281)
        assert (np.median(picture) > 128) == (theme == "light")
    code, said = lacking
    assert code == 1
    assert "no styles to mix" in said.strip().splitlines()[-1]
    assert not (folder / "style-mixing.png").exists()


@pytest.mark.parametrize("scale", LARGE)
def test_size_on_a_scaled_screen_and_minimum_size(taken, scale):
    folder, ((code, said), (code_of_small, said_of_small)) = taken[0], taken[1][scale]
    assert code == code_of_small == 0, (said, said_of_small)
    assert read_image(folder / f"large {scale}.png").shape[:2] == LARGE[scale][::-1]
    high, wide = read_image(folder / f"small {scale}.png").shape[:2]
    assert (wide, high) == tuple(round(float(scale) * side) for side in LEAST)
    assert f"{wide}x{high}" in said_of_small
    assert "Traceback" not in said_of_small


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
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
