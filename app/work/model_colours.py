"""The most frequent colours in the pictures of a colour model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.palette import Colour

COUNT = 48
"""How many pictures are drawn to find their colours."""
SIMPLE = tuple(QColor(name) for name in ("black", "white", "#d33a2c", "#e8a33d", "#4b9b4b", "#3a6fd0", "#7a4a2b"))
"""The colours for drawing until the model's own colours are known."""


@dataclass(frozen=True)
class ModelColours:
    """palette: the frequent colours in a model's pictures. ground: their background colour."""

    palette: tuple[Colour, ...]
    ground: Colour


def colours_of(model: Model) -> Work[ModelColours]:
    """Find the colours in the pictures of a colour model."""
    yield Progress(0, 1, "Looking at the colours")
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.inputs.sampling import sample
    from zscape.models.media.palette import frequent_colours, ground_of

    images = GeneratorRunner(model, "cpu").draw(sample(model.space, COUNT, 1)).images
    return ModelColours(frequent_colours(images), ground_of(images))
