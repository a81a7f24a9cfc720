"""A direction from two folders of pictures: those that have something, and those that have not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.data.given_pictures import reading_inputs
from zscape.models.directions.boundary import boundary
from zscape.models.directions.regression import labelled
from zscape.models.directions.samples import sampled, target_of
from zscape.models.directions.separate import separated
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.directions import directions_of
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Progress, Work

ENOUGH = 20
"""Pictures on each side from which on a network learns to tell them apart."""
STEPS, SAMPLES = 200, 4000
METHOD = "boundary between pictures"


def from_pictures(
    model: Model,
    with_: str | Path,
    without: str | Path,
    name: str,
    device: str = "auto",
    known: Sequence[Direction] | None = None,
) -> Work[Direction]:
    """The direction `name` from pictures without something to pictures with it.

    Of enough pictures, a network learns to tell them apart, labels random samples of the model, and the direction is the normal
    of the linear boundary between those (Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing",
    InterFaceGAN, 2020, section 3); 2 turns nearly all pictures. Of fewer, and where the samples show nothing of it, it is that of
    the boundary between the latents that the encoder finds for the pictures (`boundary`). Either way it is kept apart from the
    other attributes of the model (`separated`): a few pictures with something differ in other things too, by chance.

    with_, without: a picture, a folder of pictures, or whatever else `reading_inputs` takes. known: the directions of the other
    attributes, by default all that there are of the model. Raises ZscapeError for pictures that cannot be read, and where the
    encoder is needed and there is none.
    """
    if not name.strip():
        raise ZscapeError("A direction needs a name: say what changes.")
    spec, sides = model.spec, []
    for source in (with_, without):
        given = yield from reading_inputs(source, spec.image_shape, spec.subject, spec.layout)
        for warning in given.warnings:
            yield Progress(0, 0, "Reading the pictures", notice=warning)
        sides.append(given.images)
    others = directions_of(spec) if known is None else known
    if min(map(len, sides)) >= ENOUGH:
        one = yield from _by_samples(model, sides, name, device, others)
        if one is not None:
            return replace(one, method=METHOD, provenance={**one.provenance, "with": len(sides[0]), "without": len(sides[1])})
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
    """The direction between samples that a network of these pictures labels; None where the latent says little of it."""
    runner = GeneratorRunner(model, device)
    samples = yield from sampled(runner, max(SAMPLES, 4 * target_of(model.space).shape[-1]), 0)
    images = np.concatenate(sides)
    has = np.repeat([1.0, 0.0], [len(side) for side in sides])
    data = Dataset(name, images, np.zeros(len(images), np.int64), ("all",), attributes={name: has})
    found = yield from labelled(runner, samples, data, 0, STEPS, known)
    return found[0] if found else None
