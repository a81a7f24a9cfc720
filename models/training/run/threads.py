"""Sets the number of CPU threads that a run computes with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def cpu_threads(count: int) -> Iterator[None]:
    """Compute with `count` CPU threads in this thread; 0 leaves the number as it is.

    More threads are not always faster: if other programs use the cores too, each operation waits for the slowest of its threads
    (bfloat16 products spin meanwhile, and can take a hundred times as long).
    """
    before = torch.get_num_threads()
    if count:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        if count:
            torch.set_num_threads(before)
