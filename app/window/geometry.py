"""Where the window stands and how its panels are arranged, from one run to the next, never larger than the screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from zscape.app.panels import PANELS
from zscape.app.state.settings import Settings
from zscape.app.window.dock import Dock

SIZE = (1280, 720)
WIDTHS = {"left": 288, "right": 264}


def restore(window: QMainWindow, docks: Mapping[str, Dock], settings: Settings) -> None:
    """Put the window where it was, as far as the screen has room, and the panels as they were."""
    screen = window.screen().availableGeometry()
    window.resize(min(SIZE[0], screen.width()), min(SIZE[1], screen.height()))
    if window.restoreGeometry(settings.state("geometry")) and not (window.isMaximized() or window.isFullScreen()):
        wanted = window.geometry()
        screen = room_at(wanted) or screen
        if not screen.contains(wanted):
            size = wanted.size().boundedTo(screen.size())
            left = min(max(wanted.left(), screen.left()), screen.right() + 1 - size.width())
            top = min(max(wanted.top(), screen.top()), screen.bottom() + 1 - size.height())
            window.setGeometry(QRect(left, top, size.width(), size.height()))
    for side, width in WIDTHS.items():
        there = {name: dock for name, dock in docks.items() if PANELS[name].side == side and not dock.isHidden()}
        window.resizeDocks([*there.values()], [width] * len(there), Qt.Orientation.Horizontal)
        window.resizeDocks([*there.values()], [PANELS[name].height for name in there], Qt.Orientation.Vertical)
    window.restoreState(settings.state("docks"))
    for name, dock in docks.items():
        dock.fold(settings.flag(f"folded {name}"))


def room_at(place: QRect) -> QRect | None:
    """What is free of the screen that holds most of `place`, None where no screen holds any of it."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    shares = [room.intersected(place) for room in rooms]
    area, room = max(zip((share.width() * share.height() for share in shares), rooms, strict=True), key=lambda pair: pair[0])
    return room if area else None


def keep(window: QMainWindow, docks: Mapping[str, Dock], settings: Settings) -> None:
    """Remember all that."""
    for name, dock in docks.items():
        settings.keep(f"folded {name}", dock.is_folded)
    settings.keep("geometry", window.saveGeometry())
    settings.keep("docks", window.saveState())
