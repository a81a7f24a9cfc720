"""Points to pixels: a generator made ready for drawing only."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.inference.device import choose
from zscape.models.inputs.points import Points

CHUNK_SECONDS = 0.03
"""A drawing that takes longer than this is drawn in parts of about this length, so that a newer request can cut it short."""
TOLERANCE = 1e-3
"""How far the lowered generator may be from the plain one, in pixel values from -1 to 1."""
DRAFT_TOLERANCE = 0.01
"""How far drafts may be from that in the mean of all pixels; a grey level is 0.008."""
WORTH = 1.15
"""Drafts are made where they are so many times as fast."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """images uint8 [n, H, W, C]: the first n of the N asked for, n < N if cut short. notice: something the person should know."""

    images: NDArray[np.uint8]
    complete: bool
    notice: str = ""


class Artist:
    """Draws points with its own copy of a model's generator, lowered for speed where that measures the same pictures.

    Drafts are drawn in bfloat16, on processors that compute it faster: what moves is off by a grey level here and there. Falls
    back on the plain generator where lowering is not exact to TOLERANCE, on smaller batches and then on the CPU where the
    device's memory runs out.
    """

    def __init__(self, model: Model, device: str = "auto") -> None:
        self.model = model
        self.device = choose(device)
        self.lowered = False
        self._draft: nn.Module | None = None
        self._batch = 1024
        self._network = self._prepare()
        self._warm_up()

    def _prepare(self) -> nn.Module:
        plain = copy.deepcopy(self.model.generator).float().eval().requires_grad_(False)
        lower = FAMILIES[self.model.spec.family].lower
        self.lowered = False
        if lower is not None:
            candidate = lower(plain, torch.float32).eval().requires_grad_(False)
            generator = torch.Generator().manual_seed(0)
            z = torch.randn(4, plain.z_size, generator=generator)
            c = torch.softmax(torch.randn(4, plain.classes, generator=generator), dim=1)
            with torch.inference_mode():
                self.lowered = bool((candidate(z, c) - plain(z, c)).abs().max() <= TOLERANCE)
        return (candidate if self.lowered else plain).to(self.device)

    def _warm_up(self) -> None:
        """Measure how long an image of a full sheet takes; the first forward only reserves memory and prepares kernels."""
        z, c = torch.zeros(100, self.model.generator.z_size), torch.eye(self.model.generator.classes)[[0] * 100]
        for _ in range(2):
            self._seconds_per_image = 1e-9
            self.draw(Points(z.numpy(), c.numpy(), 10, 10))
        self._seconds_per_image = self._last

    @property
    def drafts(self) -> bool:
        """Whether drafts differ from other drawings."""
        return self._draft is not None

    def prepare_drafts(self) -> None:
        """Find out whether drafts are worth it here: half a dozen drawings' time. Until then, and where not, they are exact."""
        lower, plain = FAMILIES[self.model.spec.family].lower, self.model.generator
        if lower is None or self.device.type != "cpu" or not self.lowered:
            return
        draft = lower(copy.deepcopy(plain).float().eval().requires_grad_(False), torch.bfloat16)
        z = torch.randn(100, plain.z_size, generator=torch.Generator().manual_seed(0))
        c = torch.eye(plain.classes)[torch.arange(100) % plain.classes]
        seconds: dict[nn.Module, float] = {}
        with torch.inference_mode():
            if (draft(z, c) - self._network(z, c)).abs().mean() > DRAFT_TOLERANCE:
                return
            for network in (self._network, draft) * 3:
                start = time.perf_counter()
                network(z, c)
                took = time.perf_counter() - start
                seconds[network] = min(took, seconds.get(network, took))
        if seconds[draft] * WORTH < seconds[self._network]:
            self._draft = draft

    def forward(self, z: Tensor, c: Tensor, draft: bool = False) -> Tensor:
        """The network alone, for measuring: z [N, Z], c [N, K] on the device -> [N, C, H, W] in [-1, 1]."""
        with torch.inference_mode():
            result: Tensor = (self._draft if draft and self._draft else self._network)(z, c)
        return result

    def draw(self, points: Points, stop: Callable[[], bool] = lambda: False, draft: bool = False) -> Drawing:
        """Draw `points`; `stop()` is asked between parts of a drawing that takes long. draft: quickly rather than exactly."""
        parts: list[NDArray[np.uint8]] = []
        done, notice = 0, ""
        while done < len(points.z):
            if done and stop():
                return Drawing(np.concatenate(parts), False, notice)
            size = min(self._batch, max(8, int(CHUNK_SECONDS / self._seconds_per_image)))
            try:
                parts.append(self._part(points, slice(done, done + size), draft))
                done += size
                # The quickest seen: a busy moment must not lead to small parts, which are slower for good.
                self._seconds_per_image = min(self._seconds_per_image, self._last)
            except RuntimeError as error:
                if self.device.type == "cpu" or "out of memory" not in str(error).lower():
                    raise
                notice = self._use_less_memory(min(size, len(points.z)))
        return Drawing(np.concatenate(parts) if len(parts) > 1 else parts[0], True, notice)

    def _part(self, points: Points, where: slice, draft: bool) -> NDArray[np.uint8]:
        start = time.perf_counter()
        z = torch.from_numpy(points.z[where]).to(self.device)
        c = torch.from_numpy(points.c[where]).to(self.device)
        images = to_uint8(self.forward(z, c, draft))
        self._last = (time.perf_counter() - start) / len(images)  # seconds an image
        return images

    def _use_less_memory(self, size: int) -> str:
        if size > 1:
            self._batch = size // 2
            return f"The memory of {self.device} is full: drawing {self._batch} images at a time."
        full, self.device = self.device, torch.device("cpu")
        self._network = self._prepare()
        return f"The memory of {full} is full: drawing on the CPU from now on."


def to_uint8(images: Tensor) -> NDArray[np.uint8]:
    """Images [N, C, H, W] in [-1, 1] on any device -> uint8 [N, H, W, C]; 127.5 (x + 1), rounded."""
    with torch.inference_mode():
        pixels = images.mul(127.5).add_(128).clamp_(0, 255).to(torch.uint8)
        result: NDArray[np.uint8] = pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()
    return result
