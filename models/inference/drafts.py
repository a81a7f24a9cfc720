"""Drafts: faster, less exact drawing for moving pictures where exact drawing would take too long."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Generator as Generator_

import torch
from torch import Tensor, nn

from zscape.models.families.base import Generator

TOLERANCE = 0.01
"""Maximum error of whole drafts: mean over all pixels, which run from -1 to 1; a grey level is 0.008."""
WORTH = 1.15
"""A kind of draft is used if it is at least this many times as fast as the better kind before it."""
SECONDS = 0.016
"""Whole pictures are drawn while moving if all of them take no longer than this: sixty times a second."""
TRIALS = 3
MOST_HALVINGS = 2


class Drafts:
    """Drafts of one generator (in evaluation mode, float32) on the CPU.

    The first kind are whole pictures in bfloat16, on processors that compute it faster; some pixels are off by a grey level. The
    other kinds come from earlier layers, at half or a quarter of the side length, enlarged again, if the family has them
    (`Generator.preview_twin`). Each kind is used for as many pictures as it draws in the time allowed, the coarsest for more.

    forward(network, points): the images [N, C, H, W] of `network` at points. exact: the network that draws exactly.
    """

    def __init__(
        self,
        generator: Generator,
        exact: nn.Module,
        forward: Callable[[nn.Module, Mapping[str, Tensor]], Tensor],
        points: Mapping[str, Tensor],
    ) -> None:
        """points: those used to try the kinds, input name -> float32 [N, ...]."""
        self._generator, self._exact, self._forward, self._points = generator, exact, forward, points
        self._kinds: list[tuple[nn.Module, float]] = []  # with seconds per image, better kinds first; empty until tried
        self._trial = self._try()

    def prepare(self, stop: Callable[[], bool]) -> bool:
        """Try the kinds in steps, each as long as drawing the points; `stop()` is called between the steps.

        Returns whether all have been tried; until then everything is drawn exactly. Another call continues with the next step.
        """
        return all(not stop() for _ in self._trial)

    def of(self, count: int, allowed: float = 0.0) -> nn.Module | None:
        """Return the network for `count` moving pictures; None to draw them exactly.

        allowed: the seconds that all of them may take, if that is more than SECONDS.
        """
        if not self._kinds:
            return None
        most = max(SECONDS, allowed)
        chosen = next((network for network, seconds in self._kinds if count * seconds <= most), self._kinds[-1][0])
        return chosen if chosen is not self._exact else None

    def _try(self) -> Iterator[None]:
        whole = self._generator.fast_twin(torch.bfloat16)
        best, dtype = self._exact, torch.float32
        if whole is not None and (yield from self._is_near(whole)):
            before, after = yield from self._seconds(best, whole)
            if after * WORTH < before:
                best, dtype = whole, torch.bfloat16
        kinds = [(best, (yield from self._seconds(best))[0])]
        pictures = self._drawn(self._exact)
        for halvings in range(1, MOST_HALVINGS + 1):
            preview = self._generator.preview_twin(dtype, halvings, self._points, pictures)
            yield
            if preview is None:
                break
            before, after = yield from self._seconds(kinds[-1][0], preview)
            if after * WORTH >= before:
                break
            kinds.append((preview, after))
        self._kinds = kinds

    def _is_near(self, whole: nn.Module) -> Generator_[None, None, bool]:
        """Whether its pictures are the exact ones, apart from single grey levels."""
        exact = self._drawn(self._exact)
        yield
        near = bool((self._drawn(whole) - exact).abs().mean() <= TOLERANCE)
        yield
        return near

    def _seconds(self, *networks: nn.Module) -> Generator_[None, None, list[float]]:
        """Return the seconds per image of each network, the minimum of several trials after a warm-up.

        The networks take turns, so that other load on the machine affects all alike.
        """
        least = [math.inf] * len(networks)
        for trial in range(TRIALS + 1):
            for place, network in enumerate(networks):
                start = time.thread_time()  # CPU time of this thread: other programs and the window may use the processor
                images = self._drawn(network)
                if trial:
                    least[place] = min(least[place], (time.thread_time() - start) / len(images))
                yield
        return least

    def _drawn(self, network: nn.Module) -> Tensor:
        with torch.inference_mode():
            return self._forward(network, self._points)
