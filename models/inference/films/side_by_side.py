"""Draws a sheet beside the same sheet by another model, or at another point, and their difference, as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.media.difference import difference, heat
from zscape.models.media.film.fitting import fitted
from zscape.models.media.grids import Sheets
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.tiles import suited

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Side:
    """What is shown beside a sheet.

    model: None for the model of the sheet itself. sources: its points as recipes for the sheet's model. notes: what is not the
    same for the other model.
    """

    sweep: Sweep
    model: Model | None
    sources: Sequence[Recipe]
    notes: tuple[str, ...] = ()


def other_side(sheet: Sweep, space: Space, other: Model | None, anchor: Recipe | None = None) -> Side:
    """Return what is shown beside `sheet`, made for a model of `space`: the same drawn by `other`, with its centre at `anchor`.

    None for either: the model of the sheet, the centre of the sheet. Raises ZscapeError if `other` can draw nothing of it.
    """
    base = sheet if anchor is None else replace(sheet, centre=anchor)
    if other is None:
        return Side(base, None, base.recipes(space))
    model = beside(other, space)
    sweep, notes = suited(base, space, model.space)
    return Side(sweep, model, base.recipes(space), notes)


def beside(model: Model, space: Space) -> Model:
    """Return `model` as shown beside one of `space`: with that space's directions if both take the same inputs."""
    if model.spec.inputs != space.inputs:
        return model
    return replace(model, directions=tuple(space.directions.values()))


def joined(*sheets: Picture) -> Picture:
    """Join pictures uint8 [H, W, 1 or 3] side by side, uint8 [height, width, 3]; smaller ones are enlarged pixel by pixel."""
    size = max(each.shape[1] for each in sheets), max(each.shape[0] for each in sheets)
    full = [each.repeat(3, axis=2) if each.shape[2] == 1 else each for each in sheets]
    return np.concatenate([fitted(each, size) for each in full], axis=1)


def size_of(model: Model, other: Model | None, rows: int, columns: int) -> tuple[int, int]:
    """Return the width and height of what SideBySide draws for a sheet of rows x columns tiles."""
    one, two = model.spec.image_shape, (other or model).spec.image_shape
    pictures = 3 if one[1:] == two[1:] else 2
    return pictures * columns * max(one[2], two[2]), rows * max(one[1], two[1])


class SideBySide:
    """Draws a sheet of `model`, the sheet beside it (`other_side`), and their difference, from left to right.

    scale: factor that stretches the colours of the difference. apart: mean and largest difference of the last drawing, from 0 to
    1; None if the pictures have different sizes, and then there is no heat map. notes: as those of Side. Raises ZscapeError if
    the other model can draw nothing of a sheet.
    """

    def __init__(
        self, model: Model, other: Model | None, device: str = "auto", anchor: Recipe | None = None, scale: float = 1.0
    ) -> None:
        self._space, self._other, self._anchor, self._scale = model.space, other, anchor, scale
        self._lay = Sheets(), Sheets(), Sheets()
        self._left = self._right = GeneratorRunner(model, device)
        if other is not None:
            self._right = GeneratorRunner(beside(other, model.space), device)
        self.apart: tuple[float, float] | None = None
        self.notes: tuple[str, ...] = ()

    def __call__(self, sheet: Sweep) -> Picture:
        """Draw `sheet`: uint8 [H, W, 3]."""
        side = other_side(sheet, self._space, self._other, self._anchor)
        self.notes = side.notes
        points = sheet.points(self._space)
        left = self._left.draw(points).images
        right = self._right.draw(side.sweep.points(self._right.model.space)).images
        pictures = [lay(each, points.rows, points.columns) for lay, each in zip(self._lay, (left, right), strict=False)]
        self.apart = None
        if left.shape[:3] == right.shape[:3]:
            values = difference(left, right)
            self.apart = float(values.mean()), float(values.max())
            pictures.append(self._lay[2](heat(values, self._scale), points.rows, points.columns))
        return joined(*pictures)
