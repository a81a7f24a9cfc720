"""Reads a picture and finds its point in the open model."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zscape.app.views.restyle.state import Restyle
from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.preparing.crop_box import CropBox
from zscape.models.progress import Progress, Work
from zscape.resources import FOLDER as RESOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec

SAMPLES, EXAMPLES = RESOURCES / "samples", RESOURCES / "examples"
"""The folders of digits, and of other data, which is not bundled, in subfolders by its name."""
DIGITS = tuple("0123456789")
"""The classes of the models that the pictures in SAMPLES are for."""
KEPT_SIDE = 800
"""The longer side in pixels of a photograph in a session."""
KEPT_BYTES = 128 << 10
"""A photograph of at least this size is saved as a JPEG."""
STRIDE = 1787
"""The step between two examples; a prime that does not divide the 5,000."""


@dataclass(frozen=True)
class Found:
    """The result for the picture of `asked`, and the error of its reconstruction (mean squared error, pixels 0..1).

    contrast: as in Restyle, known for photographs.
    """

    asked: Restyle
    recipe: Recipe
    mse: float
    contrast: float | None = None


class Given(NamedTuple):
    """A picture from the user, prepared for the model, and its source (see Restyle)."""

    picture: PictureValue
    photo: bytes = b""
    crop: CropBox | None = None


def prepared(image: NDArray[np.uint8], spec: Spec) -> PictureValue:
    """The picture in `image` (uint8 [H, W, C]) made similar to the training pictures of the model of `spec`."""
    from zscape.models.media.preparing.prepare import prepare

    return _value(prepare(image, spec.image_shape, spec.subject, spec.layout))


def drawn(paper: NDArray[np.uint8], spec: Spec) -> PictureValue:
    """The drawing on `paper` (uint8 [H, W, 1], light on black) made similar to the training pictures of the model of `spec`."""
    from zscape.models.media.preparing.prepare import prepare_drawing

    return _value(prepare_drawing(paper, spec.image_shape, spec.subject, spec.layout))


def cropped(photo: NDArray[np.uint8], crop: CropBox, spec: Spec) -> PictureValue:
    """The part `crop` of a photograph (uint8 [H, W, C]) made similar to the training pictures of the model of `spec`."""
    from zscape.models.media.preparing.crop import cut

    return prepared(cut(photo, crop), spec)


def read(source: Path | bytes, spec: Spec) -> Work[Given]:
    """Read the picture in a file, or in the bytes of one, propose a crop box and prepare its content.

    A picture of the model's own size is used unchanged. Raises ZscapeError if it is not a picture.
    """
    yield Progress(0, 1, "Reading the picture")
    from zscape.models.media.images import read_image
    from zscape.models.media.preparing.crop import propose

    image = read_image(source)
    if image.shape[:2] == spec.image_shape[1:]:
        return Given(prepared(image, spec))
    photo = kept(image)
    image = read_image(photo)  # as it will be read again, so that a box always shows the same
    crop = propose(image, spec.image_shape, spec.subject)
    return Given(cropped(image, crop, spec), photo, crop)


def crop(make: Callable[[Spec], Given], spec: Spec) -> Work[Given]:
    """Prepare the content of a crop box. Raises ZscapeError if there is nothing to see."""
    yield Progress(0, 1, "Cropping")
    return make(spec)


def kept(image: NDArray[np.uint8]) -> bytes:
    """A photograph (uint8 [H, W, C]) small enough for a session: the bytes of a PNG, or of a JPEG if that is much smaller."""
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
    """For a digit model the pictures in SAMPLES, then the bundled real digits; for other models those in EXAMPLES and their
    training data: one for each `number` from 0, starting again at the end. Returns what `read` does. Raises ZscapeError if there
    are none.
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
    """Why there is no `example` for the model of `spec`, "" if there is. Only names and paths are checked."""
    from zscape.models.data.data_of_model import data_here

    if _samples(spec) or data_here(spec):
        return ""
    return f"{spec.name} was trained on {spec.data or 'data unknown'}, which is not here: open a picture of your own."


def _samples(spec: Spec) -> list[Path]:
    """The picture files for a model that are bundled with Zscape."""
    folders = [SAMPLES] if spec.class_names == DIGITS else [each for each in EXAMPLES.iterdir() if each.name == spec.data]
    return sorted(file for folder in folders for file in folder.iterdir())


def _value(image: NDArray[np.uint8]) -> PictureValue:
    height, width, channels = image.shape
    return PictureValue(height, width, channels, image.tobytes())


def find(model: Model, asked: Restyle, steps: int) -> Work[Found]:
    """Encode the picture of `asked` and refine the result by `steps` of optimising z."""
    import numpy as np

    from zscape.models.inference.contrast import share_of_usual
    from zscape.models.inference.encoding import encode

    picture = asked.picture
    if (picture.channels, picture.height, picture.width) != model.spec.image_shape:  # it was prepared for another model
        picture = _again(asked, model.spec)
    labels = None if asked.label is None else np.array([asked.label], np.int64)
    # One picture is fast on any device.
    image = picture.array[None]
    encoded = yield from encode(model, image, labels, refine=steps, device="cpu", keep_style=asked.keep_style)
    contrast = share_of_usual(model, image[0]) if asked.photo else None
    return Found(asked, encoded.recipes(model.space)[0], float(encoded.mse[0]), contrast)


def _again(asked: Restyle, spec: Spec) -> PictureValue:
    """The picture of `asked` for another model: from its photograph, if it can be read."""
    from zscape.models.media.images import read_image

    if asked.photo and asked.crop is not None:
        try:
            return cropped(read_image(asked.photo), asked.crop, spec)
        except ZscapeError:  # a session may contain anything
            pass
    return prepared(asked.picture.array, spec)


def how_far(model: Model | None, restyle: Restyle | None) -> str:
    """The error of the reconstruction, in words; "" if unknown."""
    from zscape.models.inference.distance import in_words

    if model is None or restyle is None or restyle.mse is None:
        return ""
    return in_words(restyle.mse, model.spec.measures, restyle.refine > 0)


def refused(model: Model | None, restyle: Restyle | None) -> str:
    """Why the classes of a photograph are not shown: the model does not draw what it shows. "" if they are."""
    from zscape.models.inference.distance import refusal

    if model is None or restyle is None or restyle.mse is None or not restyle.photo:
        return ""
    return refusal(restyle.mse, model.spec, restyle.refine > 0, restyle.contrast)
