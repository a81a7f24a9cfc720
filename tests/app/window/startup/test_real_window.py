"""One run of the real program on a real X server, from start to quit, checked on screen."""

import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from zscape.app.window.startup.system_libraries import ALWAYS, ON_X11, missing
from zscape.models.media.images import read_image

DRIVE = """
import os
import sys
import traceback
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from zscape.app.window import main_window
from zscape.app.window.startup import start as window_start

model, first, second = sys.argv[1:4]

def end_at_once(*error):  # otherwise a slot that raises leaves the window open until the test's time is over
    traceback.print_exception(*error)
    sys.stderr.flush()
    os._exit(1)

class Driven(main_window.MainWindow):
    def __init__(self, *given):
        super().__init__(*given)
        self.completed.connect(self.wait)

    def wait(self):
        sys.excepthook = end_at_once  # only now: the program set one of its own as it started
        if self.first_image is None:
            self.first_imaged.connect(lambda _: QTimer.singleShot(50, self.look))
        else:
            QTimer.singleShot(50, self.look)

    def look(self):
        QApplication.primaryScreen().grabWindow(0).save(first)
        self.before = self.views["class-sweep"].sheet.frame.sweep
        self.views["class-sweep"].sheet.painted.connect(self.look_again)
        self.activateWindow()  # there is no window manager to do so
        QTest.qWaitForWindowActive(self)
        QTest.keyClick(self, Qt.Key.Key_R)

    def look_again(self, frame):
        if frame.sweep != self.before:
            QTimer.singleShot(50, self.leave)

    def leave(self):
        QApplication.primaryScreen().grabWindow(0).save(second)
        QTest.keyClick(self, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

main_window.MainWindow = Driven
sys.exit(window_start.run(model))
"""


@pytest.fixture
def display():
    """An X server of 1280x720 for this test alone."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    if absent := missing(ALWAYS | ON_X11):
        pytest.skip(f"a window on an X server needs {' '.join(absent)}")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.mark.real_window
def test_the_program_starts_draws_answers_a_key_and_quits(display, home, tmp_path, tiny_model):
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ZSCAPE_HOME": str(home)}
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-c", DRIVE, str(tiny_model), str(first), str(second)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    before, after = read_image(first).astype(int), read_image(second).astype(int)
    assert before.shape == (720, 1280, 3)
    centre = (slice(100, 620), slice(400, 900))
    assert len(np.unique(before[centre])) > 50  # digits, not an empty canvas
    assert (before[centre] != after[centre]).mean() > 0.05  # R has drawn others
    assert len(list((home / "sessions").iterdir())) == 1  # the session, without a lock
    assert (home / "window.ini").exists()
