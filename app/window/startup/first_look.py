"""A picture of the window as it was closed, shown until the new window is built."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QBrush, QColor, QCursor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from zscape.app.state.settings import MODEL, Settings
from zscape.app.work.kept_picture import read_picture, write_picture

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.sheet import Sheet

log = logging.getLogger(__name__)

FILE = "first-look.ppm"
"""Its file in the settings folder, beside the last session. Decoding a PNG would take a twentieth of the first paint."""
OF = "first look of"
"""The setting of the kept session that it shows."""
GROUND = "ground"
"""The setting of the window's background colour."""
LIMIT = 8192
"""The longest side in pixels that is read: more than any screen has."""
NEAR = 1 / 8
"""The largest relative difference in size for which the picture is stretched over the window for a moment."""


class FirstLook(QWidget):
    """Covers a window until the widgets below look the same, or the user acts.

    painted(): it is on screen for the first time. touched(): the mouse moves over it. picture: a null image leaves only the
    background. ground: the background colour, "" for that of the palette.
    """

    painted = Signal()
    touched = Signal()

    def __init__(self, picture: QImage, ground: str = "") -> None:
        super().__init__()
        self.is_empty = picture.isNull()
        self._picture, self._ground = picture, QColor(ground)
        self._seen = False
        self._mouse = QCursor.pos()
        self.setMouseTracking(True)

    def cover(self, window: QWidget) -> None:
        """Cover all of `window` from now on."""
        self.setParent(window)
        self.resize(window.size())

    def stay_above(self) -> None:
        """Raise it above widgets that were added since."""
        from PySide6.QtCore import Qt  # takes 15 ms, which the first paint does not have

        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.raise_()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if QCursor.pos() != self._mouse:  # a window that opens under a resting mouse receives a move event, too
            self.touched.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._fits():
            painter.drawImage(self.rect(), self._picture)
        else:
            painter.setBackground(self._background())
            painter.eraseRect(self.rect())
        painter.end()
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def _background(self) -> QBrush:
        """A brush for the background. It uses one pixel: for a colour brush, PySide would load all the names of `Qt`."""
        if not self._ground.isValid():
            return self.palette().window()
        pixel = QImage(1, 1, QImage.Format.Format_RGB32)
        pixel.setPixelColor(0, 0, self._ground)
        return QBrush(pixel)

    def _fits(self) -> bool:
        """Whether the picture is about as large as the window."""
        drawn, wanted = self._picture.size(), self.size() * self.devicePixelRatioF()
        sides = (drawn.width(), wanted.width()), (drawn.height(), wanted.height())
        return all(abs(have - want) <= NEAR * want for have, want in sides)


def keep(window: QMainWindow, sheet: Sheet | None, settings: Settings, session: str) -> None:
    """Save a picture of `window`, with the pictures of `sheet` dimmed as they will be until they are live.

    session: the name of the kept session that it shows. If something temporary covers the pictures, none is saved. A failure is
    only logged, because the picture is not essential.
    """
    from zscape.models.errors import ZscapeError

    settings.keep(GROUND, window.palette().window().color().name())
    try:
        if sheet is not None and sheet.isVisible() and _is_covered(sheet, window):
            (settings.folder / FILE).unlink(missing_ok=True)
            return
        write_picture(settings.folder / FILE, _look(window, sheet))
        settings.keep(OF, session)
    except (OSError, ZscapeError) as error:
        log.warning("the look of the window was not kept: %s", error)


def _is_covered(sheet: Sheet, window: QMainWindow) -> bool:
    seen = sheet.visibleRegion().boundingRect().center()
    return window.childAt(sheet.mapTo(window, seen)) is not sheet


def _look(window: QMainWindow, sheet: Sheet | None) -> QImage:
    from zscape.app.widgets.pictures.tiled_picture import CANVAS, LAST_OPACITY

    look = window.grab().toImage()
    painter = QPainter(look)
    bar = window.statusBar()  # its message no longer applies
    painter.fillRect(bar.geometry().adjusted(0, 1, 0, 0), bar.palette().window())
    if sheet is not None and sheet.isVisible():
        shown = sheet.picture_rect().toAlignedRect() & sheet.visibleRegion().boundingRect()
        painter.setOpacity(1 - LAST_OPACITY)
        painter.fillRect(shown.translated(sheet.mapTo(window, QPoint())), sheet.palette().color(CANVAS))
    painter.end()
    return look


def first_look(settings: Settings, model: object, session: Path | None) -> FirstLook:
    """What a window for `model` and `session` shows first, with the background colour of the last one."""
    return FirstLook(load(settings, model, session), settings.text(GROUND))


def load(settings: Settings, model: object, session: Path | None) -> QImage:
    """The picture of the session that a window continues; `model` and `session` are the arguments of `MainWindow`.

    A null image if something else is to be opened, or no picture can be read.
    """
    from zscape.app.state.kept_sessions import FOLDER, next_one

    if not goes_on(settings, model, session) or next_one(settings.folder / FOLDER) != settings.text(OF):
        return QImage()
    return read_picture(settings.folder / FILE, LIMIT)


def goes_on(settings: Settings, model: object, session: Path | None) -> bool:
    """Whether a window for `model` and `session` continues what was open last: nothing else was requested."""
    return session is None and (not model or model == settings.text(MODEL))
