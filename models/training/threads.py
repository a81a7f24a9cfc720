"""How many threads of the processor a run computes with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def cpu_threads(count: int) -> Iterator[None]:
    """Compute with `count` threads of the processor in this thread; 0: as it is.

    More are not always faster: where other programs use the cores too, each operation waits for the slowest of its threads
    (products of bfloat16 spin meanwhile, and can take a hundred times as long).
    """
    before = torch.get_num_threads()
    if count:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        if count:
            torch.set_num_threads(before)
