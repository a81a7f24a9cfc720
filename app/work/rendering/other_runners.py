"""The runners of models that draw beside the open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner

MOST = 256 << 20
"""Bytes of weights that stay ready to draw; the model unused for longest is dropped first."""


class OtherRunners:
    """Keeps the runners used last, as far as memory allows."""

    def __init__(self) -> None:
        self._kept: list[GeneratorRunner] = []  # the one used last is at the end

    def of(self, model: Model, device: str) -> GeneratorRunner:
        """The runner that draws `model` on `device` (as torch names it)."""
        from zscape.models.inference.runner import GeneratorRunner

        runner = next((each for each in self._kept if each.serves(model, device)), None) or GeneratorRunner(model, device)
        self._kept = [*(each for each in self._kept if each is not runner), runner]
        while len(self._kept) > 1 and sum(each.weight_bytes for each in self._kept) > MOST:
            self._kept.pop(0)
        return runner
