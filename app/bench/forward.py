"""The generator alone: plain compared with fast."""

from __future__ import annotations

import copy
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch

from zscape.models.files.checkpoint import load_model
from zscape.models.inference.runner import GeneratorRunner, prior

REPEATS = 25


def median_ms(*calls: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """The median of `repeats` milliseconds for each call; the calls take turns, so that a disturbance affects all alike."""
    times: list[list[float]] = [[] for _ in calls]
    for call in calls:
        call()
    for _ in range(repeats):
        for call, kept in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            kept.append(1000 * (time.perf_counter() - start))
    return [statistics.median(kept) for kept in times]


def forward(path: Path, device: str) -> dict[str, float]:
    """The bare forward pass of the plain and the fast generator of the model at `path` for 1, 10 and 100 images: ms, ratios."""
    model = load_model(path)
    runner = GeneratorRunner(model, device)
    runner.prepare_drafts()
    plain = copy.deepcopy(model.generator).float().eval().requires_grad_(False).to(runner.device)
    figures: dict[str, float] = {"fast": float(runner.fast)}
    for count in (1, 10, 100):
        points = {name: each.to(runner.device) for name, each in prior(model.space, count).items()}

        def run_plain(points: dict[str, torch.Tensor] = points) -> None:
            with torch.inference_mode():
                plain(points).cpu()

        def run_fast(points: dict[str, torch.Tensor] = points) -> None:
            runner.forward(points).cpu()

        def run_draft(points: dict[str, torch.Tensor] = points) -> None:
            runner.forward(points, draft=True).cpu()

        calls = (run_plain, run_fast, *([run_draft] if runner.drafted(count) else []))
        names = ("plain", "fast", "draft")
        figures |= {f"{name}_{count}_ms": each for name, each in zip(names, median_ms(*calls), strict=False)}
        figures[f"plain_over_fast_{count}"] = figures[f"plain_{count}_ms"] / figures[f"fast_{count}_ms"]
    return figures


def bare_ms(runner: GeneratorRunner, repeats: int, draft: bool) -> list[float]:
    """Milliseconds of each of `repeats` bare forward passes of the fast generator, or of drafts, for 100 images in memory."""
    points = {name: each.to(runner.device) for name, each in prior(runner.model.space, 100).items()}
    times = []
    for _ in range(repeats + 3):
        start = time.perf_counter()
        runner.forward(points, draft).cpu()
        times.append(1000 * (time.perf_counter() - start))
    return times[3:]
