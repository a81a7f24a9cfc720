"""Keeps Python's garbage collector off until the first picture is shown. Importing torch and building the window create
hundreds of thousands of objects that all stay, and examining them again and again took an eighth of the start-up time.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


def rest(*until: SignalInstance) -> None:
    """Keep it off until one of these signals is emitted, or `go_on` is called."""
    gc.disable()
    for each in until:
        each.connect(go_on)


def leave_out(*_: object) -> None:
    """Exclude all current objects from collection: the quarter of a million objects of modules and of the window.

    Examining them takes a tenth of a second, in which the window is frozen. Only for a process of Zscape's own: in another one,
    the user's objects must be freed.
    """
    gc.freeze()


def go_on(*_: object) -> None:
    """Let it collect objects that are created from now on."""
    gc.enable()
