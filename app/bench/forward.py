"""The generator alone: plain against lowered."""

from __future__ import annotations

import copy
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch

from zscape.models.files.checkpoint import load_model
from zscape.models.inference.runner import Artist

REPEATS = 25


def median_ms(*calls: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """Milliseconds of each call, the median of `repeats`; the calls take turns, so that a noisy moment hits all alike."""
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
    """Bare forward of the plain and the lowered generator of the model at `path`, for 1, 10 and 100 images: ms and ratios."""
    model = load_model(path)
    artist = Artist(model, device)
    artist.prepare_drafts()
    plain = copy.deepcopy(model.generator).float().eval().requires_grad_(False).to(artist.device)
    figures: dict[str, float] = {"lowered": float(artist.lowered)}
    for count in (1, 10, 100):
        z = torch.randn(count, plain.z_size, generator=torch.Generator().manual_seed(0)).to(artist.device)
        c = torch.eye(plain.classes)[torch.arange(count) % plain.classes].to(artist.device)

        def run_plain(z: torch.Tensor = z, c: torch.Tensor = c) -> None:
            with torch.inference_mode():
                plain(z, c).cpu()

        def run_lowered(z: torch.Tensor = z, c: torch.Tensor = c) -> None:
            artist.forward(z, c).cpu()

        def run_draft(z: torch.Tensor = z, c: torch.Tensor = c) -> None:
            artist.forward(z, c, draft=True).cpu()

        calls = (run_plain, run_lowered, *([run_draft] if artist.drafts else []))
        names = ("plain", "lowered", "draft")
        figures |= {f"{name}_{count}_ms": each for name, each in zip(names, median_ms(*calls), strict=False)}
        figures[f"plain_over_lowered_{count}"] = figures[f"plain_{count}_ms"] / figures[f"lowered_{count}_ms"]
    return figures


def bare_ms(artist: Artist, repeats: int, draft: bool) -> list[float]:
    """Milliseconds of each of `repeats` bare forwards of the lowered generator, or of drafts, for 100 images in memory."""
    z = torch.randn(100, artist.model.spec.z_size, generator=torch.Generator().manual_seed(0)).to(artist.device)
    count = len(artist.model.spec.class_names)
    c = torch.eye(count)[torch.arange(100) % count].to(artist.device)
    times = []
    for _ in range(repeats + 3):
        start = time.perf_counter()
        artist.forward(z, c, draft).cpu()
        times.append(1000 * (time.perf_counter() - start))
    return times[3:]
