"""Pictures as they were drawn and photographed, beside the small ones that the encoder sees."""

from __future__ import annotations

from PySide6.QtGui import QImage

from zscape.app.widgets.pixels import image_of
from zscape.models.inputs.picture import PictureValue

MOST = 64


class SourcePictures:
    """The newest MOST papers and photographs by the picture that was made of each, so that undo can show them again."""

    def __init__(self) -> None:
        self._papers: dict[PictureValue, QImage] = {}
        self._photos: dict[PictureValue, QImage] = {}

    def keep_paper(self, picture: PictureValue, paper: QImage) -> None:
        """`picture` was made of what was drawn on `paper`."""
        _keep(self._papers, picture, paper)

    def keep_photo(self, picture: PictureValue, photo: QImage) -> None:
        """`picture` was made of `photo`."""
        _keep(self._photos, picture, photo)

    def paper(self, picture: PictureValue) -> QImage:
        """What was drawn, or else the picture itself, small."""
        return self._papers.get(picture) or seen(picture)

    def photo(self, picture: PictureValue) -> QImage | None:
        """What was given, if it was."""
        return self._photos.get(picture)


def seen(picture: PictureValue) -> QImage:
    """The picture as the encoder sees it."""
    return image_of(picture.array[None], 1)


def _keep(store: dict[PictureValue, QImage], picture: PictureValue, image: QImage) -> None:
    store[picture] = image
    if len(store) > MOST:
        store.pop(next(iter(store)))
