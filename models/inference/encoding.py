"""Encodes pictures to latents, and draws their style in every class."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import one_hot

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Encoder
from zscape.models.files.checkpoint import Model
from zscape.models.inference.device import choose
from zscape.models.inference.made_once import MadeOnce
from zscape.models.inference.refinement import refinement
from zscape.models.inference.runner import GeneratorRunner, to_uint8
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import USUAL, Recipe
from zscape.models.inputs.space import Space
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.single import ClassRow

PAIRS = 100
"""Images times classes in one batch: about 40 ms of work on one core."""
SURE = 0.9
"""Probability above which the encoder's class is accepted; below it every class is tried."""
EVIDENCE = 12.5
"""Weight of the mean squared distance of a reconstruction (pixels -1 to 1) against the log probability of a class."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """The points that the encoder found for M pictures.

    images, reconstruction: uint8 [M, H, W, C]. labels: int64 [M], all 0 if the model has no classes. z: float32 [M, Z], for the
    input `finds`. mse: float64 [M], mean squared error of the reconstruction with pixels 0..1. losses: mean loss at each step of
    refinement, () without refinement.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    z: NDArray[np.float32]
    reconstruction: NDArray[np.uint8]
    mse: NDArray[np.float64]
    finds: str
    losses: tuple[float, ...] = ()

    def recipes(self, space: Space) -> list[Recipe]:
        """Return the points that were found, as recipes."""
        classes = space.first(Classes)
        found = [Recipe({self.finds: LatentValue(seeds=(), numbers=tuple(row))}) for row in self.z.tolist()]
        if classes is None:
            return found
        return [each.with_value(classes.name, classes.only(k)) for each, k in zip(found, self.labels.tolist(), strict=True)]


class EncoderRunner:
    """A model's encoder and generator, ready to encode on one device, as copies: the caller's networks stay unchanged."""

    def __init__(self, model: Model, device: str = "auto") -> None:
        if model.encoder is None:
            how = f"train one with `zscape train-encoder --model {model.spec.name}`"
            lacks = how if model.spec.family else "one can be trained for a model in a file only"
            raise ZscapeError(f"{model.spec.name} has no encoder: {lacks}.")
        self.spec, self.space, self.device = model.spec, model.space, choose(device)
        self.encoder: Encoder = copy.deepcopy(model.encoder).to(self.device).eval().requires_grad_(False)
        # Runs a copy of the record, so that a runner cached for a model does not itself keep the model alive: see runner_of.
        self.generator = GeneratorRunner(replace(model), device)
        self._plain = copy.deepcopy(model.generator).float().to(self.device).eval().requires_grad_(False)
        self.classes = self.space.first(Classes)
        target = self.space.input(self.encoder.finds)
        usual = resolve([USUAL], self.space, 1, 1)
        given = {self.encoder.finds, *([self.classes.name] if self.classes else ())}
        if target is self.space.styles:
            raise ZscapeError(f"{model.spec.name}: encoders that find styles are not known to this Zscape.")
        self._others = {name: torch.from_numpy(row).to(self.device) for name, row in usual.items() if name not in given}

    @property
    def count(self) -> int:
        """Number of classes; 0 if the model has none."""
        return len(self.classes.labels) if self.classes else 0

    def weights(self, labels: Tensor) -> Tensor:
        """Return class weights [M, K] of labels [M]; K is 0 without classes."""
        return one_hot(labels, self.count).float() if self.count else torch.zeros(len(labels), 0, device=labels.device)

    def points(self, z: Tensor, c: Tensor) -> dict[str, Tensor]:
        """Return the points of latents z [M, Z] in classes c [M, K]; every other input has its default."""
        points = {name: row.expand(len(z), *row.shape[1:]) for name, row in self._others.items()}
        return {**points, self.encoder.finds: z, **({self.classes.name: c} if self.classes else {})}

    def draw(self, z: Tensor, c: Tensor) -> Tensor:
        """Draw images [M, C, H, W] at z [M, Z] in classes c [M, K], without gradients."""
        return self.generator.forward(self.points(z, c))

    def draw_with_gradients(self, z: Tensor, c: Tensor) -> Tensor:
        """Draw the same with the plain generator, so that gradients flow to z."""
        images: Tensor = self._plain(self.points(z, c))
        return images


