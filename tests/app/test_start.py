"""Starting: what is missing is said in one line, and the first paint waits for nothing heavy."""

import subprocess
import sys

import pytest

from app import window_start
from models.errors import ZscapeError


def test_the_first_paint_needs_no_heavy_module():
    code = (
        "import sys, app.window_start, app.main_window;"
        "heavy = {'numpy', 'torch', 'msgspec', 'pyqtgraph', 'PIL', 'qtawesome'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_display_is_said_in_one_line(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(ZscapeError, match="zscape screenshot"):
        window_start.check_platform()


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(window_start.PACKAGES, "libnowhere.so.9", "libnowhere9")
    with pytest.raises(ZscapeError, match="apt-get install libnowhere9"):
        window_start.check_platform()


def test_offscreen_needs_no_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    window_start.check_platform()
