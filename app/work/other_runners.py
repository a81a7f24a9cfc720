"""The runners of models that draw beside the open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner

MOST = 256 << 20
"""Bytes of weights that stay ready to draw; the model that was not wanted for longest goes first."""


class OtherRunners:
    """Keeps those that were wanted last, as far as there is room."""

    def __init__(self) -> None:
        self._kept: list[GeneratorRunner] = []  # the last one wanted at the end

    def of(self, model: Model, device: str) -> GeneratorRunner:
        """What draws `model` on `device` (in torch's words)."""
        from zscape.models.inference.runner import GeneratorRunner

        runner = next((each for each in self._kept if each.serves(model, device)), None) or GeneratorRunner(model, device)
        self._kept = [*(each for each in self._kept if each is not runner), runner]
        while len(self._kept) > 1 and sum(each.weight_bytes for each in self._kept) > MOST:
            self._kept.pop(0)
        return runner