_runners = MadeOnce(EncoderRunner)


def runner_of(model: Model, device: str = "auto") -> EncoderRunner:
    """Return the encoder runner of `model` on `device`, created once and cached while the model is in use."""
    return _runners.of(model, device)


def encode(
    model: Model,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64] | None = None,
    refine: int = 0,
    device: str = "auto",
    keep_style: bool = True,
) -> Work[Encoded]:
    """Find the latents of images uint8 [M, H, W, C] of the model's shape.

    labels: int64 [M], or None to find each class: in the same pass if the encoder classifies, otherwise by reconstructing the
    image in every class and taking the closest. refine: steps of Adam on z against the pixels (see `refinement`); an image that
    is no closer afterwards keeps the encoder's z. keep_style: refine without changing the style in the other classes. Raises
    ZscapeError for a model without an encoder, images of another shape, or labels that are not classes of the model.
    """
    check(model, images, labels)
    runner = runner_of(model, device)
    if labels is None and not runner.count:
        labels = np.zeros(len(images), np.int64)
    infer = labels is None and runner.encoder.classifies
    step = PAIRS if infer or labels is not None else max(1, PAIRS // runner.count)
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for start in range(0, len(images), step):
        x = to_float(images[start : start + step]).to(runner.device)
        given = None if labels is None else torch.from_numpy(labels[start : start + step]).to(runner.device)
        with torch.inference_mode():
            first = classified(runner, x) if infer else nearest(runner, x, given)
            found.append(corrected(runner, x, *first))
        yield Progress(min(start + step, len(images)), len(images), "Encoding")
    z, chosen, pictures = (torch.cat(parts).clone() for parts in zip(*found, strict=True))
    encoded = result(images, chosen, z, pictures, runner.encoder.finds)
    return (yield from refined(runner, encoded, refine, keep_style)) if refine else encoded


def check(model: Model, images: NDArray[np.uint8], labels: NDArray[np.int64] | None) -> None:
    """Raise ZscapeError unless these are one or more images uint8 [M, H, W, C] of the model's size with valid labels [M]."""
    channels, height, width = model.spec.image_shape
    classes = len(model.spec.class_names)
    if images.ndim != 4 or images.shape[1:] != (height, width, channels) or images.dtype != np.uint8 or not len(images):
        raise ZscapeError(
            f"{model.spec.name} takes uint8 images [M, {height}, {width}, {channels}], not {images.dtype} {list(images.shape)}."
        )
    if labels is not None and (labels.shape != (len(images),) or labels.min() < 0 or labels.max() >= max(1, classes)):
        raise ZscapeError(f"{len(images)} images need as many labels from 0 to {classes - 1}.")


def to_float(images: NDArray[np.uint8]) -> Tensor:
    """uint8 [M, H, W, C] -> float32 [M, C, H, W] in [-1, 1]."""
    return torch.tensor(images).permute(0, 3, 1, 2).float() / 127.5 - 1


def classified(runner: EncoderRunner, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return z [M, Z], labels [M] and reconstructions [M, C, H, W] of x in the classes that the encoder predicts, in one pass.

    If the probability is below SURE, every class is tried, and one is taken that is both probable and close.
    """
    z, logits = runner.encoder.infer(x)
    labels = logits.argmax(1)
    pictures = runner.draw(z, runner.weights(labels))
    unsure = logits.softmax(1).amax(1) < SURE
    if unsure.any():
        z[unsure], labels[unsure], pictures[unsure] = nearest(runner, x[unsure], None, logits[unsure])
    return z, labels, pictures


def nearest(
    runner: EncoderRunner, x: Tensor, labels: Tensor | None, logits: Tensor | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Return z [M, Z], labels [M] and reconstructions [M, C, H, W] of x in the classes `labels`, or in the closest classes.

    logits [M, K]: the encoder's class scores, weighed against how close the reconstructions are.
    """
    tried = labels if labels is not None else torch.arange(runner.count, device=x.device).repeat(len(x))
    repeats = len(tried) // len(x)
    c = runner.weights(tried)
    z = runner.encoder(x.repeat_interleave(repeats, 0), c)
    pictures = runner.draw(z, c)
    distance = (pictures.reshape(len(x), repeats, -1) - x.reshape(len(x), 1, -1)).square().mean(2)
    if logits is not None:
        distance = EVIDENCE * distance - logits.log_softmax(1)
    best = distance.argmin(1) + torch.arange(len(x), device=x.device) * repeats
    return z[best], tried[best], pictures[best]


def corrected(runner: EncoderRunner, x: Tensor, z: Tensor, labels: Tensor, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return z [N, Z], the labels and G(z, c) [N, C, H, W] after the encoder's further passes over x [N, C, H, W].

    If a pass brings the drawing no closer to x, z stays as it was.
    """
    c = runner.weights(labels)
    for _ in range(runner.encoder.passes - 1):
        better = runner.encoder.correct(x, pictures, z, c)
        drawn = runner.draw(better, c)
        closer = ((drawn - x).square().mean((1, 2, 3)) < (pictures - x).square().mean((1, 2, 3)))[:, None]
        z, pictures = torch.where(closer, better, z), torch.where(closer[:, :, None, None], drawn, pictures)
    return z, labels, pictures


def result(images: NDArray[np.uint8], labels: Tensor, z: Tensor, pictures: Tensor, finds: str) -> Encoded:
    """Collect the result for images uint8 [N, H, W, C]: labels [N], z [N, Z] and drawn pictures [N, C, H, W] on any device."""
    reconstruction = to_uint8(pictures)
    difference = (reconstruction.astype(np.float64) - images) / 255
    mse = np.square(difference).mean((1, 2, 3))
    return Encoded(images, labels.cpu().numpy(), z.cpu().numpy(), reconstruction, mse, finds)


def refined(runner: EncoderRunner, encoded: Encoded, steps: int, keep_style: bool) -> Work[Encoded]:
    """Optimise z of `encoded` for `steps` steps, PAIRS images at a time, and return the result."""
    total, done = steps * len(encoded.z), 0
    losses = np.zeros(steps)
    z_kept, reconstruction, mse = encoded.z.copy(), encoded.reconstruction.copy(), encoded.mse.copy()
    for start in range(0, len(encoded.z), PAIRS):
        part = slice(start, start + PAIRS)
        x = to_float(encoded.images[part]).to(runner.device)
        labels = torch.from_numpy(encoded.labels[part]).to(runner.device)
        z = torch.tensor(encoded.z[part], device=runner.device)
        draw: Callable[[Tensor, Tensor], Tensor] = runner.draw_with_gradients
        for step, (loss, error) in enumerate(refinement(draw, runner.weights, runner.count, x, labels, z, steps, keep_style)):
            losses[step] += loss * len(x) / len(encoded.z)
            done += len(x)
            yield Progress(done, total, "Refining", {"loss": loss, "mse": error})
        with torch.no_grad():
            drawn = runner.draw_with_gradients(z, runner.weights(labels))
        after = result(encoded.images[part], labels, z, drawn, encoded.finds)
        closer = after.mse < encoded.mse[part]
        z_kept[part][closer] = after.z[closer]
        reconstruction[part][closer] = after.reconstruction[closer]
        mse[part][closer] = after.mse[closer]
    return Encoded(encoded.images, encoded.labels, z_kept, reconstruction, mse, encoded.finds, tuple(losses.tolist()))


def restyle(model: Model, encoded: Encoded, device: str = "auto") -> NDArray[np.uint8]:
    """Draw the M styles in every class: uint8 [M, K, H, W, C], column k being class k (one column without classes)."""
    first, *others = encoded.recipes(model.space)
    points = ClassRow(first, tuple(others)).points(model.space)
    images = runner_of(model, device).generator.draw(points).images
    return images.reshape(len(encoded.z), -1, *images.shape[1:])
