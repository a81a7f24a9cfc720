"""Pictures that are dropped or pasted, as a file or as bytes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from zscape.app.state.clipboard import RECIPE
from zscape.app.widgets.pictures.encoded import encoded

PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"}
"""The suffixes of files accepted in a drop; the real content is checked when the file is read."""


def has_source(data: QMimeData) -> bool:
    """Whether `data` contains a picture file or a picture, and nothing else: several files go to the window, which reports what
    happens to the others.
    """
    return (_file_in(data) is not None or data.hasImage()) and (data.hasFormat(RECIPE) or len(data.urls()) < 2)


def source_of(data: QMimeData) -> Path | bytes | None:
    """The picture file in `data`, or its picture as the bytes of a PNG, or None."""
    if (path := _file_in(data)) is not None:
        return path
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return encoded(image)
    return None


def _file_in(data: QMimeData) -> Path | None:
    if data.hasFormat(RECIPE):
        return None  # our own tile: its file would be written only to be read again
    for url in data.urls() if data.hasUrls() else ():
        if url.isLocalFile() and Path(url.toLocalFile()).suffix.lower() in PICTURES:
            return Path(url.toLocalFile())
    return None
