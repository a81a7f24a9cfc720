"""Pictures to latents, and their style in every class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import one_hot

from models.checkpoint import Model
from models.drawing import Artist, to_uint8
from models.errors import ZscapeError
from models.families.base import Generator
from models.latent.points import Points
from models.progress import Progress, Work

PAIRS = 100
"""Images times classes looked at together: some 40 ms of work on one core."""


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
    model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64] | None = None, refine: int = 0, device: str = "auto"
) -> Work[Encoded]:
    """Find the latents of images uint8 [M, H, W, C] of the model's shape.

    labels: int64 [M], or None to find each: the image is reconstructed under every class and the closest taken. refine: steps of
    Adam on z against the pixels (rate 0.1 falling to 0, with 1e-3 mean z^2 to stay near the prior); where an image is no closer
    afterwards it keeps the encoder's z. Raises ZscapeError for a model without encoder, images of another shape, or labels that
    are no classes of it.
    """
    spec = model.spec
    check(model, images, labels)
    artist = Artist(model, device)
    find = artist.device
    encoder = model.encoder
    assert encoder is not None  # check() saw to it
    encoder = encoder.to(find).eval()
    classes = len(spec.class_names)
    step = PAIRS if labels is not None else max(1, PAIRS // classes)
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for start in range(0, len(images), step):
        x = to_float(images[start : start + step]).to(find)
        given = None if labels is None else torch.from_numpy(labels[start : start + step]).to(find)
        with torch.inference_mode():
            found.append(nearest(encoder, artist.forward, x, given, classes))
        yield Progress(min(start + step, len(images)), len(images), "Encoding")
    z, chosen, pictures = (torch.cat(parts).clone() for parts in zip(*found, strict=True))
    encoded = result(images, chosen, z, pictures)
    return (yield from refined(model.generator.to(find), encoded, refine)) if refine else encoded


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


def nearest(
    encoder: Callable[[Tensor, Tensor], Tensor],
    draw: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    labels: Tensor | None,
    classes: int,
) -> tuple[Tensor, Tensor, Tensor]:
    """Z [M, Z], labels [M] and reconstructions [M, C, H, W] of x: under `labels`, or under the class that comes closest."""
    tried = labels if labels is not None else torch.arange(classes, device=x.device).repeat(len(x))
    repeats = len(tried) // len(x)
    c = one_hot(tried, classes).float()
    z = encoder(x.repeat_interleave(repeats, 0), c)
    pictures = draw(z, c)
    distance = (pictures.view(len(x), repeats, -1) - x.view(len(x), 1, -1)).square().mean(2)
    best = distance.argmin(1) + torch.arange(len(x), device=x.device) * repeats
    return z[best], tried[best], pictures[best]


def result(images: NDArray[np.uint8], labels: Tensor, z: Tensor, pictures: Tensor) -> Encoded:
    """Encoded from tensors on any device."""
    reconstruction = to_uint8(pictures)
    difference = (reconstruction.astype(np.float64) - images) / 255
    return Encoded(images, labels.cpu().numpy(), z.cpu().numpy(), reconstruction, np.square(difference).mean((1, 2, 3)))


def refined(generator: Generator, encoded: Encoded, steps: int) -> Work[Encoded]:
    """`encoded` with z optimised for `steps` steps of Adam, PAIRS images together."""
    device = next(generator.parameters()).device
    total, done = steps * len(encoded.z), 0
    losses = np.zeros(steps)
    z_kept, reconstruction, mse = encoded.z.copy(), encoded.reconstruction.copy(), encoded.mse.copy()
    for start in range(0, len(encoded.z), PAIRS):
        part = slice(start, start + PAIRS)
        x = to_float(encoded.inputs[part]).to(device)
        c = one_hot(torch.from_numpy(encoded.labels[part]), generator.classes).float().to(device)
        z = torch.from_numpy(encoded.z[part]).to(device).requires_grad_()
        adam = torch.optim.Adam([z], lr=0.1)
        for step in range(steps):
            adam.param_groups[0]["lr"] = 0.1 * (1 - step / steps)
            # A sum over images: each has its own latent, and none should move less for being in company.
            loss = (generator(z, c) - x).square().mean((1, 2, 3)).sum() + 1e-3 * z.square().mean(1).sum()
            (z.grad,) = torch.autograd.grad(loss, [z])
            adam.step()
            losses[step] += loss.item() / len(encoded.z)
            done += len(x)
            yield Progress(done, total, "Refining", {"loss": loss.item() / len(x)})
        with torch.no_grad():
            after = result(encoded.inputs[part], c.argmax(1), z.detach(), generator(z, c))
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
