"""Loads torch's largest library at the same time as other work.

`import torch` holds Python's lock while the system maps, links and initializes a library of some hundred megabytes, a sixth of
the import time. Loading it by a call that releases the lock leaves Python to the window; the import then finds it loaded.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import sys
import threading
from pathlib import Path

LIBRARY = {"linux": "libtorch_cpu.so", "darwin": "libtorch_cpu.dylib"}
"""Its file name by system; on other systems it is loaded by the import."""


def load_beside() -> threading.Thread | None:
    """Start loading it in a thread; None if there is nothing to gain. If loading fails, the import reports what is wrong."""
    path = library()
    if path is None or "torch" in sys.modules:
        return None
    thread = threading.Thread(target=_load, args=(path,), name="torch's library", daemon=True)
    thread.start()
    return thread


def library() -> Path | None:
    """The path of the file, found without importing torch."""
    name, spec = LIBRARY.get(sys.platform), importlib.util.find_spec("torch")
    folders = (spec.submodule_search_locations if spec is not None else None) or ()
    paths = (Path(folder) / "lib" / name for folder in folders) if name else ()
    return next((path for path in paths if path.is_file()), None)


def _load(path: Path) -> None:
    with contextlib.suppress(OSError, AttributeError):
        # The system's own function, as ctypes.CDLL would hold the lock. The returned handle is ignored and never closed.
        ctypes.CDLL(None).dlopen(os.fsencode(path), ctypes.c_int(os.RTLD_LAZY | os.RTLD_LOCAL))
