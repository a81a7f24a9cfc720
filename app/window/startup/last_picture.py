"""The picture that was shown when the window was closed: the next start shows it until the first sheet is drawn."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zscape.app.widgets import strip
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.kept_picture import read_picture, write_picture

log = logging.getLogger(__name__)

FILE = "last-picture.png"
"""Its file in the settings folder, beside the last session."""
OF = "picture of"
"""The setting of the kept session that it shows."""
LIMIT = 8192
"""The longest side in pixels that is read: more than any screen has."""


def keep(folder: Path, sheet: Sheet | None) -> None:
    """Save what `sheet` shows in `folder`, no larger than on screen; if it shows nothing, remove the old picture.

    A failure is only logged, because the picture is not essential; the next start then shows none.
    """
    from zscape.models.errors import ZscapeError

    try:
        picture = sheet.picture() if sheet is not None else QImage()
        if sheet is None or picture.isNull():
            (folder / FILE).unlink(missing_ok=True)
            return
        if sheet.zoom() < 1:
            size = (sheet.picture_rect().size() * sheet.devicePixelRatioF()).toSize()
            picture = picture.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
        write_picture(folder / FILE, picture)
    except (OSError, ZscapeError) as error:
        log.warning("the last picture was not kept: %s", error)


def load(folder: Path) -> QImage:
    """The picture in `folder`; a null image if it cannot be read."""
    return read_picture(folder / FILE, LIMIT)


def stand_in(picture: QImage, words: str) -> QWidget:
    """A placeholder for a view: a sheet that shows `picture`, if any, and `words`, above the space for a strip."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, strip.HEIGHT)
    sheet = Sheet(words)
    sheet.show_last(picture)
    column.addWidget(sheet)
    return holder
