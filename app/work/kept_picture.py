"""Pictures that the window keeps for itself as files, in the format that the name ends in: png is small, ppm is quick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage, QImageReader


def write_picture(path: Path, picture: QImage) -> None:
    """Write `picture`; what was at `path` stays until it is complete. Raises OSError or ZscapeError where it cannot be."""
    from zscape.models.files.atomic import replacing

    with replacing(path) as temporary:
        if not picture.save(str(temporary), _format(path).upper()):  # type: ignore[call-overload]
            raise OSError("the picture could not be written")


def read_picture(path: Path, longest: int) -> QImage:
    """The picture at `path`; a null one where there is none that can be read, or it has a side of more than `longest` pixels."""
    if not path.is_file():
        return QImage()
    reader = QImageReader(str(path), _format(path).encode())
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > longest:
        return QImage()
    return reader.read()


def _format(path: Path) -> str:
    return path.suffix[1:]
