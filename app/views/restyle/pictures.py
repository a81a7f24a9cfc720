"""A picture's way to a point: reading it, and finding where the open model draws it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zscape.app.views.restyle.state import Restyle
from zscape.models.errors import ZscapeError
from zscape.models.inputs.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.crop_box import CropBox
from zscape.models.progress import Progress, Work
from zscape.resources import FOLDER as RESOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec

SAMPLES, EXAMPLES = RESOURCES / "samples", RESOURCES / "examples"
"""Of digits; and of other data that does not come with Zscape, in a folder of its name."""
DIGITS = tuple("0123456789")
"""The classes of models that those in SAMPLES are for."""
KEPT_SIDE = 800
"""Pixels of the longer side of a photograph in a session."""
KEPT_BYTES = 128 << 10
"""From this size on a photograph is kept as a JPEG."""
STRIDE = 1787
"""Between two examples; a prime that does not divide the 5,000."""


@dataclass(frozen=True)
class Found:
    """Where the encoder found the picture of `asked`, and how far its reconstruction is off (mean squared error, pixels 0..1).

    contrast: as that of Restyle, known of photographs.
    """

    asked: Restyle
    recipe: Recipe
    mse: float
    contrast: float | None = None


class Given(NamedTuple):
    """A picture a person gave, made ready for the model, with what it was made of (see Restyle)."""

    picture: PictureValue
    photo: bytes = b""
    crop: CropBox | None = None


def prepared(image: NDArray[np.uint8], spec: Spec) -> PictureValue:
    """The picture in `image` (uint8 [H, W, C]) made like those the model of `spec` was trained on."""
    from zscape.models.media.prepare import prepare

    return _value(prepare(image, spec.image_shape, spec.subject, spec.layout))


def drawn(paper: NDArray[np.uint8], spec: Spec) -> PictureValue:
    """What was drawn on `paper` (uint8 [H, W, 1], light on black) made like those the model of `spec` was trained on."""
    from zscape.models.media.prepare import prepare_drawing

    return _value(prepare_drawing(paper, spec.image_shape, spec.subject, spec.layout))


def cropped(photo: NDArray[np.uint8], crop: CropBox, spec: Spec) -> PictureValue:
    """What `crop` shows of a photograph (uint8 [H, W, C]) made like the pictures that the model of `spec` was trained on."""
    from zscape.models.media.crop import cut

    return prepared(cut(photo, crop), spec)


def read(source: Path | bytes, spec: Spec) -> Work[Given]:
    """Read the picture in a file, or in the bytes of one, propose a crop box and make ready what it shows.

    A picture of the model's own size is taken as it is. Raises ZscapeError where it is none.
    """
    yield Progress(0, 1, "Reading the picture")
    from zscape.models.media.crop import propose
    from zscape.models.media.images import read_image

    image = read_image(source)
    if image.shape[:2] == spec.image_shape[1:]:
        return Given(prepared(image, spec))
    photo = kept(image)
    image = read_image(photo)  # as it will be read again, so that a box always shows the same
    crop = propose(image, spec.image_shape, spec.subject)
    return Given(cropped(image, crop, spec), photo, crop)


def crop(make: Callable[[Spec], Given], spec: Spec) -> Work[Given]:
    """Make ready what a crop box shows. Raises ZscapeError where there is nothing to see."""
    yield Progress(0, 1, "Cropping")
    return make(spec)


def kept(image: NDArray[np.uint8]) -> bytes:
    """A photograph (uint8 [H, W, C]) small enough for a session: the bytes of a PNG, or of a JPEG where that is much smaller."""
    from PIL import Image

    picture = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image)
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.BOX)
    files = []
    for options in ({"format": "PNG"}, {"format": "JPEG", "quality": 92}):
        buffer = io.BytesIO()
        picture.save(buffer, **options)
        files.append(buffer.getvalue())
    return files[0] if len(files[0]) < KEPT_BYTES else files[1]


def example(number: int, spec: Spec) -> Work[Given]:
    """For a model of digits the pictures in SAMPLES, then the embedded real digits, for others those in EXAMPLES and what they
    were trained on: one for each `number` from 0, over again where there are no more. Returns what `read` does. Raises
    ZscapeError where there is none.
    """
    from zscape.models.data.data_of_model import data_here
    from zscape.models.data.sources import load

    samples = _samples(spec)
    if number < len(samples):
        return (yield from read(samples[number], spec))
    yield Progress(0, 1, "Reading the data")
    try:
        if line := no_examples(spec):
            raise ZscapeError(line)
        data = load("digits" if spec.class_names == DIGITS else data_here(spec))
    except ZscapeError:
        if samples:
            return (yield from read(samples[number % len(samples)], spec))
        raise
    return Given(_value(data.subset([number * STRIDE % len(data)]).fit(spec.image_shape).images[0]))


def no_examples(spec: Spec) -> str:
    """Why there is no `example` for the model of `spec`, "" where there is. Only names and paths are looked at."""
    from zscape.models.data.data_of_model import data_here

    if _samples(spec) or data_here(spec):
        return ""
    return f"{spec.name} was trained on {spec.data or 'data unknown'}, which is not here: open a picture of your own."


def _samples(spec: Spec) -> list[Path]:
    """The files of pictures for a model that come with Zscape."""
    folders = [SAMPLES] if spec.class_names == DIGITS else [each for each in EXAMPLES.iterdir() if each.name == spec.data]
    return sorted(file for folder in folders for file in folder.iterdir())


def _value(image: NDArray[np.uint8]) -> PictureValue:
    height, width, channels = image.shape
    return PictureValue(height, width, channels, image.tobytes())


def find(model: Model, asked: Restyle, steps: int) -> Work[Found]:
    """Encode the picture of `asked` and refine what comes out by `steps` of optimising z."""
    import numpy as np

    from zscape.models.inference.contrast import share_of_usual
    from zscape.models.inference.encoding import encode

    picture = asked.picture
    if (picture.channels, picture.height, picture.width) != model.spec.image_shape:  # it was prepared for another model
        picture = _again(asked, model.spec)
    labels = None if asked.label is None else np.array([asked.label], np.int64)
    # One picture is quick anywhere.
    image = picture.array[None]
    encoded = yield from encode(model, image, labels, refine=steps, device="cpu", keep_style=asked.keep_style)
    contrast = share_of_usual(model, image[0]) if asked.photo else None
    return Found(asked, encoded.recipes(model.space)[0], float(encoded.mse[0]), contrast)


def _again(asked: Restyle, spec: Spec) -> PictureValue:
    """The picture of `asked` for another model: from its photograph where that can be read."""
    from zscape.models.media.images import read_image

    if asked.photo and asked.crop is not None:
        try:
            return cropped(read_image(asked.photo), asked.crop, spec)
        except ZscapeError:  # a session may hold anything
            pass
    return prepared(asked.picture.array, spec)


def how_far(model: Model | None, restyle: Restyle | None) -> str:
    """How far the reconstruction is, in words; "" where that is not known."""
    from zscape.models.inference.distance import in_words

    if model is None or restyle is None or restyle.mse is None:
        return ""
    return in_words(restyle.mse, model.spec.measures, restyle.refine > 0)


def refused(model: Model | None, restyle: Restyle | None) -> str:
    """Why the classes of a photograph are not shown: it is of something that the model does not draw. "" where they are."""
    from zscape.models.inference.distance import refusal

    if model is None or restyle is None or restyle.mse is None or not restyle.photo:
        return ""
    return refusal(restyle.mse, model.spec, restyle.refine > 0, restyle.contrast)
