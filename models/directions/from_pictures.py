"""Finds a direction from two folders of pictures: those that have something, and those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.data.given_pictures import reading_inputs
from zscape.models.directions.boundary import boundary
from zscape.models.directions.reader import learn_attributes
from zscape.models.directions.regression import MEASURED, WORTH, measured, of_attributes, shows_strokes
from zscape.models.directions.samples import sampled, target_of
from zscape.models.directions.separate import apart_from, others_than, separated
from zscape.models.directions.steered import steered
from zscape.models.directions.turning import Trial
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.directions import directions_of
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Progress, Work

ENOUGH = 20
"""Minimum number of pictures on each side for a network to learn to tell them apart."""
STEPS, SAMPLES = 200, 4000
ENOUGH_TURNED = 0.92
"""Fraction of pictures that 2 of a steered direction is to turn: beyond it few more turn, and others lose what they have."""
METHOD = "boundary between pictures"


def from_pictures(
    model: Model,
    with_: str | Path,
    without: str | Path,
    name: str,
    device: str = "auto",
    known: Sequence[Direction] | None = None,
) -> Work[Direction]:
    """Find the direction `name` from pictures without something to pictures with it.

    With enough pictures, a network learns to tell them apart and labels random samples of the model. The step across the linear
    boundary between those (Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing", InterFaceGAN, 2020,
    section 3) is the starting point of a gradient search for a step that turns the samples on but changes their pictures less
    (`steered`); an amount of 2 turns nearly all of them on. With fewer pictures, or if the latent does not explain the labels, it
    is the step across the boundary between the latents that the encoder finds for the pictures (`boundary`). A step not found by
    gradients is separated from the other attributes of the model (`separated`): a few pictures also differ in others by chance.

    with_, without: a folder of two pictures or more, or anything else `reading_inputs` takes. known: the directions of the other
    attributes, by default all of the model's. Raises ZscapeError for pictures that cannot be read, and if the encoder is needed
    and there is none.
    """
    if not name.strip():
        raise ZscapeError("A direction needs a name: say what changes.")
    spec, sides = model.spec, []
    for source in (with_, without):
        given = yield from reading_inputs(source, spec.image_shape, spec.subject, spec.layout)
        for warning in given.warnings:
            yield Progress(0, 0, "Reading the pictures", notice=warning)
        sides.append(given.images)
    if np.array_equal(sides[0], sides[1]):
        raise ZscapeError("The pictures with and without it are the same: give two folders whose pictures differ in it.")
    others = directions_of(spec) if known is None else known
    if min(map(len, sides)) >= ENOUGH:
        one = yield from _by_samples(model, sides, name, device, others)
        if one is not None:
            return replace(one, provenance={**one.provenance, "with": len(sides[0]), "without": len(sides[1])})
    if model.encoder is None:
        raise ZscapeError(f"{spec.name} has no encoder: give {ENOUGH} pictures or more of each side, or train an encoder first.")
    latents = []
    for images in sides:
        found = yield from encode(model, images, None, device=device)
        latents.append(np.asarray(found.z, np.float64))
    return separated(boundary(latents[0], latents[1], name, model.encoder.finds), others)


def _by_samples(
    model: Model, sides: list[NDArray[np.uint8]], name: str, device: str, known: Sequence[Direction]
) -> Work[Direction | None]:
    """Find the direction between samples labelled by a network trained on these pictures; None if the latent explains little.

    It is steered if that turns more samples, or enough while changing the pictures less.
    """
    runner = GeneratorRunner(model, device)
    samples = yield from sampled(runner, max(SAMPLES, 4 * target_of(model.space).shape[-1]), 0)
    images = np.concatenate(sides)
    has = np.repeat([1.0, 0.0], [len(side) for side in sides])
    data = Dataset(name, images, np.zeros(len(images), np.int64), ("all",), attributes={name: has})
    reader = yield from learn_attributes(data, 0, STEPS)
    read = yield from reader.read_all(samples.images)
    found = of_attributes(samples, {name: read[:, 0]}, METHOD)
    if not found:
        return None
    has_it, nothing_else = read[:, 0] > 0.5, np.zeros(1, bool)
    trial = Trial(runner, samples, np.flatnonzero(~has_it), reader, 0, nothing_else)
    every = {each.name: each for each in (*measured(samples, shows_strokes(model.spec)), *known)}
    others = yield from apart_from(runner, samples, others_than(found[0], every.values()), has_it, partial(reader.read_one, 0))
    plain, effect = yield from trial.fitted(separated(found[0], others, samples.covariance))
    if not effect.change:
        return plain
    # A picture also changes less if all of it turns pale: what can be measured must stay.
    hold = [each for each in others if each.method == MEASURED and each.name in plain.provenance.get("held", ())]
    start = replace(found[0], vector=plain.vector)
    other = yield from steered(runner, samples, reader, read, start, 0, nothing_else, 0, effect.change, hold)
    if other is None:
        return plain
    other, better = yield from trial.fitted(other, ENOUGH_TURNED)
    turns_more = better.turns >= WORTH > effect.turns
    return other if turns_more or (better.turns >= min(effect.turns, WORTH) and better.change < effect.change) else plain
