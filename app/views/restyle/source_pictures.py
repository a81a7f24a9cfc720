"""Pictures as drawn or photographed, beside the small ones that the encoder sees."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from zscape.app.views.restyle.state import Restyle
from zscape.app.widgets.pictures.crop_pad import with_box
from zscape.app.widgets.pictures.pixels import image_of
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.media.preparing.crop_box import CropBox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.spec import Spec

MOST = 64


class Papers:
    """The newest MOST papers, by the picture made from each, so that undo can show them again."""

    def __init__(self) -> None:
        self._papers: dict[PictureValue, QImage] = {}

    def keep(self, picture: PictureValue, paper: QImage) -> None:
        """`picture` was made from the drawing on `paper`."""
        self._papers[picture] = paper
        if len(self._papers) > MOST:
            self._papers.pop(next(iter(self._papers)))

    def paper(self, picture: PictureValue) -> QImage:
        """The drawing, or else the small picture itself."""
        return self._papers.get(picture) or seen(picture)


def seen(picture: PictureValue) -> QImage:
    """The picture as seen by the encoder."""
    return image_of(picture.array[None], 1)


@lru_cache(4)
def pixels_of(photo: bytes) -> NDArray[np.uint8] | None:
    """A photograph of the scene as uint8 [H, W, C], None if it cannot be read: a session may contain anything."""
    from zscape.models.media.images import read_image

    try:
        return read_image(photo) if photo else None
    except ZscapeError:
        return None


def photo_of(restyle: Restyle) -> QImage | None:
    """The photograph, None if there is none."""
    pixels = pixels_of(restyle.photo)
    return None if pixels is None else image_of(pixels[None], 1)


def marked(restyle: Restyle) -> QImage | None:
    """The photograph with its crop box on it, None if there is none."""
    photo = photo_of(restyle)
    return photo if photo is None or restyle.crop is None else with_box(photo, restyle.crop)


def proposed(photo: bytes, spec: Spec) -> CropBox | None:
    """The crop box proposed for a photograph and the model of `spec`, None if it cannot be read."""
    from zscape.models.media.preparing.crop import propose

    pixels = pixels_of(photo)
    return None if pixels is None else propose(pixels, spec.image_shape, spec.subject)


def ink_of(paper: QImage, channels: int) -> NDArray[np.uint8]:
    """The drawing, uint8 [H, W, channels], grey (1) or RGB (3)."""
    import numpy as np

    pixels = np.frombuffer(paper.constBits(), np.uint8).reshape(paper.height(), paper.bytesPerLine() // 4, 4)
    return pixels[:, : paper.width(), channels - 1 :: -1][..., :channels].copy()
