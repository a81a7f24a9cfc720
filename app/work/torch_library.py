"""torch's largest library, loaded beside other work.

`import torch` holds Python's lock while the system maps, links and fills in a library of some hundred megabytes, a sixth of its
time. The same by a call that does not hold the lock leaves Python to the window; the import then finds it done.
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
"""Its name by the system; elsewhere it comes with the import."""


def load_beside() -> threading.Thread | None:
    """Begin to load it in a thread; None where there is nothing to gain. Where it cannot be, the import tells what is wrong."""
    path = library()
    if path is None or "torch" in sys.modules:
        return None
    thread = threading.Thread(target=_load, args=(path,), name="torch's library", daemon=True)
    thread.start()
    return thread


def library() -> Path | None:
    """Its file, found without importing torch."""
    name, spec = LIBRARY.get(sys.platform), importlib.util.find_spec("torch")
    folders = (spec.submodule_search_locations if spec is not None else None) or ()
    paths = (Path(folder) / "lib" / name for folder in folders) if name else ()
    return next((path for path in paths if path.is_file()), None)


def _load(path: Path) -> None:
    with contextlib.suppress(OSError, AttributeError):
        # The system's own function: ctypes.CDLL would hold the lock. What it returns is not asked for, and never closed.
        ctypes.CDLL(None).dlopen(os.fsencode(path), ctypes.c_int(os.RTLD_LAZY | os.RTLD_LOCAL))
