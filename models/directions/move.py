"""Moving points along a direction, with the attributes of others where they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zscape.models.directions.lock import compensation, drift
from zscape.models.directions.samples import moved
from zscape.models.errors import ZscapeError
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.latent import Latent
from zscape.models.inputs.points import Points
from zscape.models.inputs.styles import Styles
from zscape.models.progress import finish

CORRECTIONS = 3
"""How often what has drifted is moved back: each time about a quarter is left."""


def move(runner: GeneratorRunner, points: Points, direction: str, amount: float, keep: Sequence[str] = ()) -> Points:
    """`points` moved by `amount` (in the direction's units, standard deviations) along `direction`, which the model knows.

    keep: other directions whose attributes stay: as far as their effect is linear, and those that can be measured on pictures
    also beyond that, picture by picture. Raises ZscapeError for a direction that is not known, or an amount that is no number.
    """
    model = runner.model
    known = model.space.directions
    if not np.isfinite(amount):
        raise ZscapeError("The amount must be a number, such as 2.0.")
    if direction not in known:
        names = ", ".join(known) or "none yet, see find_directions"
        raise ZscapeError(f"{model.spec.name} knows no direction {direction!r}; it knows: {names}.")
    start = found = runner.with_styles(points)
    for name, size in {direction: amount, **compensation({direction: amount}, known, keep)}.items():
        found = _along(runner, found, known[name], size)
    kept = [known[name] for name in keep if name != direction]
    if not kept:
        return found
    before = finish(drawn(runner, start))
    for _ in range(CORRECTIONS):
        for each, amounts in drift(before, finish(drawn(runner, found)), kept).items():
            found = _along(runner, found, known[each], -amounts)
    return found


def _along(runner: GeneratorRunner, points: Points, direction: Direction, amounts: float | NDArray[np.float64]) -> Points:
    """`points` moved along one direction, by one amount or one each [N]."""
    target = runner.model.space.input(direction.input)
    assert isinstance(target, Latent | Styles)
    steps = np.broadcast_to(amounts, points.count)[:, None] * np.asarray(direction.vector)
    return moved(points, target, steps, direction.layers)
