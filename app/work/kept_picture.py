"""Picture files for the window's own use, in the format of the file's extension: png is small, ppm is fast."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageReader

from zscape.app.widgets.pictures.encoded import encoded

LAST = b"IEND\xaeB`\x82"
"""The last bytes of a whole PNG: Qt reads the others as far as they go."""


def write_picture(path: Path, picture: QImage) -> None:
    """Write `picture`; an existing file stays until the new one is complete. Raises OSError or ZscapeError on failure."""
    from zscape.models.files.atomic import replacing

    with replacing(path) as temporary:
        temporary.write_bytes(encoded(picture, _format(path).upper()))


def read_picture(path: Path, longest: int) -> QImage:
    """The picture at `path`; a null image if it cannot be read, is cut off, or has a side longer than `longest` pixels."""
    try:
        data = path.read_bytes()
    except OSError:
        return QImage()
    if path.suffix == ".png" and not data.endswith(LAST):
        return QImage()
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, _format(path).encode())
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > longest:
        return QImage()
    return reader.read()


def _format(path: Path) -> str:
    return path.suffix[1:]
