"""torch's library is loaded in parallel with other work, and torch itself only in the renderer's thread."""

import os
import subprocess
import sys
import threading

import pytest

from zscape.app.work.rendering import torch_library

EVERY_MODULE = """
import importlib, pkgutil, sys
import zscape.app
for each in pkgutil.walk_packages(zscape.app.__path__, "zscape.app."):
    if each.name.split(".")[2] not in ("cli", "bench"):
        importlib.import_module(each.name)
        assert "torch" not in sys.modules, each.name
"""


def test_no_module_of_the_window_imports_torch_by_itself():
    done = subprocess.run([sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.skipif(sys.platform not in torch_library.LIBRARY, reason="here it comes with the import")
def test_the_library_is_loaded_before_the_import_and_without_it():
    """When loaded, it prints the settings that it has read: its threads sleep while waiting."""
    code = (
        "import os, sys; from zscape.app.work.rendering import torch_library as it\n"
        "thread = it.load_beside(); thread.join(); assert 'torch' not in sys.modules\n"
        "import ctypes; ctypes.CDLL(str(it.library()), os.RTLD_NOLOAD)\n"  # an error if it is not loaded yet
        "import torch; assert torch.ones(3).sum() == 3; assert it.load_beside() is None"
    )
    settings = {**os.environ, "OMP_DISPLAY_ENV": "true"}
    settings.pop("OMP_WAIT_POLICY", None)
    done = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in done.stderr


def test_a_library_that_cannot_be_loaded_is_left_to_the_import(monkeypatch, tmp_path):
    (broken := tmp_path / "libtorch_cpu.so").write_bytes(b"no library")
    monkeypatch.setattr(torch_library, "library", lambda: broken)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    thread = torch_library.load_beside()
    assert isinstance(thread, threading.Thread)
    thread.join()
