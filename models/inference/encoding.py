"""Pictures to latents, and their style in every class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import one_hot

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Encoder, Generator
from zscape.models.files.checkpoint import Model
from zscape.models.inference.refinement import refinement
from zscape.models.inference.runner import Artist, to_uint8
from zscape.models.inputs.points import Points
from zscape.models.progress import Progress, Work

PAIRS = 100
"""Images times classes looked at together: some 40 ms of work on one core."""
SURE = 0.9
"""The probability from which on the encoder's class is taken as it is; below it every class is tried."""
EVIDENCE = 12.5
"""What the mean squared distance of a reconstruction (pixels -1 to 1) counts against the logarithm of a class's probability."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """M pictures and where the encoder found them.

    inputs, reconstruction: uint8 [M, H, W, C]. labels: int64 [M]. z: float32 [M, Z]. mse: float64 [M], mean squared error of the
    reconstruction with pixels 0..1. losses: the refinement's mean loss at each step, () without one.
    """

    inputs: NDArray[np.uint8]
    labels: NDArray[np.int64]
    z: NDArray[np.float32]
    reconstruction: NDArray[np.uint8]
    mse: NDArray[np.float64]
    losses: tuple[float, ...] = ()


def encode(
    model: Model,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64] | None = None,
    refine: int = 0,
    device: str = "auto",
    keep_style: bool = True,
) -> Work[Encoded]:
    """Find the latents of images uint8 [M, H, W, C] of the model's shape.

    labels: int64 [M], or None to find each: in the same pass where the encoder classifies, else the image is reconstructed under
    every class and the closest taken. refine: steps of Adam on z against the pixels (see `refinement`); where an image is no
    closer afterwards it keeps the encoder's z. keep_style: refine without changing what the style looks like in the other
    classes. Raises ZscapeError for a model without encoder, images of another shape, or labels that are no classes of it.
    """
    spec = model.spec
    check(model, images, labels)
    artist = Artist(model, device)
    find = artist.device
    encoder = model.encoder
    assert encoder is not None  # check() saw to it
    encoder = encoder.to(find).eval()
    classes = len(spec.class_names)
    infer = labels is None and encoder.classifies
    step = PAIRS if infer or labels is not None else max(1, PAIRS // classes)
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for start in range(0, len(images), step):
        x = to_float(images[start : start + step]).to(find)
        given = None if labels is None else torch.from_numpy(labels[start : start + step]).to(find)
        with torch.inference_mode():
            first = named(encoder, artist.forward, x) if infer else nearest(encoder, artist.forward, x, given, classes)
            found.append(corrected(encoder, artist.forward, x, *first, classes))
        yield Progress(min(start + step, len(images)), len(images), "Encoding")
    z, chosen, pictures = (torch.cat(parts).clone() for parts in zip(*found, strict=True))
    encoded = result(images, chosen, z, pictures)
    return (yield from refined(model.generator.to(find), encoded, refine, keep_style)) if refine else encoded


def check(model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64] | None) -> None:
    """Raise ZscapeError unless `encode` can take these."""
    channels, height, width = model.spec.image_shape
    classes = len(model.spec.class_names)
    if model.encoder is None:
        raise ZscapeError(f"{model.spec.name} has no encoder: train one with `zscape train-encoder --model {model.spec.name}`.")
    if images.ndim != 4 or images.shape[1:] != (height, width, channels) or images.dtype != np.uint8 or not len(images):
        raise ZscapeError(
            f"{model.spec.name} takes uint8 images [M, {height}, {width}, {channels}], not {images.dtype} {list(images.shape)}."
        )
    if labels is not None and (labels.shape != (len(images),) or labels.min() < 0 or labels.max() >= classes):
        raise ZscapeError(f"{len(images)} images need as many labels from 0 to {classes - 1}.")


def to_float(images: NDArray[np.uint8]) -> Tensor:
    """uint8 [M, H, W, C] -> float32 [M, C, H, W] in [-1, 1]."""
    return torch.tensor(images).permute(0, 3, 1, 2).float() / 127.5 - 1


def named(encoder: Encoder, draw: Callable[[Tensor, Tensor], Tensor], x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Z [M, Z], labels [M] and reconstructions [M, C, H, W] of x, with the classes the encoder sees, in one pass.

    Where it is not SURE every class is tried, and the one taken that is both probable and close.
    """
    z, logits = encoder.infer(x)
    labels, classes = logits.argmax(1), logits.shape[1]
    pictures = draw(z, one_hot(labels, classes).float())
    unsure = logits.softmax(1).amax(1) < SURE
    if unsure.any():
        z[unsure], labels[unsure], pictures[unsure] = nearest(encoder, draw, x[unsure], None, classes, logits[unsure])
    return z, labels, pictures


