"""Python's garbage collector rests until the first picture is there: while torch is imported and the window is built, hundreds of
thousands of objects are made that all stay, and looking through them again and again took an eighth of the start.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


def rest(*until: SignalInstance) -> None:
    """Let it rest until one of these signals comes, or `go_on` is called."""
    gc.disable()
    for each in until:
        each.connect(go_on)


def leave_out(*_: object) -> None:
    """Never look through what there is now: the quarter of a million objects of modules and of the window.

    To look through them takes a tenth of a second, in which nothing moves. For a process that is the window's own: where a
    person's own objects are among them, those must be freed.
    """
    gc.freeze()


def go_on(*_: object) -> None:
    """Let it look through what is made from now on."""
    gc.enable()
