"""Pictures as the bytes of a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPixmap


def encoded(picture: QImage | QPixmap, form: str = "PNG") -> bytes:
    """`picture` in the format `form`, "PNG" or "PPM".

    Files are written from these bytes: Qt does not notice if the last of them find no room on the disk, and it cannot write to
    names that are not Unicode. Raises OSError if it cannot be encoded.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, form):  # type: ignore[call-overload]
        raise OSError("the picture could not be encoded")
    return bytes(buffer.data().data())
