"""Screenshots: the real window into a file, in a process of its own as the command line has it."""

import os
import subprocess
import sys

import numpy as np
import pytest

from zscape.app.window.main_window import LEAST
from zscape.app.window.screenshot import screenshot
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image

CODE = """
import sys
from pathlib import Path
from zscape.app.window.main_window import LEAST
from zscape.app.window.screenshot import screenshot
view, out, model, theme = sys.argv[1:]
screenshot(model, view, Path(out), theme, (900, 700))
"""


@pytest.mark.parametrize(("view", "theme", "light"), [("style-sweep", "light", True), ("train", "dark", False)])
def test_a_view_is_drawn_at_the_size_and_in_the_theme_asked_for(tmp_path, tiny_model, view, theme, light):
    out = tmp_path / "window.png"
    subprocess.run(
        [sys.executable, "-c", CODE, view, str(out), str(tiny_model), theme], check=True, timeout=60, capture_output=True
    )
    picture = read_image(out)
    assert picture.shape[:2] == (700, 900)
    assert (np.median(picture) > 128) == light


def test_a_size_too_small_for_the_window_is_enlarged_and_said(tmp_path, tiny_model):
    out = tmp_path / "window.png"
    asked = ["screenshot", "--view", "image", "--model", str(tiny_model), "--out", str(out), "--size", "1280x720"]
    told = subprocess.run(
        [sys.executable, "-m", "zscape", *asked],
        env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True, timeout=60, capture_output=True, text=True,
    )  # fmt: skip
    height, width = read_image(out).shape[:2]
    assert (width, height) == (2 * LEAST[0], 2 * LEAST[1])
    assert f"{width}x{height}" in told.stderr
    assert "Traceback" not in told.stderr


def test_what_is_not_there_is_said(tmp_path, tiny_model):
    with pytest.raises(ZscapeError, match="class-sweep"):
        screenshot("", "nowhere", tmp_path / "x.png")
    asked = ["screenshot", "--view", "style-mixing", "--model", str(tiny_model), "--out", str(tmp_path / "x.png")]
    told = subprocess.run([sys.executable, "-m", "zscape", *asked], timeout=60, capture_output=True, text=True)
    assert told.returncode == 1
    assert "no styles to mix" in told.stderr.strip().splitlines()[-1]
    assert not (tmp_path / "x.png").exists()
