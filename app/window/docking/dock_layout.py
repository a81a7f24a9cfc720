"""Saves and restores the arrangement of the panels around the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from zscape.app.panels import PANELS
from zscape.app.state.settings import Settings
from zscape.app.window.docking.dock import LEAST, Dock
from zscape.app.window.docking.docks import Docks
from zscape.app.window.geometry import SIZE

WIDTHS = {"left": 288, "right": 264}
"""The widths of the panels at each side in a window of at least SIZE; in a narrower window they have their minimum."""


def restore(window: QMainWindow, docks: Docks, settings: Settings) -> None:
    """Restore the arrangement of the panels."""
    for side in WIDTHS:
        there = {name: dock for name, dock in docks.items() if PANELS[name].side == side and not dock.isHidden()}
        width = WIDTHS[side] if window.width() >= SIZE[0] else LEAST[side]
        window.resizeDocks([*there.values()], [width] * len(there), Qt.Orientation.Horizontal)
        window.resizeDocks([*there.values()], [PANELS[name].height for name in there], Qt.Orientation.Vertical)
    window.restoreState(settings.state("docks"))
    if (below := window.findChild(Dock, "timeline")) is not None:
        below.hide()  # hidden until there is something to play
    docks.folded = {name for name in docks if settings.flag(f"folded {name}", PANELS[name].folded)}
    docks.closed = {name for name in docks if settings.flag(f"closed {name}")}
    docks.arrange()


def keep(window: QMainWindow, docks: Docks, settings: Settings) -> None:
    """Save the arrangement of the panels."""
    for name in docks:
        settings.keep(f"folded {name}", name in docks.folded)
        settings.keep(f"closed {name}", name in docks.closed)
    view = docks.view
    docks.suit_view("")  # saved as in a view that uses all panels, because a view's own arrangement is not for all
    settings.keep("docks", window.saveState())
    docks.suit_view(view)  # the window stays visible while running work ends
