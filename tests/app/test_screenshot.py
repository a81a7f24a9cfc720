"""Screenshots: the real window into a file, in a process of its own as the command line has it."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from zscape.app.widgets.sheet import Sheet
from zscape.app.window.closing import Closing
from zscape.app.window.main_window import LEAST, MainWindow
from zscape.app.window.screenshot import screenshot
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image

CODE = """
import json, sys
from zscape.app.cli.main import main
for words in json.loads(sys.argv[1]):
    print("asked", file=sys.stderr)
    print("code", main(words))
"""


def taken(scale, *asked):
    """(exit code, what was said) for each list of words, asked one after the other of `zscape screenshot` on a scaled screen."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps([["screenshot", *map(str, words)] for words in asked])],
        env={**os.environ, "QT_SCALE_FACTOR": scale}, timeout=100, capture_output=True, text=True,
    )  # fmt: skip
    codes = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("code ")]
    assert len(codes) == len(asked), done.stderr
    return list(zip(codes, done.stderr.split("asked\n")[1:], strict=True))


def test_a_view_is_drawn_at_the_size_and_in_the_theme_asked_for(tmp_path, tiny_model):
    def words(view, theme):
        return ["--view", view, "--model", tiny_model, "--theme", theme, "--size", "1281x721", "--out", tmp_path / f"{view}.png"]

    light, dark, lacking = taken("1", words("style-sweep", "light"), words("train", "dark"), words("style-mixing", "light"))
    for (code, said), view, is_light in ((light, "style-sweep", True), (dark, "train", False)):
        assert code == 0, said
        picture = read_image(tmp_path / f"{view}.png")
        assert picture.shape[:2] == (721, 1281)
        assert (np.median(picture) > 128) == is_light
    code, said = lacking
    assert code == 1
    assert "no styles to mix" in said.strip().splitlines()[-1]
    assert not (tmp_path / "style-mixing.png").exists()


@pytest.mark.parametrize(("scale", "width", "height"), [("1.5", 1921, 1081), ("2", 2561, 1441)])
def test_on_a_scaled_screen_it_has_the_size_asked_for_and_one_too_small_is_enlarged_and_said(
    tmp_path, tiny_model, scale, width, height
):
    def words(name, size):
        return ["--view", "image", "--model", tiny_model, "--out", tmp_path / name, "--size", size]

    (code, said), (code_of_small, said_of_small) = taken(
        scale, words("large.png", f"{width}x{height}"), words("small.png", "1280x700")
    )
    assert code == code_of_small == 0, (said, said_of_small)
    assert read_image(tmp_path / "large.png").shape[:2] == (height, width)
    high, wide = read_image(tmp_path / "small.png").shape[:2]
    assert (wide, high) == tuple(round(float(scale) * side) for side in LEAST)
    assert f"{wide}x{high}" in said_of_small
    assert "Traceback" not in said_of_small


def test_a_view_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ZscapeError, match="class-sweep"):
        screenshot("", "nowhere", tmp_path / "x.png")


def test_work_that_still_runs_is_ended_whatever_is_drawn_meanwhile(qapp, tmp_path, tiny_model, monkeypatch):
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
    screenshot(tiny_model, "image", tmp_path / "y.png")  # what the first window had still to do is not asked of it any more
