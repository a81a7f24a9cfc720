"""How evenly the machine itself computes: the same product of matrices, again and again."""

from __future__ import annotations

import statistics
import time

import torch

SECONDS = 3.0
"""How long is measured."""
SIDE = 512
"""Side of the matrices: their product takes about as long as one layer of a sheet."""


def machine() -> dict[str, float]:
    """Return the median time of a product of two float32 matrices [SIDE, SIDE], and how far it varies.

    Milliseconds, and the 95th percentile as a multiple of the median: near 1 on an idle machine; more where a virtual machine
    shares its cores with others, whose load does not appear among the processes. No figure of the window is steadier than this.
    """
    a, b = torch.randn(SIDE, SIDE), torch.randn(SIDE, SIDE)
    times: list[float] = []
    torch.mm(a, b)
    began = time.perf_counter()
    while not times or time.perf_counter() - began < SECONDS:
        start = time.perf_counter()
        torch.mm(a, b)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    median = statistics.median(times)
    return {
        "product_ms": median,
        "product_p95_over_p50": times[int(0.95 * len(times))] / median,
        "product_max_over_p50": times[-1] / median,
    }
