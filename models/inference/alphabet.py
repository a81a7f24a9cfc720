"""The letters of a model in one style as a typeface, and a word whose style changes over time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.lettering.line import SetLine, common_frame, picture_of, set_line
from zscape.models.lettering.typeface import Typeface, check_letters, typeface_of
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_file import film_texts
from zscape.models.media.film.film_formats import frame_count
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.single import ClassRow
from zscape.models.timeline.ready_made import tour


def alphabet(runner: GeneratorRunner, recipe: Recipe) -> NDArray[np.uint8]:
    """Draw the point of `recipe` in every class: uint8 [K, H, W, C]."""
    return runner.draw(ClassRow(recipe).points(runner.model.space)).images


def typeface_at(runner: GeneratorRunner, recipe: Recipe, only: str = "") -> Typeface:
    """Make the typeface at a point. only: the letters needed, "" for all.

    Raises ZscapeError for a model whose classes are not single letters.
    """
    letters = runner.model.spec.class_names
    check_letters(letters)
    return typeface_of(alphabet(runner, recipe), letters, only)


def recipe_like(
    model: Model, picture: NDArray[np.uint8], letter: str | None = None, refine: int = 0, device: str = "auto"
) -> Work[Recipe]:
    """Find the point of a picture of one letter, uint8 [H, W, C], prepared for the model.

    letter: which letter it is, None to have it found. refine: see `encode`. Raises ZscapeError for a model without an encoder and
    for a letter that it does not draw.
    """
    labels = None
    if letter is not None:
        labels = np.array([Classes("class", model.spec.class_names).number(letter)], np.int64)
    encoded = yield from encode(model, picture[None], labels, refine=refine, device=device)
    return encoded.recipes(model.space)[0]


def write_word(
    path: Path, runner: GeneratorRunner, stops: Sequence[Recipe], text: str, height: int, seconds: float, fps: float
) -> Work[None]:
    """Write `text` as an animation, black on white, through the styles at `stops` and back to the first.

    The file also carries the timeline. height: in pixels. Raises ZscapeError for anything that `set_line`, `picture_of` or
    `write_animation` refuses, and for a single stop.
    """
    timeline = tour(stops, runner.model.space, seconds)
    count = max(2, frame_count(path, seconds, fps))
    lines: list[SetLine] = []
    for number in range(count):
        yield Progress(number, count, "Setting the word")
        recipe = timeline.at(number * seconds / count, runner.model.space)
        lines.append(set_line(typeface_at(runner, recipe, text), text))
    frame = common_frame(lines)
    texts = film_texts(timeline, runner.model.spec.name, runner.model.spec.run)
    pictures = (picture_of(line, height, frame).repeat(3, 2) for line in lines)
    yield from write_animation(path, pictures, fps, count, metadata=texts)
