"""The colours that are frequent in what a colour model draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.palette import Colour

COUNT = 48
"""Pictures that are drawn to see which colours they have."""
SIMPLE = tuple(QColor(name) for name in ("black", "white", "#d33a2c", "#e8a33d", "#4b9b4b", "#3a6fd0", "#7a4a2b"))
"""What one can draw with until the model's own colours are known."""


@dataclass(frozen=True)
class ModelColours:
    """palette: what is frequent in what a model draws. ground: what is behind it."""

    palette: tuple[Colour, ...]
    ground: Colour


def colours_of(model: Model) -> Work[ModelColours]:
    """The colours of what a colour model draws."""
    yield Progress(0, 1, "Looking at the colours")
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.inputs.sampling import sample
    from zscape.models.media.palette import frequent_colours, ground_of

    images = GeneratorRunner(model, "cpu").draw(sample(model.space, COUNT, 1)).images
    return ModelColours(frequent_colours(images), ground_of(images))
