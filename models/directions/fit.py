"""Fits the step of a measured attribute to its effect in pictures, so that its length is right and the class stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.attributes import measure
from zscape.models.directions.class_loss import ClassLoss
from zscape.models.directions.lock import effect_of
from zscape.models.directions.samples import Floats, Samples, moved
from zscape.models.inference.drawn import drawn, part_of
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Progress, Work

AMOUNT = 2.0
"""Amount, in units of the direction, at which a step is fitted: far enough that classes begin to change."""
MEASURED, ROUNDS, FACTORS = 500, 2, (0.5, 2.0)
"""Samples on which the effect is measured, number of corrections of the length, and limits of their factor."""
CHECKED, LOOKED_AT = 500, 3500
"""Samples on which changes of class are checked, and maximum number of others from which a step is derived that avoids them."""
MORE = 1.25
"""A step is worth turning if the loss after a move is more than this multiple of the loss at rest."""
DOUBTFUL = 0.03
"""Loss of a class above which its gradient is computed: the others, most of the samples, hardly add to the sum."""
TURN = 0.8
"""How far a step is turned: this fraction of its length is added across it, against the gradient of the class's loss."""


def fitted(runner: GeneratorRunner, samples: Samples, directions: Sequence[Direction]) -> Work[list[Direction]]:
    """Fit `directions` of measured attributes: turn each, then scale it so that 2 of it raises the attribute by 2 units.

    Turned only if the model's encoder classifies (see `turned`). provenance: scaled, the factor on the length found by
    regression; turned, the fraction added across it, if it was turned.
    """
    loss = ClassLoss(runner) if ClassLoss.fits(runner) else None
    found = []
    for each in directions:
        plain = yield from scaled(runner, samples, each)
        others = [one for one in directions if one.name != each.name]
        found.append(plain if loss is None else (yield from turned(runner, samples, plain, others, loss)))
    return found


def scaled(runner: GeneratorRunner, samples: Samples, direction: Direction) -> Work[Direction]:
    """Scale `direction` so that AMOUNT of it raises its attribute by AMOUNT standard deviations on average over pictures.

    It stays as it is if the effect cannot be measured or has the wrong sign.
    """
    deviation = float(direction.provenance["sd"])
    some = samples.points.part(slice(0, MEASURED))
    before = measure(samples.images[:MEASURED])[direction.name]
    factor, step = 1.0, np.asarray(direction.vector, np.float64)
    for _ in range(ROUNDS):
        images = yield from drawn(runner, moved(some, samples.target, AMOUNT * factor * step), f"Measuring {direction.name}")
        effect = float((measure(images)[direction.name] - before).mean()) / deviation
        if effect <= 0:
            return direction
        factor = float(np.clip(factor * AMOUNT / effect, *FACTORS))
    known = float(direction.provenance.get("scaled", 1.0))
    about = {**direction.provenance, "scaled": known * factor}
    return replace(direction, vector=tuple((factor * step).tolist()), provenance=about)


def turned(
    runner: GeneratorRunner, samples: Samples, direction: Direction, others: Sequence[Direction], loss: ClassLoss
) -> Work[Direction]:
    """Turn `direction` so that fewer pictures change their class according to `loss`, and scale it again.

    From the step v, the part of the gradient h of the loss, at samples moved by AMOUNT, that lies across this attribute and the
    others is subtracted: v - TURN |v| C h' / |C h'|, where N C h' = 0, N being the normals of all of them and C the covariance of
    the input; lengths are those by C^-1. So all attributes rise or stay as before, as far as they are linear. (This is the
    conditional manipulation of Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing", 2020, section
    2.2.) The direction is returned unchanged if the class stays by itself, or does not improve on samples that h was not computed
    from.
    """
    check, look = slice(0, CHECKED), slice(CHECKED, CHECKED + LOOKED_AT)
    if len(samples.images) < 2 * CHECKED:
        return direction
    rest = yield from _read(loss, samples.images[check], samples.labels[check], direction.name)
    plain = yield from _losses(runner, samples, direction, loss, check)
    if plain.mean() <= MORE * rest.mean():
        return direction
    across = yield from _across(runner, samples, [direction, *others], loss, look)
    if across is None:
        return direction
    other = replace(direction, vector=tuple((np.asarray(direction.vector) - TURN * across).tolist()))
    other = yield from scaled(runner, samples, other)
    better = yield from _losses(runner, samples, other, loss, check)
    if better.mean() >= plain.mean():
        return direction
    return replace(other, provenance={**other.provenance, "turned": TURN})


def _losses(runner: GeneratorRunner, samples: Samples, direction: Direction, loss: ClassLoss, where: slice) -> Work[Floats]:
    """Return the loss of the class of the samples in `where` moved by AMOUNT: [N]."""
    step = AMOUNT * np.asarray(direction.vector, np.float64)
    points = moved(samples.points.part(where), samples.target, step)
    images = yield from drawn(runner, points, f"Moving along {direction.name}")
    return (yield from _read(loss, images, samples.labels[where], direction.name))


def _read(loss: ClassLoss, images: NDArray[np.uint8], labels: NDArray[np.int64], name: str) -> Work[Floats]:
    """Return the loss of the class of images [N, H, W, C] in classes `labels`: [N]."""
    part, found = part_of(images.shape[1:3]), []
    for start in range(0, len(images), part):
        found.append(loss.losses(images[start : start + part], labels[start : start + part]))
        yield Progress(min(start + part, len(images)), len(images), f"Looking at the classes: {name}")
    return np.concatenate(found)


def _across(
    runner: GeneratorRunner, samples: Samples, directions: Sequence[Direction], loss: ClassLoss, where: slice
) -> Work[Floats | None]:
    """Return the direction [S] in which the loss rises most while all attributes stay, as long as the first direction's step.

    None if there is none.
    """
    direction = directions[0]
    losses = yield from _losses(runner, samples, direction, loss, where)
    doubtful = np.flatnonzero(losses > DOUBTFUL) + where.start
    step, gradient = np.asarray(direction.vector, np.float64), np.zeros(len(direction.vector))
    part = part_of(samples.images.shape[1:3])
    for start in range(0, len(doubtful), part):
        some = doubtful[start : start + part]
        arrays = {name: rows[some] for name, rows in samples.points.items()}
        found = loss.gradient(moved(arrays, samples.target, AMOUNT * step), samples.labels[some], samples.target)
        if found is None:
            return None
        gradient += found
        yield Progress(min(start + part, len(doubtful)), len(doubtful), f"Keeping the classes: {direction.name}")
    normals, covariance = np.stack([effect_of(each) for each in directions]), samples.covariance
    across = normals @ covariance
    aside = gradient - normals.T @ np.linalg.lstsq(across @ normals.T, across @ gradient, rcond=None)[0]
    way: Floats = covariance @ aside
    length = float(aside @ way) ** 0.5
    if length < 1e-9 * len(samples.images):
        return None
    way *= float(step @ np.linalg.solve(covariance, step)) ** 0.5 / length
    return way
