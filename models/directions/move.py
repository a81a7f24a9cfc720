"""Moves points along a direction, while the attributes of others stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zscape.models.directions.lock import compensation, drift
from zscape.models.directions.samples import moved
from zscape.models.errors import ZscapeError
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction, in_layers
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.points import Points
from zscape.models.inputs.value import LARGEST
from zscape.models.progress import finish

AMOUNT = "The amount must be a number, such as 2.0, or one for each point; at most a million."
CORRECTIONS = 3
"""Number of times that drift is corrected: each time about a quarter of it remains."""


def move(
    runner: GeneratorRunner,
    points: Points,
    direction: str,
    amount: float | Sequence[float] | NDArray[np.floating],
    keep: str | Sequence[str] = (),
    layers: str | Sequence[int] = "",
) -> Points:
    """Move N `points` by `amount` (in the direction's units, standard deviations) along `direction`, which the model has.

    amount: one number, or one per point [N]. keep: other directions whose attributes stay: their linear effect is removed, and
    those that can be measured on pictures are also corrected beyond that, picture by picture. layers: the style layers to move:
    "coarse", "middle", "fine" or numbers from 0, "" for the direction's own. Raises ZscapeError for an unknown direction or
    unknown layers, and for amounts that are not numbers or of the wrong count.
    """
    model = runner.model
    space, known = model.space, model.space.directions
    keep = (keep,) if isinstance(keep, str) else tuple(keep)
    chosen = layers if isinstance(layers, str) else ",".join(map(str, layers))
    try:
        amounts = np.asarray(amount, np.float64)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ZscapeError(AMOUNT) from error
    if not (np.abs(amounts) <= LARGEST).all():  # also false for NaN
        raise ZscapeError(AMOUNT)
    if amounts.shape not in ((), (points.count,)):
        raise ZscapeError(
            f"There are {points.count} points and amounts {list(amounts.shape)}: give one number, or one for each point."
        )
    for name in (direction, *keep):
        if name not in known:
            names = ", ".join(known) or "none yet, see find_directions"
            raise ZscapeError(f"{model.spec.name} knows no direction {name!r}; it knows: {names}.")
    start = found = runner.with_styles(points)
    for name, share in {direction: 1.0, **compensation({direction: 1.0}, known, keep)}.items():
        found = _along(runner, found, space.named(in_layers(name, chosen)), share * amounts)
    kept = [known[name] for name in keep if name != direction]
    if not kept:
        return found
    before = finish(drawn(runner, start))
    for _ in range(CORRECTIONS):
        for each, drifted in drift(before, finish(drawn(runner, found)), kept).items():
            found = _along(runner, found, space.named(in_layers(each, chosen)), -drifted)
    return found


def _along(runner: GeneratorRunner, points: Points, direction: Direction, amounts: NDArray[np.float64]) -> Points:
    """Move `points` along one direction, by one amount or one each [N]."""
    target = runner.model.space.input(direction.input)
    assert isinstance(target, Latent | Styles)
    steps = np.broadcast_to(amounts, points.count)[:, None] * np.asarray(direction.vector)
    return moved(points, target, steps, direction.layers)