def nearest(
    encoder: Callable[[Tensor, Tensor], Tensor],
    draw: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    labels: Tensor | None,
    classes: int,
    logits: Tensor | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Z [M, Z], labels [M] and reconstructions [M, C, H, W] of x: under `labels`, or under the class that comes closest.

    logits [M, K]: what the encoder thinks of the classes, weighed against how close they come.
    """
    tried = labels if labels is not None else torch.arange(classes, device=x.device).repeat(len(x))
    repeats = len(tried) // len(x)
    c = one_hot(tried, classes).float()
    z = encoder(x.repeat_interleave(repeats, 0), c)
    pictures = draw(z, c)
    distance = (pictures.reshape(len(x), repeats, -1) - x.reshape(len(x), 1, -1)).square().mean(2)
    if logits is not None:
        distance = EVIDENCE * distance - logits.log_softmax(1)
    best = distance.argmin(1) + torch.arange(len(x), device=x.device) * repeats
    return z[best], tried[best], pictures[best]


def corrected(
    encoder: Encoder,
    draw: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    z: Tensor,
    labels: Tensor,
    pictures: Tensor,
    classes: int,
) -> tuple[Tensor, Tensor, Tensor]:
    """The same with z corrected as often as the encoder looks again; where that is no closer, z stays."""
    c = one_hot(labels, classes).float()
    for _ in range(encoder.passes - 1):
        better = encoder.correct(x, pictures, z, c)
        drawn = draw(better, c)
        closer = ((drawn - x).square().mean((1, 2, 3)) < (pictures - x).square().mean((1, 2, 3)))[:, None]
        z, pictures = torch.where(closer, better, z), torch.where(closer[:, :, None, None], drawn, pictures)
    return z, labels, pictures


def result(images: NDArray[np.uint8], labels: Tensor, z: Tensor, pictures: Tensor) -> Encoded:
    """Encoded from tensors on any device."""
    reconstruction = to_uint8(pictures)
    difference = (reconstruction.astype(np.float64) - images) / 255
    return Encoded(images, labels.cpu().numpy(), z.cpu().numpy(), reconstruction, np.square(difference).mean((1, 2, 3)))


def refined(generator: Generator, encoded: Encoded, steps: int, keep_style: bool) -> Work[Encoded]:
    """`encoded` with z optimised for `steps` steps, PAIRS images together."""
    device = next(generator.parameters()).device
    total, done = steps * len(encoded.z), 0
    losses = np.zeros(steps)
    z_kept, reconstruction, mse = encoded.z.copy(), encoded.reconstruction.copy(), encoded.mse.copy()
    for start in range(0, len(encoded.z), PAIRS):
        part = slice(start, start + PAIRS)
        x = to_float(encoded.inputs[part]).to(device)
        labels, z = torch.from_numpy(encoded.labels[part]).to(device), torch.tensor(encoded.z[part], device=device)
        for step, (loss, error) in enumerate(refinement(generator, x, labels, z, steps, keep_style)):
            losses[step] += loss * len(x) / len(encoded.z)
            done += len(x)
            yield Progress(done, total, "Refining", {"loss": loss, "mse": error})
        with torch.no_grad():
            after = result(encoded.inputs[part], labels, z, generator(z, one_hot(labels, generator.classes).float()))
        closer = after.mse < encoded.mse[part]
        z_kept[part][closer] = after.z[closer]
        reconstruction[part][closer] = after.reconstruction[closer]
        mse[part][closer] = after.mse[closer]
    return Encoded(encoded.inputs, encoded.labels, z_kept, reconstruction, mse, tuple(losses.tolist()))


def restyle(model: Model, encoded: Encoded, device: str = "auto") -> NDArray[np.uint8]:
    """The M styles in every class: uint8 [M, K, H, W, C], column k being class k."""
    classes = len(model.spec.class_names)
    count = len(encoded.z)
    z = np.repeat(encoded.z, classes, axis=0)
    c = np.tile(np.eye(classes, dtype=np.float32), (count, 1))
    images = Artist(model, device).draw(Points(z, c, count, classes)).images
    return images.reshape(count, classes, *images.shape[1:])
