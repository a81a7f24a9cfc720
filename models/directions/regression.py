"""Directions of attributes: measured on pictures, or read by a network that has learned them from labelled pictures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from zscape.models.data.attributes import measure
from zscape.models.data.dataset import Dataset
from zscape.models.directions.reader import learn_attributes
from zscape.models.directions.samples import Floats, Samples
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Progress, Work

LEAST = 0.1
"""An attribute of which the latent explains a smaller share of the variance (R squared) has no direction worth a slider."""
MEASURED, LABELLED = "measured attribute", "labelled attribute"
IN_COLOUR = ("brightness",)
"""Of the measured attributes those that mean something in pictures that are no strokes."""


def of_attributes(samples: Samples, values: Mapping[str, Floats], method: str) -> list[Direction]:
    """For each attribute [N] the shortest step that raises it by one of its standard deviations within a class.

    The normal g of the attribute is found by least squares; for a binary one that is Fisher's discriminant, the boundary's
    normal (Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing", InterFaceGAN, 2020, section 3).
    The step is s C g / (g^T C g), C being the covariance of the latent or style and s the deviation: the likeliest under the
    prior. provenance: r2, the share of the variance that is explained; normal, g itself; sd, s in the attribute's own unit.
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
        if r2 < LEAST:
            continue
        step = deviation * (covariance @ normal) / (normal @ covariance @ normal)
        about = {"r2": r2, "normal": normal.tolist(), "sd": deviation, "samples": len(rows)}
        found.append(Direction(name, samples.target.name, tuple(step.tolist()), method=method, provenance=about))
    return found


def measured(samples: Samples, strokes: bool) -> list[Direction]:
    """Directions of what can be measured on the pictures themselves. strokes: whether they show strokes."""
    every = measure(samples.images)
    return of_attributes(samples, {name: every[name] for name in every if strokes or name in IN_COLOUR}, MEASURED)


def labelled(samples: Samples, data: Dataset, seed: int) -> Work[list[Direction]]:
    """Directions of the attributes of `data`: a network learns to read them there, and reads them on the samples."""
    reader = yield from learn_attributes(data, seed)
    parts = []
    for start in range(0, len(samples.images), 100):
        with torch.inference_mode():
            parts.append(reader.read(samples.images[start : start + 100]))
        yield Progress(min(start + 100, len(samples.images)), len(samples.images), "Reading the attributes of samples")
    read = torch.cat(parts).double().numpy()
    return of_attributes(samples, dict(zip(data.attributes, read.T, strict=True)), LABELLED)
