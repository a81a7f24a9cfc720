"""Data dropped on the window or pasted into it: checks whether it can be opened, and opens it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from zscape.app.state.clipboard import RECIPE, recipe_in, recipe_in_text
from zscape.app.widgets.pictures.encoded import encoded
from zscape.app.window.files.file_kind import KINDS, why_not
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.window.files.opening import Opener


MOST = 50
"""The most files of one drag that are checked before they are dropped."""


def refusal(data: QMimeData) -> str:
    """Why the window cannot accept what is dragged over it, "" if it can."""
    if data.hasFormat(RECIPE):  # first, because a tile's file is created only when needed
        return "" if recipe_in(data) is not None else "This point cannot be read: drag it again."
    if paths := _files_in(data)[:MOST]:
        return min(map(why_not, paths), key=bool)  # the first reason, unless one of them can be opened
    if data.hasImage() or _is_recipe(data):
        return ""
    if data.hasUrls() and not data.urls():
        return "What was dragged did not arrive here: drag it again."  # the button was released before the data was requested
    what = "What is on another computer cannot be opened" if data.hasUrls() else "There is no file and no picture in this"
    return f"{what}: {KINDS}."


def is_over_taker(window: QWidget) -> bool:
    """Whether the mouse is over a part of `window` that accepts drops itself."""
    place = QApplication.widgetAt(QCursor.pos())
    while place is not None and place is not window and not place.acceptDrops():
        place = None if place.isWindow() else place.parentWidget()
    return place is not None and place is not window


def take(data: QMimeData, opener: Opener) -> None:
    """Open what was dropped or pasted with `opener`: a point, files, a picture, or a recipe as text."""
    recipe = recipe_in(data)
    paths = _files_in(data) if recipe is None else []
    if recipe is not None:
        opener.paste(recipe)
    elif paths:
        _open_first(paths, opener)
    elif data.hasImage():
        image = QImage(data.imageData())
        opener.open_picture(b"" if image.isNull() else encoded(image))
    elif data.hasText() and "{" in data.text():
        opener.paste(recipe_in_text(data.text()))
    else:
        raise ZscapeError("There is nothing on the clipboard that Zscape can use: copy a picture, a file or a tile.")


def _open_first(paths: Sequence[Path], opener: Opener) -> None:
    """Open the first file that can be opened; a message names those that are left."""
    first = next((path for path in paths[:MOST] if not why_not(path)), paths[0]) if len(paths) > 1 else paths[0]
    opener.open_file(first)
    if len(paths) > 1:
        left = "the other one is" if len(paths) == 2 else f"the other {len(paths) - 1} are"
        opener.session.message.emit(f"Files open one at a time: {first.name} is open, {left} not.", False)


def _files_in(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def _is_recipe(data: QMimeData) -> bool:
    """Whether it is a recipe as text, from another program."""
    try:
        return data.hasText() and recipe_in_text(data.text()) is not None
    except ZscapeError:
        return False
