"""A picture's way to a point: reading it, and finding where the open model draws it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.views.restyle.state import Restyle
from zscape.models.errors import ZscapeError
from zscape.models.inputs.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import Progress, Work
from zscape.resources import FOLDER as RESOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec

SAMPLES = RESOURCES / "samples"
STRIDE = 1787
"""Between two examples; a prime that does not divide the 5,000."""


@dataclass(frozen=True)
class Found:
    """Where the encoder found the picture of `asked`, and how far its reconstruction is off (mean squared error, pixels 0..1)."""

    asked: Restyle
    recipe: Recipe
    mse: float


def prepared(image: NDArray[np.uint8], spec: Spec) -> PictureValue:
    """The picture in `image` (uint8 [H, W, C]) made like those the model of `spec` was trained on."""
    from zscape.models.media.prepare import prepare

    channels, height, width = spec.image_shape
    return PictureValue(height, width, channels, prepare(image, spec.image_shape, spec.subject, spec.layout).tobytes())


def read(source: Path | bytes, spec: Spec) -> Work[tuple[PictureValue, NDArray[np.uint8]]]:
    """Read and prepare the picture in a file, or in the bytes of one; returns it with what was read, uint8 [H, W, C].

    Raises ZscapeError where it is none.
    """
    yield Progress(0, 1, "Reading the picture")
    from zscape.models.media.images import read_image

    image = read_image(source)
    return prepared(image, spec), image


def example(number: int, spec: Spec) -> Work[tuple[PictureValue, NDArray[np.uint8]]]:
    """For a model of digits the pictures in SAMPLES, then the embedded real digits, for others what they were trained on: one
    for each `number` from 0. Returns what `read` does. Raises ZscapeError where that data is not here.
    """
    from zscape.models.data.sources import load

    digits = spec.class_names == tuple("0123456789")
    samples = sorted(SAMPLES.iterdir()) if digits and SAMPLES.is_dir() else []
    if number < len(samples):
        return (yield from read(samples[number], spec))
    yield Progress(0, 1, "Reading the data")
    try:
        data = load("digits" if digits else spec.data)
    except ZscapeError as error:
        raise ZscapeError(f"{spec.name} was trained on {spec.data}, which is not here: open a picture of your own.") from error
    image = data.subset([number * STRIDE % len(data)]).fit(spec.image_shape).images[0]
    height, width, channels = image.shape
    return PictureValue(height, width, channels, image.tobytes()), image


def find(model: Model, asked: Restyle, steps: int) -> Work[Found]:
    """Encode the picture of `asked` and refine what comes out by `steps` of optimising z."""
    import numpy as np

    from zscape.models.inference.encoding import encode

    picture = asked.picture
    if (picture.channels, picture.height, picture.width) != model.spec.image_shape:  # it was prepared for another model
        picture = prepared(picture.array, model.spec)
    labels = None if asked.label is None else np.array([asked.label], np.int64)
    # One picture is quick anywhere.
    image = picture.array[None]
    encoded = yield from encode(model, image, labels, refine=steps, device="cpu", keep_style=asked.keep_style)
    return Found(asked, encoded.recipes(model.space)[0], float(encoded.mse[0]))
