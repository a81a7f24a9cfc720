"""The images of each channel's last sheet, which replace the missing ones of an interrupted drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inference.runner import GeneratorRunner


class StandIns:
    """Used only in the renderer's thread. Images are uint8 [N, H, W, C]."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[GeneratorRunner, NDArray[np.uint8]]] = {}

    def clear(self) -> None:
        """Remove all images."""
        self._last.clear()

    def has(self, channel: str, runner: GeneratorRunner, count: int) -> bool:
        """Whether there are `count` images drawn by `runner`."""
        by, old = self._last.get(channel, (None, ()))
        return by is runner and len(old) == count

    def fill_up(self, channel: str, runner: GeneratorRunner, images: NDArray[np.uint8], count: int) -> NDArray[np.uint8]:
        """`images` followed by older ones, `count` in all; the result is kept for the next time."""
        if len(images) < count:
            old = self._last[channel][1].copy()
            old[: len(images)] = images
            images = old
        self._last[channel] = runner, images
        return images
