"""Starting: missing parts are reported in one line, and the first paint waits for nothing heavy."""

import os
import signal
import subprocess
import sys

import pytest

from zscape.app.state.session_file import load
from zscape.app.window.startup import start as window_start
from zscape.models.errors import ZscapeError

FIRST_PAINT = """
import linecache, os, sys
from zscape.app.window.startup.start import made, speed_up_imports
speed_up_imports()
import PySide6.QtCore, mailbox
from PySide6.QtGui import QImage
from zscape.app.window.startup.first_look import FirstLook

def tell():
    print(sorted(heavy & set(sys.modules)), "Qt" in vars(PySide6.QtCore), mailbox.__file__ in linecache.cache, flush=True)
    os._exit(0)

heavy = {"numpy", "torch", "msgspec", "pyqtgraph", "PIL", "argparse"}
app, window = made("", None, "auto")
of_a_colour, of_before = FirstLook(QImage(), "#123456"), FirstLook(QImage(64, 48, QImage.Format.Format_RGB32))
for look, following in ((of_a_colour, of_before.show), (of_before, window.show), (window.findChild(FirstLook), tell)):
    look.resize(64, 48)
    look.painted.connect(following)
of_a_colour.show()
app.exec()
"""


def test_the_first_paint_needs_no_heavy_module():
    """Nor all the names of PySide's `Qt`, which are created on first access and take a tenth of the start, nor the
    source code of the imported modules.
    """
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[] False False\n", done.stderr


def test_no_display_is_said_in_one_line(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(ZscapeError, match="zscape screenshot"):
        window_start.check_platform()


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(window_start.ALWAYS, "libnowhere.so.9", "libnowhere9")
    with pytest.raises(ZscapeError, match="apt-get install libnowhere9"):
        window_start.check_platform()


def test_offscreen_needs_no_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert window_start.missing(window_start.ALWAYS) == []
    window_start.check_platform()


DRIVEN = """
import gc, os, signal, sys
import torch
from PySide6.QtCore import QTimer
from zscape.app.window import main_window
from zscape.app.window.startup import start

(model,) = sys.argv[1:]

class Driven(main_window.MainWindow):
    def __init__(self, *given):
        super().__init__(*given)
        self.first_imaged.connect(lambda: QTimer.singleShot(0, self.end))

    def end(self):
        assert gc.isenabled()
        print(gc.get_freeze_count() > 9 * len(gc.get_objects()), flush=True)
        self.session.keep(self.session.point)
        os.kill(os.getpid(), signal.SIGTERM)

main_window.MainWindow = Driven
print(start.run(model), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_request_to_end_closes_the_window_with_its_work_saved(tmp_path, tiny_model):
    """Meanwhile the garbage collector skips the objects created at the start. test_os_signals.py tests the other signals."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVEN, str(tiny_model)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "ZSCAPE_HOME": str(tmp_path)},
        timeout=100,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.splitlines()) == (0, ["True", "0"]), done.stderr
    (kept,) = (tmp_path / "sessions").iterdir()  # it was closed properly: no lock is left
    assert len(load(kept).scene.shelf) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_while_the_window_is_made_ends_the_program():
    code = (
        "import os, signal; from zscape.app.window.startup import start; "
        "start.made = lambda *_: os.kill(os.getpid(), signal.SIGINT); start.run()"
    )
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")
