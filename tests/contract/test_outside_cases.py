"""Input from outside that was once misread: each case of that list that no other test covers, by its number.

The others: 1 test_families, 2 and 6 test_odd_pictures, 3 to 5 test_placed_digits, 7 to 10 and 12 test_folders, 13 test_training,
18 and 19 the tests of starting and of settings, 22 test_screenshot, 23 test_session_file.
"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest

from zscape.app.cli.main import main
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.window.startup import start as window_start
from zscape.models.errors import ZscapeError
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_formats import FORMATS, check_animation
from zscape.models.progress import finish


def said(capsys, code, *words):
    assert main([str(word) for word in words]) == code
    line = capsys.readouterr().err
    assert line.startswith("zscape: ")
    assert line.count("\n") == 1
    return line


def in_a_process(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "zscape", *map(os.fsencode, words)],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
    )


def test_7_masks_of_0_and_1_are_trained_on_as_black_and_white(tmp_path):
    from zscape.models.data.sources import load

    masks = (np.random.default_rng(0).random((20, 8, 8)) > 0.5).astype(np.uint8)
    np.savez(tmp_path / "masks.npz", images=masks, labels=np.arange(20) % 2)
    assert np.array_equal(load(str(tmp_path / "masks.npz")).images[..., 0], masks * 255)


def test_11_an_encoder_is_not_trained_on_other_classes(tmp_path, capsys):
    names = ("eight", "five", "four", "nine", "one", "seven", "six", "three", "two", "zero")
    for name in names:
        (tmp_path / "words" / name).mkdir(parents=True)
        for number in range(3):
            Image.new("L", (28, 28), 20 * number).save(tmp_path / "words" / name / f"{number}.png")
    words = ["train-encoder", "--model", "mnist", "--data", tmp_path / "words", "--steps", "2", "--out", tmp_path / "run"]
    line = said(capsys, 1, *words)
    assert ", ".join(names) in line
    assert ", ".join("0123456789") in line
    assert not list((tmp_path).glob("run/*.safetensors"))


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e300"])
@pytest.mark.parametrize("verb", [["sample", "--count", "4"], ["sweep", "class"]])
def test_14_a_truncation_that_is_no_number_is_refused(tmp_path, tiny_model, capsys, verb, number):
    out = tmp_path / "x.png"
    assert "from -100 to 100" in said(capsys, 2, *verb, "--model", tiny_model, f"--truncation={number}", "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        (["--out", "x.webp", "--rows", "1", "--columns", "60", "--scale", "10"], "16383"),
        (["--out", "x.gif", "--rows", "1", "--columns", "100", "--scale", "32"], "65535"),
        (["--out", "x.mp4", "--rows", "1", "--columns", "100", "--scale", "32"], "16384"),
        (["--out", "x.gif", "--fps", "0.5"], "from 1 to 120"),
        (["--out", "x.gif", "--fps", "121"], "from 1 to 120"),
        (["--out", "x.gif", "--fps", "nan"], "from 1 to 120"),
        (["--out", f"{'x' * 252}.png"], "255"),
    ],
)
def test_15_limits_are_known_before_the_work(tmp_path, tiny_model, capsys, monkeypatch, words, limit):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("zscape.models.inference.runner.GeneratorRunner.draw", lambda *_: pytest.fail("it has begun"))
    columns = words.index("--columns") + 1 if "--columns" in words else 0
    if columns and words[1] == "x.gif":
        words = [*words[:columns], "100", *words[columns + 1 :]]
    assert limit in said(capsys, 2, "sweep", "class", "--model", tiny_model, *words)
    assert not list(tmp_path.glob("*x*"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_15_what_a_format_takes_is_one_number(tmp_path, suffix):
    largest = FORMATS[suffix].largest
    check_animation(tmp_path / f"x{suffix}", (2, largest), 10)
    with pytest.raises(ZscapeError, match=str(largest)):
        check_animation(tmp_path / f"x{suffix}", (2, largest + 1), 10)
    with pytest.raises(ZscapeError, match=str(largest)):
        finish(write_animation(tmp_path / f"x{suffix}", [np.zeros((largest + 1, 2, 3), np.uint8)] * 2, 10))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng", ".mp4", ".webm"])
def test_15_a_frame_at_the_limit_is_written(tmp_path, suffix):
    width = min(FORMATS[suffix].largest, 16384)
    path = tmp_path / f"x{suffix}"
    finish(write_animation(path, [np.zeros((2, width, 3), np.uint8)] * 2, 10))
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", ["x" * 251 + ".png", "ü" * 124 + ".npz", "x" * 250 + ".webp"])
def test_15_the_longest_names_are_written(tmp_path, tiny_model, name):
    verb = ["sweep", "class", "--seconds", "0.2"] if name.endswith("webp") else ["sample", "--count", "2"]
    assert main([*verb, "--model", str(tiny_model), "--out", str(tmp_path / name)]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


ABSENT = next(f":{number}" for number in range(77, 1000) if not Path(f"/tmp/.X11-unix/X{number}").exists())
"""The name of a display that does not exist."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt speaks to X11 and Wayland on Linux")
@pytest.mark.parametrize("names", [{"DISPLAY": ABSENT}, {"WAYLAND_DISPLAY": "wayland-77"}, {"DISPLAY": "nowhere"}])
def test_16_a_display_that_is_not_there_is_one_line(monkeypatch, names):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(window_start, "missing", lambda _: [])  # Qt libraries, which tests do not need
    with pytest.raises(ZscapeError, match="display"):
        window_start.check_platform()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt speaks to X11 and Wayland on Linux")
