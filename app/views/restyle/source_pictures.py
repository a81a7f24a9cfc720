"""Pictures as they were drawn and photographed, beside the small ones that the encoder sees."""

from __future__ import annotations

from PySide6.QtGui import QImage

from zscape.app.state.scene import Picture
from zscape.app.widgets.pixels import image_of
from zscape.app.work.restyling import as_array

MOST = 64


class Drawings:
    """The newest MOST papers and photographs by the picture that was made of each, so that undo can show them again."""

    def __init__(self) -> None:
        self._papers: dict[Picture, QImage] = {}
        self._photos: dict[Picture, QImage] = {}

    def keep_paper(self, picture: Picture, paper: QImage) -> None:
        """`picture` was made of what was drawn on `paper`."""
        _keep(self._papers, picture, paper)

    def keep_photo(self, picture: Picture, photo: QImage) -> None:
        """`picture` was made of `photo`."""
        _keep(self._photos, picture, photo)

    def paper(self, picture: Picture) -> QImage:
        """What was drawn, or else the picture itself, small."""
        return self._papers.get(picture) or seen(picture)

    def photo(self, picture: Picture) -> QImage | None:
        """What was given, if it was."""
        return self._photos.get(picture)


def seen(picture: Picture) -> QImage:
    """The picture as the encoder sees it."""
    return image_of(as_array(picture)[None], 1)


def _keep(store: dict[Picture, QImage], picture: Picture, image: QImage) -> None:
    store[picture] = image
    if len(store) > MOST:
        store.pop(next(iter(store)))
