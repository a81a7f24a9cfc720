"""Runs a generator that is prepared for drawing only: points to pixels."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.device import choose
from zscape.models.inference.drafts import Drafts
from zscape.models.inference.inside.unit_edits import EditableGenerator, forward
from zscape.models.inference.styles import StyleMeans, planned
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import Points
from zscape.models.inputs.space import Space

CHUNK_SECONDS = 0.03
"""A batch that takes longer than this is drawn in parts of about this length, so that a newer request can interrupt it."""
LONGEST = 0.25
"""Maximum seconds for a part of a few images: with a slow model even a strip of seven can be interrupted."""
FIRST_CHUNK = 25
"""Number of images in the first part, while the time per image is not known."""
MOST_TRIED = 100
"""Maximum number of images used to test whether drafts are worthwhile; no more than a part has."""
TOLERANCE = 1e-3
"""Maximum difference between the fast twin and the generator, in pixel values from -1 to 1."""


@dataclass(frozen=True, eq=False)
class ImageBatch:
    """images uint8 [n, H, W, C]: the first n of the N requested, n < N if cut short. notice: a message for the user."""

    images: NDArray[np.uint8]
    complete: bool
    notice: str = ""


class GeneratorRunner:
    """Draws points with its own copy of a model's generator: with its fast twin if that was measured to draw the same images.

    Moving pictures may be drawn as drafts (`Drafts`). It falls back on the plain generator if the twin is not exact to TOLERANCE,
    and on smaller batches and then on the CPU if the device runs out of memory. Points with edits of units are drawn exactly, by
    the plain generator (`editable`).
    """

    def __init__(self, model: Model, device: str = "auto") -> None:
        self.model = model
        self.device = choose(device)
        self._of = model.spec.name, model.spec.run
        self.fast = False
        self._drafts: Drafts | None = None  # until they are tried
        self._batch = 1024
        self._seconds_per_image: float | None = None  # None until it is known
        self._network = self._prepare()

    def _prepare(self) -> nn.Module:
        plain = copy.deepcopy(self.model.generator).float().eval().requires_grad_(False)
        twin = plain.fast_twin(torch.float32)
        self.fast = False
        if twin is not None:
            twin = twin.eval().requires_grad_(False)
            with torch.inference_mode():
                points = prior(self.model.space, 4)
                self.fast = bool((self._forward(twin, points) - self._forward(plain, points)).abs().max() <= TOLERANCE)
        network: nn.Module = (twin if twin is not None and self.fast else plain).to(self.device)
        self._means = StyleMeans(self._mapped, self.model.space, self.device)
        self._editable: EditableGenerator | None = None
        return network

    @property
    def editable(self) -> EditableGenerator:
        """The generator that draws with edits of units and shows the maps of a layer, created on first use."""
        if self._editable is None:
            self._editable = EditableGenerator(self.model.generator, self.model.space, self.device, prior(self.model.space, 2))
        return self._editable

    def serves(self, model: Model, device: str) -> bool:
        """Whether it draws the same as `model` on `device`; if so, it takes over the model's directions."""
        if self.model.generator is not model.generator or self.device != choose(device):
            return False
        self.model = model
        return True

    @property
    def weight_bytes(self) -> int:
        """Memory used by its own copy of the weights, in bytes."""
        return sum(each.nbytes for each in (*self._network.parameters(), *self._network.buffers()))

    def drafted(self, count: int, allowed: float = 0.0) -> bool:
        """Whether drafts of that many images differ from exact drawing. allowed: as for `draw`."""
        return self._drafts is not None and self._drafts.of(count, allowed) is not None

    def prepare_drafts(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Find out which drafts are worthwhile here, in steps as long as a part of a batch. Until then they are exact.

        `stop()` is called between the steps. Returns whether this is finished; another call continues with the next step.
        """
        if self.device.type != "cpu" or not self.fast:
            return True
        if self._drafts is None:
            plain = copy.deepcopy(self.model.generator).float().eval().requires_grad_(False)
            points = prior(self.model.space, min(self._part_size(1), MOST_TRIED))
            self._drafts = Drafts(plain, self._network, self._forward, points)
        return self._drafts.prepare(stop)

    def forward(self, points: Mapping[str, Tensor], draft: bool = False, count: int = 0, allowed: float = 0.0) -> Tensor:
        """Run the network: tensors of points on the device, with styles if already computed -> [N, C, H, W] in [-1, 1].

        draft: fast rather than exact. count: for drafts, the number of images of which these are a part; 0 if they are all.
        allowed: as for `draw`.
        """
        network = self._network
        if draft and self._drafts is not None:
            network = self._drafts.of(count or len(next(iter(points.values()))), allowed) or network
        with torch.inference_mode():
            return self._forward(network, points)

    def _forward(self, network: nn.Module, points: Mapping[str, Tensor]) -> Tensor:
        return forward(network, points, self.model.space)

    def tensors(self, points: Points) -> dict[str, Tensor]:
        """Return `points` on the device, input name -> float32 [N, ...], with their styles computed."""
        found = {name: torch.from_numpy(np.ascontiguousarray(array)).to(self.device) for name, array in points.items()}
        if points.plan is not None:
            with torch.inference_mode():
                found[points.plan.name] = planned(points.plan, self._mapped, self._means, self.device)
        return found

    def _mapped(self, points: Mapping[str, Tensor]) -> Tensor:
        with torch.inference_mode():
            styles: Tensor = self._network.styles(points)  # type: ignore[operator]
        return styles

    def with_styles(self, points: Points) -> Points:
        """Return the points with their styles computed, if the model has styles, and marked as points of this model."""
        of = points.of or self._of
        if points.plan is None:
            return points if points.of else replace(points, of=of)
        with torch.inference_mode():
            styles = planned(points.plan, self._mapped, self._means, self.device).cpu().numpy()
        return replace(points, arrays={**points.arrays, points.plan.name: styles}, plan=None, of=of)

    def draw(
        self, points: Points, stop: Callable[[], bool] = lambda: False, draft: bool = False, allowed: float = 0.0
    ) -> ImageBatch:
        """Draw `points`; `stop()` is called between parts of a batch that takes long.

        draft: fast rather than exact. allowed: the seconds that a draft may take; 0 for as many as while a slider moves.
        Raises ZscapeError if the output is not images of the model's shape with finite pixels, and for edits of units that the
        generator does not have.
        """
        for value in {id(each): each for each in points.units}.values():
            self.editable.check(value, self.model.spec.name)
        parts: list[NDArray[np.uint8]] = []
        done, notice, size = 0, "", 0
        while done < points.count:
            if done and stop():
                return ImageBatch(np.concatenate(parts), False, notice)
            size = self._next_size(size, points.count - done)
            try:
                parts.append(self._part(points, slice(done, done + size), draft, allowed))
                done += size
                # Use the fastest so far: neither the first part, when kernels are prepared, nor a moment of other load may lead
                # to small parts, which would stay slower.
                self._seconds_per_image = min(self._seconds_per_image or self._last, self._last)
            except RuntimeError as error:
                if self.device.type == "cpu" or "out of memory" not in str(error).lower():
                    raise
                notice = self._use_less_memory(min(size, points.count))
        return ImageBatch(np.concatenate(parts) if len(parts) > 1 else parts[0], True, notice)

    def _next_size(self, size: int, left: int) -> int:
        """Return the number of images in the next part, of `left` still to draw. size: that of the part before, 0 at first.

        The parts of one drawing are nearly equal and stay so unless they take long, because kernels are prepared for each new
        size.
        """
        if size and size <= self._batch and size * (self._seconds_per_image or 0) <= 2 * CHUNK_SECONDS:
            return size
        size = min(self._batch, self._part_size(8))
        parts = max(math.ceil(left / self._batch), math.ceil(left / (1.25 * size)))
        return math.ceil(left / parts)

    def _part_size(self, least: int) -> int:
        """Return the number of images in a part that takes about CHUNK_SECONDS; at least `least`, within LONGEST."""
        if not self._seconds_per_image:
            return FIRST_CHUNK
        longest = max(1, int(LONGEST / self._seconds_per_image))
        return max(min(least, longest), int(CHUNK_SECONDS / self._seconds_per_image))

    def _part(self, points: Points, where: slice, draft: bool, allowed: float) -> NDArray[np.uint8]:
        start = time.perf_counter()
        some = points if where.start == 0 and where.stop >= points.count else points.part(where)
        tensors = self.tensors(some)
        images = self.editable.draw(tensors, some.units) if some.units else self.forward(tensors, draft, points.count, allowed)
        pixels = self.pixels(images, some.count)
        self._last = (time.perf_counter() - start) / len(pixels)  # seconds per image
        return pixels

    def pixels(self, images: Tensor, count: int = 1) -> NDArray[np.uint8]:
        """Convert the output for `count` points to uint8 [N, H, W, C].

        Raises ZscapeError if it is not images of the model's shape with finite pixels.
        """
        if images.shape != (count, *self.model.spec.image_shape):
            raise ZscapeError(
                f"{self.model.spec.name} drew {list(images.shape)} where {[count, *self.model.spec.image_shape]} was "
                "expected: the model does not keep to its image shape."
            )
        if not bool(torch.isfinite(images).all()):
            raise ZscapeError(
                f"{self.model.spec.name} draws numbers that are not finite: go back to an earlier checkpoint of it."
            )
        return to_uint8(images)

    def _use_less_memory(self, size: int) -> str:
        if size > 1:
            self._batch = size // 2
            return f"The memory of {self.device} is full: drawing {self._batch} images at a time."
        full, self.device = self.device, torch.device("cpu")
        self._network = self._prepare()
        return f"The memory of {full} is full: drawing on the CPU from now on."


def prior(space: Space, count: int, seed: int = 0) -> dict[str, Tensor]:
    """Draw points of `space` as in training, but with every class in turn: input name -> float32 [count, ...]."""
    drawn = {each.name: torch.from_numpy(each.prior(count, seed)) for each in space.inputs if each is not space.styles}
    classes = space.first(Classes)
    if classes is not None:
        drawn[classes.name] = torch.eye(len(classes.labels))[torch.arange(count) % len(classes.labels)]
    return drawn


def to_uint8(images: Tensor) -> NDArray[np.uint8]:
    """Convert images [N, C, H, W] in [-1, 1] on any device to uint8 [N, H, W, C]; 127.5 (x + 1), rounded."""
    with torch.inference_mode():
        pixels = images.mul(127.5).add_(128).clamp_(0, 255).to(torch.uint8)
        result: NDArray[np.uint8] = pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()
    return result
