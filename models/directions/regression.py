"""Directions of attributes: measured on pictures, or read by a network that has learned them from labelled pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from zscape.models.data.attributes import measure
from zscape.models.data.dataset import Dataset
from zscape.models.directions.categories import without_categories
from zscape.models.directions.reader import learn_attributes
from zscape.models.directions.samples import Floats, Samples
from zscape.models.directions.steered import can_stay, steered
from zscape.models.directions.turning import Effect, Trial
from zscape.models.files.spec import Spec
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Work

LEAST = 0.1
"""Minimum fraction of an attribute's variance that the latent must explain (R squared) for a direction worth a slider."""
WORTH, STAYING, TRUSTED = 0.8, 0.95, 2000
"""Limits for steps of regression and of gradients.

WORTH: fraction of the pictures that a step must turn to be good enough, or a steered one to be worth a slider. STAYING: fraction
in which everything that is to stay should. TRUSTED: number of pictures that a reader must have learned from so that gradients do
not mislead it.
"""
MEASURED, LABELLED = "measured attribute", "labelled attribute"
IN_COLOUR = ("brightness",)
"""Measured attributes that are meaningful for pictures that do not show strokes."""


def of_attributes(samples: Samples, values: Mapping[str, Floats], method: str, least: float = LEAST) -> list[Direction]:
    """Return for each attribute [N] the shortest step that raises it by one of its standard deviations within a class.

    The normal g of the attribute is found by least squares; for a binary one that is Fisher's discriminant, the boundary's normal
    (Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing", InterFaceGAN, 2020, section 3). The step
    is s C g / (g^T C g), C being the covariance of the latent or style and s the deviation: the likeliest under the prior.
    Attributes of which less than `least` of the variance is explained are left out. provenance: r2, that fraction; normal, g
    itself; sd, s in the attribute's own unit.
    """
    rows = samples.rows - samples.rows.mean(0)
    covariance = samples.covariance
    found = []
    for name, given in values.items():
        centred = samples.within_classes(np.asarray(given, np.float64))
        deviation = float(centred.std())
        if deviation < 1e-9:
            continue
        normal = np.linalg.lstsq(rows, centred, rcond=None)[0]
        r2 = 1 - float(((centred - rows @ normal) ** 2).mean()) / deviation**2
        if r2 < least:
            continue
        step = deviation * (covariance @ normal) / (normal @ covariance @ normal)
        about = {"r2": r2, "normal": normal.tolist(), "sd": deviation, "samples": len(rows)}
        found.append(Direction(name, samples.target.name, tuple(step.tolist()), method=method, provenance=about))
    return found


def shows_strokes(spec: Spec) -> bool:
    """Whether the pictures of a model show strokes, on which more can be measured."""
    return spec.subject == "glyph" and spec.image_shape[0] == 1


def measured(samples: Samples, strokes: bool) -> list[Direction]:
    """Return directions of what can be measured on the pictures themselves. strokes: whether they show strokes."""
    every = measure(samples.images)
    return of_attributes(samples, {name: every[name] for name in every if strokes or name in IN_COLOUR}, MEASURED)


def labelled(runner: GeneratorRunner, samples: Samples, data: Dataset, seed: int, steer: bool = True) -> Work[list[Direction]]:
    """Return directions of the attributes of `data`, which a network learns there and then reads on the samples.

    For a category, such as the number of a background, each value is an attribute of its own. For a yes-or-no attribute, 2 turns
    it on in nearly all pictures without it (see `Trial`). steer: whether gradients look for a step if that of regression turns
    few pictures, or changes more than it should, which takes a minute for each (see `steered`).
    """
    data = replace(data, attributes=without_categories(data))
    reader = yield from learn_attributes(data, seed)
    read = yield from reader.read_all(samples.images)
    names = list(data.attributes)
    found = []
    for each in of_attributes(samples, dict(zip(names, read.T, strict=True)), LABELLED, 0.0):
        place, worth = names.index(each.name), float(each.provenance["r2"]) >= LEAST
        if not bool(reader.binary[place]):
            found += [each] if worth else []
            continue
        stay, best, plain = can_stay(data, reader, place), None, Effect()
        trial = Trial(runner, samples, np.flatnonzero(read[:, place] <= 0.5), reader, place, stay)
        if worth:
            best, plain = yield from trial.fitted(each)
        if (plain.turns < WORTH or plain.keeps < STAYING) and steer and len(data) >= TRUSTED:
            other = yield from steered(runner, samples, reader, read, each, place, stay, seed)
            if other is not None:
                other, effect = yield from trial.fitted(other)
                if effect.turns >= WORTH and (plain.turns < WORTH or effect.keeps > plain.keeps):
                    best = other
        found += [best] if best is not None else []
    return found
