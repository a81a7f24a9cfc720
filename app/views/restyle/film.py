"""The film of the restyle view: the user's picture, and beside it what the model draws in its style, in each class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.saved_session import SessionFile
from zscape.app.work.exporting.export import Animation, Drawing, OwnFilm, save_animation
from zscape.models.progress import Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.views.restyle.state import Restyle
    from zscape.app.work.exporting.export import See
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark

    Picture = NDArray[np.uint8]

FILM = "Your picture beside every class"
LEG, HOLD = 0.6, 0.5
"""The fractions of the time for moving between classes, and for holding each class."""


def films_of(restyle: Restyle | None, model: Model | None) -> dict[str, OwnFilm]:
    """The film of `restyle` by its label; none if no style was found, or the model has no classes."""
    if restyle is None or restyle.found is None or model is None or len(model.space.labels) < 2:
        return {}
    picture = restyle.picture.array
    fits = picture.shape[:2] == model.spec.image_shape[1:]
    return {FILM: _beside(picture, restyle.found, model)} if fits else {}


def _beside(picture: Picture, found: Recipe, model: Model) -> OwnFilm:
    from zscape.models.sweeps.single import Single
    from zscape.models.timeline.edits import with_length
    from zscape.models.timeline.ready_made import through_the_classes

    _, height, width = model.spec.image_shape
    drawing, sweep = Drawing((2 * width, height), lambda drawn_by, device: _frames(picture, drawn_by, device)), Single(found)

    def save(animation: Animation, saved: SessionFile, device: str, see: See) -> Work[Path]:
        timeline = with_length(through_the_classes(found, model.space, LEG, HOLD), animation.seconds)
        return save_animation(animation, model, sweep, timeline, saved, device, see, drawing)

    def last(device: str) -> tuple[Picture, tuple[Mark, ...]]:
        return drawing.make(model, device)(sweep), ()  # it ends where it begins

    return OwnFilm(drawing.size, save, len(model.space.labels), last)


def _frames(picture: Picture, model: Model, device: str) -> Callable[[Sweep], Picture]:
    """A function that draws a sweep of one point as a frame, with `picture` at its left."""
    import numpy as np

    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.media.grids import grid

    runner = GeneratorRunner(model, device)

    def draw(sweep: Sweep) -> Picture:
        return grid(np.concatenate([picture[None], runner.draw(sweep.points(model.space)).images]), 1, 2)

    return draw
