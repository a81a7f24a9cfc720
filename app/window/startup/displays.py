"""Checks for a display before Qt is loaded, because Qt ends the process if there is none."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path


def x11_answers() -> bool:
    """Whether the X server named by $DISPLAY accepts a connection; True if that cannot be tested."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    library.xcb_connect.restype = ctypes.c_void_p
    library.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.xcb_connection_has_error.argtypes = library.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = library.xcb_connect(None, None)
    answers = not library.xcb_connection_has_error(connection)
    library.xcb_disconnect(connection)
    return bool(answers)


def wayland_answers() -> bool:
    """Whether the socket named by $WAYLAND_DISPLAY exists."""
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "")) / str(name)).is_socket()
