"""Python's garbage collector rests until the first picture is there: while torch is imported and the window is built, hundreds of
thousands of objects are made that all stay, and looking through them again and again took an eighth of the start.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import SignalInstance


def rest(*until: SignalInstance) -> None:
    """Let it rest until one of these signals comes, or `go_on` is called."""
    gc.disable()
    for each in until:
        each.connect(go_on)


def go_on(*_: object) -> None:
    """Let it look through what is made from now on."""
    gc.enable()
