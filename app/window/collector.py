"""Python's garbage collector rests until the first picture is there: while torch is imported and the window is built, hundreds of
thousands of objects are made that all stay, and looking through them again and again took an eighth of the start.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.window.main_window import MainWindow


def rest(window: MainWindow) -> None:
    """Let it rest until `window` shows its first picture or is gone, or `go_on` is called."""
    gc.disable()
    for begun in (window.first_imaged, window.closed, window.destroyed):
        begun.connect(go_on)


def go_on(*_: object) -> None:
    """Let it look through what is made from now on."""
    gc.enable()
