"""Preparations for painting: the model, and a photograph, which is read and found by the model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


@dataclass(frozen=True)
class FoundPhoto:
    """picture: prepared for the model. start: the point at which the model draws it."""

    picture: PictureValue
    start: Recipe


def read(source: Path | bytes, model: Model) -> Work[FoundPhoto]:
    """Read the picture in a file, or in the bytes of one, cut out what the model draws, and find it.

    Raises ZscapeError if it is not a picture, or shows nothing that the model draws.
    """
    yield Progress(0, 1, "Reading the picture")
    from zscape.models.media.images import read_image
    from zscape.models.media.preparing.crop import cut, propose
    from zscape.models.media.preparing.prepare import prepare

    spec, image = model.spec, read_image(source)
    if image.shape[:2] != spec.image_shape[1:]:
        image = cut(image, propose(image, spec.image_shape, spec.subject))
    picture = PictureValue.of(prepare(image, spec.image_shape, spec.subject, spec.layout))
    return (yield from find(picture, model))


def find(picture: PictureValue, model: Model) -> Work[FoundPhoto]:
    """Find the point for a picture that has the model's size."""
    yield Progress(0, 1, "Finding the picture")
    from zscape.models.inference.paint import find_photo

    start = yield from find_photo(model, picture.array, device="cpu")  # one picture is fast on any device
    return FoundPhoto(picture, start)


def prepared(model: Model) -> Work[None]:
    """Prepare the model for painting, so that the first stroke need not wait."""
    yield Progress(0, 1, "Making the model ready for painting")
    from zscape.models.inference.painting import painter_of

    painter_of(model)
