"""Where the window stands and how its panels are arranged, from one run to the next, never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from zscape.app.panels import PANELS
from zscape.app.state.settings import Settings
from zscape.app.window.dock import LEAST, Dock
from zscape.app.window.docks import Docks

SIZE = (1280, 720)
WIDTHS = {"left": 288, "right": 264}
"""Of the panels at each side, in a window of at least SIZE; a narrower one has them as narrow as can be read."""
TITLE = 32
"""Height left for the window's title until the frame is known."""


def restore(window: QMainWindow, docks: Docks, settings: Settings) -> None:
    """Put the window where it was, as far as the screen has room, and the panels as they were."""
    screen = window.screen().availableGeometry()
    window.resize(min(SIZE[0], screen.width()), min(SIZE[1], screen.height() - TITLE))
    if window.restoreGeometry(settings.state("geometry")) and not (window.isMaximized() or window.isFullScreen()):
        wanted = window.geometry()
        window.setGeometry(inside(wanted, room_at(wanted) or screen))
    for side in WIDTHS:
        there = {name: dock for name, dock in docks.items() if PANELS[name].side == side and not dock.isHidden()}
        width = WIDTHS[side] if window.width() >= SIZE[0] else LEAST[side]
        window.resizeDocks([*there.values()], [width] * len(there), Qt.Orientation.Horizontal)
        window.resizeDocks([*there.values()], [PANELS[name].height for name in there], Qt.Orientation.Vertical)
    window.restoreState(settings.state("docks"))
    if (below := window.findChild(Dock, "timeline")) is not None:
        below.hide()  # until there is something to play
    docks.folded = {name for name in docks if settings.flag(f"folded {name}", PANELS[name].folded)}
    docks.closed = {name for name in docks if settings.flag(f"closed {name}")}
    docks.arrange()


def room_at(place: QRect) -> QRect | None:
    """What is free of the screen that holds most of `place`, None where no screen holds any of it."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    shares = [room.intersected(place) for room in rooms]
    area, room = max(zip((share.width() * share.height() for share in shares), rooms, strict=True), key=lambda pair: pair[0])
    return room if area else None


def fit(window: QMainWindow) -> None:
    """Bring the window into the part of the screen that is free for it, with its frame, which is known once it is shown."""
    if window.isMaximized() or window.isFullScreen():
        return
    frame, inner = window.frameGeometry(), window.geometry()
    screen = window.screen().availableGeometry()
    if not screen.intersects(inner):  # it does not know yet that it is on another screen
        screen = room_at(inner) or screen
    room = screen.adjusted(
        inner.left() - frame.left(), inner.top() - frame.top(), inner.right() - frame.right(), inner.bottom() - frame.bottom()
    )
    has_room = window.minimumSize().boundedTo(room.size()) == window.minimumSize()  # else nothing would make it fit
    if has_room and (wanted := inside(inner, room)) != inner:
        window.setGeometry(wanted)


def inside(wanted: QRect, room: QRect) -> QRect:
    """`wanted`, made smaller and moved as far as it must be to lie in `room`."""
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def keep(window: QMainWindow, docks: Docks, settings: Settings) -> None:
    """Remember all that."""
    for name in docks:
        settings.keep(f"folded {name}", name in docks.folded)
        settings.keep(f"closed {name}", name in docks.closed)
    docks.suit_view("")  # as in a view that uses all panels: no view's own arrangement is for all
    settings.keep("geometry", window.saveGeometry())
    settings.keep("docks", window.saveState())