def test_16_the_window_ends_with_one_line(tmp_path):
    done = in_a_process("gui", DISPLAY=ABSENT, QT_QPA_PLATFORM="", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert done.stderr.startswith(b"zscape: ")
    assert done.stderr.count(b"\n") == 1


@pytest.fixture(params=["German", "French", "C"])
def country(request):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language[request.param]))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("typed", "value"), [("1.75", 1.75), ("1,75", 1.75), ("-0.5", -0.5), ("-0,5", -0.5), ("0.05", 0.05), (",5", 0.5)]
)
def test_17_a_number_is_typed_with_a_point_or_a_comma(qtbot, country, typed, value):
    row = NumberRow((-2, 2), (-10, 10))
    qtbot.addWidget(row)
    row.spin.selectAll()
    QTest.keyClicks(row.spin, typed + "\r")
    assert row.value() == value
    assert row.spin.text() == f"{value:.2f}"


@pytest.mark.parametrize("typed", ["1,234,5", "1.234.5", "abc", "--1"])
def test_17_what_is_no_number_changes_nothing(qtbot, country, typed):
    box = DecimalBox()
    qtbot.addWidget(box)
    box.setRange(-10, 10)
    box.setValue(0.5)
    box.lineEdit().setText(typed)
    QTest.keyClicks(box, "\r")
    assert box.value() in (0.5, 1.23)  # the last valid number while typing


def test_21_a_strict_terminal_is_told_of_any_name(tmp_path, tiny_model, monkeypatch):
    strict = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", "strict") for name in ("stdout", "stderr")}
    for name, stream in strict.items():
        monkeypatch.setattr(sys, name, stream)
    out = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png")
    assert main(["sample", "--count", "2", "--model", str(tiny_model), "--out", out]) == 0
    for stream in strict.values():
        stream.flush()
    assert b"caf" in strict["stdout"].buffer.getvalue()
    assert strict["stderr"].buffer.getvalue() == b""
    assert Path(out).exists()


PLACES = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from zscape.app.state.settings import Settings
from zscape.app.window.main_window import MainWindow
app = QApplication([])
for place in ((1500, 50, 1200, 700), None, (5000, 50, 1200, 700), None):
    window = MainWindow(Settings(Path(sys.argv[1])), sys.argv[2])
    loop = QEventLoop()
    window.completed.connect(loop.quit)
    window.show()
    loop.exec()
    print(window.geometry().x(), window.geometry().y())
    if place:
        window.setGeometry(*place)
        app.processEvents()
    window.close()
    window.deleteLater()
"""


def test_20_the_window_opens_on_the_screen_it_was_left_on(tmp_path, tiny_model):
    screens = [{"name": str(x), "x": x, "y": 0, "width": 1400, "height": 900} for x in (0, 1400)]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}))
    done = subprocess.run(
        [sys.executable, "-c", PLACES, str(tmp_path), str(tiny_model)],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    places = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert places[1] == (1500, 50)
    assert 0 <= places[3][0] <= 2800 - 1200  # the screen it was on no longer exists
