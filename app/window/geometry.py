"""Saves and restores the position of the window, never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from zscape.app.state.settings import Settings

SIZE = (1280, 720)
TITLE = 32
"""The height reserved for the window's title bar until the frame is known."""


def restore(window: QMainWindow, settings: Settings) -> None:
    """Put the window where it was, as far as the screen has space."""
    screen = window.screen().availableGeometry()
    window.resize(min(SIZE[0], screen.width()), min(SIZE[1], screen.height() - TITLE))
    if window.restoreGeometry(settings.state("geometry")) and not (window.isMaximized() or window.isFullScreen()):
        wanted = window.geometry()
        window.setGeometry(inside(wanted, room_at(wanted) or screen))


def room_at(place: QRect) -> QRect | None:
    """The available area of the screen that contains most of `place`, None if no screen contains any of it."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    shares = [room.intersected(place) for room in rooms]
    area, room = max(zip((share.width() * share.height() for share in shares), rooms, strict=True), key=lambda pair: pair[0])
    return room if area else None


def fit(window: QMainWindow) -> None:
    """Move the window into the available area of the screen, including its frame, which is known once it is shown."""
    if window.isMaximized() or window.isFullScreen():
        return
    frame, inner = window.frameGeometry(), window.geometry()
    screen = window.screen().availableGeometry()
    if not screen.intersects(inner):  # it does not know yet that it is on another screen
        screen = room_at(inner) or screen
    room = screen.adjusted(
        inner.left() - frame.left(), inner.top() - frame.top(), inner.right() - frame.right(), inner.bottom() - frame.bottom()
    )
    has_room = window.minimumSize().boundedTo(room.size()) == window.minimumSize()  # otherwise nothing would make it fit
    if has_room and (wanted := inside(inner, room)) != inner:
        window.setGeometry(wanted)


def inside(wanted: QRect, room: QRect) -> QRect:
    """`wanted`, shrunk and moved as needed to lie in `room`."""
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def keep(window: QMainWindow, settings: Settings) -> None:
    """Save the position of the window."""
    settings.keep("geometry", window.saveGeometry())
