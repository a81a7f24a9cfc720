"""A dragged tile: a recipe for Zscape, a picture for image editors, a file for file managers.

The file is a PNG like exported ones: it contains its recipe, and names the model.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from zscape.app.state.clipboard import RECIPE, recipe_json
from zscape.app.widgets.pictures.pixels import texts_of
from zscape.models.inputs.recipe import Recipe

FILES = "text/uri-list"
PNG_RECIPE = "zscape-recipe"
"""The key of the PNG text chunk with the recipe of its single picture, as JSON."""


@cache
def _folder() -> Path:
    """The folder of dragged files, kept until the program ends: the other program may copy them some time after the drop."""
    folder = tempfile.mkdtemp(prefix="zscape-tiles-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


class DraggedTile(QMimeData):
    """Carries `recipe` with its picture, and a PNG that is written only when another program asks for files.

    image: contains texts that name its model (`drawn_by`), and its recipe (PNG_RECIPE) if that is not `recipe`. caption: what it
    is, in words, for the file's name.
    """

    def __init__(self, recipe: Recipe, image: QImage, caption: str) -> None:
        super().__init__()
        self._recipe, self._image, self._caption = recipe, image, caption
        self._file: Path | None = None
        self.setData(RECIPE, recipe_json(recipe).encode())
        if not image.isNull():
            self.setImageData(image)

    def formats(self) -> list[str]:
        return [*super().formats(), *([] if self._image.isNull() else [FILES])]

    def hasFormat(self, mimetype: str) -> bool:
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, preferredType: Any) -> Any:
        if mimetype == FILES and not self._image.isNull():
            return [QUrl.fromLocalFile(str(self.file()))]
        return super().retrieveData(mimetype, preferredType)

    def file_if_written(self) -> Path | None:
        """The PNG, None until it was requested."""
        return self._file

    def file(self) -> Path:
        """The PNG, written now if needed."""
        if self._file is None:
            import numpy as np

            from zscape.models.media.images import save_png

            path = _free(_folder(), re.sub(r"[^\w.,+\-]+", " ", self._caption).strip(" .")[:60] or "tile")
            plain = self._image.convertToFormat(QImage.Format.Format_RGBX8888)  # lines without padding
            pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
            texts = {PNG_RECIPE: recipe_json(self._recipe), **texts_of(self._image)}
            save_png(path, pixels[..., :1] if self._image.isGrayscale() else pixels[..., :3], metadata=texts)
            self._file = path
        return self._file


def _free(folder: Path, name: str) -> Path:
    """An unused file path in `folder`."""
    path, number = folder / f"{name}.png", 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.png"
    return path
