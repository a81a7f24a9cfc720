"""The exponential moving average of the generator's weights, which is shown, saved and used."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from zscape.models.families.base import Generator
from zscape.models.families.layers.tone import Tone, measured, raw
from zscape.models.inputs.space import Space
from zscape.models.training.steps.points import balanced, draw_points

ENOUGH = 50_000
"""Pixels of a batch on which a tone curve is measured: all of 64 images of 28x28, a part of larger ones."""

Tensors = list[Tensor] | tuple[Tensor, ...]


def averaged(network: nn.Module, decay: float) -> AveragedModel:
    """Return an exponential moving average of `network`, with a warm-up.

    After step t each weight w becomes d w + (1 - d) new, with d = min(decay, (1 + t) / (10 + t)). The warm-up forgets the random
    initial weights; without it they would blur the first few thousand steps. The running statistics of batch norm are not
    averaged but measured afresh (see `recalibrated`): a mean of statistics of different weights is not the statistics of the mean
    weights, and the difference is visible.
    """

    def update(averages: Tensors, news: Tensors, count: Tensor | int) -> None:
        rate = min(decay, (1 + int(count)) / (10 + int(count)))
        torch._foreach_lerp_(averages, news, 1 - rate)

    return AveragedModel(network, multi_avg_fn=update)


Drawing = Callable[[Tensor, torch.Generator], dict[str, Tensor]]


def recalibrated(
    average: AveragedModel,
    space: Space,
    batches: int,
    levels: Tensor | None = None,
    size: int = 64,
    draw: Drawing | None = None,
) -> Iterator[Generator | None]:
    """Yield None after each batch, then an evaluation copy of `average` with batch-norm statistics of its own images.

    These are averaged over `batches` batches of `size` points of `space` with balanced classes, drawn from a fixed seed: the same
    weights always get the same statistics. draw: returns the points for classes [N, K]; random ones by default. levels [256]:
    histogram of the real pixels, to which a generator with a tone curve is fitted; None leaves the curve.
    """
    generator = cast(Generator, copy.deepcopy(average.module))
    norms = [part for part in generator.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over the batches
    tones = [part for part in generator.modules() if isinstance(part, Tone)] if levels is not None else []
    generator.train()
    met: list[dict[str, Tensor]] = []  # kept for reuse: where an encoder finds the points, finding takes longer than drawing
    for points in _points(generator, space, batches if norms or tones else 0, size, draw):
        met.append(points)
        if norms:
            with torch.no_grad():
                generator(points)
            yield None
    for norm in norms:
        norm.momentum = 0.1
    generator.eval()
    if levels is not None and tones:
        yield from _toned(generator, tones[0], levels, met)
    yield generator.requires_grad_(False)


def _points(generator: Generator, space: Space, batches: int, size: int, draw: Drawing | None) -> Iterator[dict[str, Tensor]]:
    """Yield points on the generator's device, the same each time."""
    random = torch.Generator().manual_seed(0)
    device = next(generator.parameters()).device
    for _ in range(batches):
        c = balanced(space, size).to(device)
        yield draw(c, random) if draw else draw_points(space, c, random)


def _toned(generator: Generator, tone: Tone, levels: Tensor, points: Iterable[dict[str, Tensor]]) -> Iterator[None]:
    """Measure the tone curve of `generator` on the images it draws at `points`."""
    seen: list[Tensor] = []

    def keep(_: nn.Module, given: tuple[Tensor, ...]) -> None:
        values = raw(given[0]).flatten()
        seen.append(values[:: max(1, len(values) // ENOUGH)].cpu())

    hook = tone.register_forward_pre_hook(keep)
    try:
        for each in points:
            with torch.no_grad():
                generator(each)
            yield None
    finally:
        hook.remove()
    tone.curve.copy_(measured(torch.cat(seen), levels))
