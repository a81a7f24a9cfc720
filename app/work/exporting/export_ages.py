"""Exports the same points as drawn by each checkpoint of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import KEY, to_json
from zscape.app.work.exporting.export import Animation, OwnFilm, to_hand_on
from zscape.models.progress import Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.work.exporting.export import See
    from zscape.models.files.run_checkpoints import Checkpoint
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark


def ages_film(ages: Sequence[Checkpoint], sweep: Sweep, space: Space) -> OwnFilm:
    """The film of `sweep`, made for a model of `space`, as each of the checkpoints `ages` draws it."""
    rows, columns = sweep.shape(space)
    _, height, width = ages[-1].spec.image_shape

    def save(animation: Animation, saved: SessionFile, device: str, see: See) -> Work[Path]:
        from zscape.models.inference.films.ages import AgesFilm, write_ages
        from zscape.models.media.film.film_formats import USUAL

        fitting, scale = animation.fitting, animation.scale

        def size(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
            return fitting.frame(frame) if fitting is not None else frame.repeat(scale, axis=0).repeat(scale, axis=1)

        film = AgesFilm(size, animation.seconds, animation.fps, animation.pictures, choices=animation.choices or USUAL)
        texts = {KEY: to_json(to_hand_on(saved))}
        return (yield from write_ages(animation.path, ages, sweep, space, film, device, texts, see))

    def last(device: str) -> tuple[NDArray[np.uint8], tuple[Mark, ...]]:
        from zscape.models.inference.films.ages import last_frame

        return last_frame(ages, sweep, space, device)

    return OwnFilm((columns * width, rows * height), save, len(ages), last)
