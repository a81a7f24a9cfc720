"""Separates a direction from the model's other attributes, so that these stay unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.directions.lock import effect_of
from zscape.models.directions.samples import Floats, Samples, moved
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Work

SAME = 0.5
"""Cosine of two normals above which both count as directions of the same attribute, under two names."""
TRIED, MOST = 40, 0.5
"""Pictures of each side that `apart_from` moves, and the fraction of them that must not turn."""
LEFT = 0.5
"""Fraction of its attribute's change that a step must keep: an attribute that takes more from it cannot be separated from it."""


def others_than(direction: Direction, known: Iterable[Direction]) -> list[Direction]:
    """Return those of `known` that are of other attributes of the same input, the least similar first.

    Only directions with a normal (`lock.effect_of`) count as attributes: components and differences of two points stand for
    nothing by themselves.
    """
    likeness = []
    for each in known:
        fits = each.input == direction.input and len(each.vector) == len(direction.vector) and "normal" in each.provenance
        if fits and each.name != direction.name:
            likeness.append((abs(_cosine(effect_of(each), effect_of(direction))), each))
    return [each for like, each in sorted(likeness, key=lambda pair: pair[0]) if like < SAME]


def apart_from(
    runner: GeneratorRunner,
    samples: Samples,
    others: Sequence[Direction],
    has: NDArray[np.bool_],
    read: Callable[[NDArray[np.uint8]], Tensor],
) -> Work[list[Direction]]:
    """Return those of `others` that can stay unchanged while a yes-or-no attribute turns, by their measured effect on it.

    If 2 of another one turns the attribute in most pictures, it is the same attribute, or excludes it, as sunglasses exclude
    glasses. has [N]: which samples have the attribute. read(images): its probability in pictures.
    """
    kept = []
    for each in others:
        turned = 0.0
        for some in (np.flatnonzero(has)[:TRIED], np.flatnonzero(~has)[:TRIED]):
            if len(some):
                arrays = {name: rows[some] for name, rows in samples.points.items()}
                step = 2 * np.asarray(each.vector)
                images = yield from drawn(
                    runner, moved(arrays, samples.target, step, each.layers), "Measuring the other attributes"
                )
                turned = max(turned, float(((read(images) > 0.5).numpy() != has[some]).mean()))
        if turned <= MOST:
            kept.append(each)
    return kept


def separated(direction: Direction, known: Iterable[Direction], covariance: Floats | None = None) -> Direction:
    """Return `direction` with a step that leaves the attributes of the others in `known` unchanged, as far as they are linear.

    Of all steps without effect on their normals N, it is the likeliest one with the same effect on its own: v - C N^T (N C
    N^T)^-1 N v, made longer (cf. conditional manipulation, Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic
    Face Editing", 2020, section 2.2), C being the covariance [S, S] of the input, None for that of N(0, I). Others that would
    remove more than half of the effect are left out, the most similar first. provenance: held, the names of those that stay.
    """
    vector, normal = np.asarray(direction.vector, np.float64), effect_of(direction)
    scale = np.eye(len(vector)) if covariance is None else covariance
    others = others_than(direction, known)
    while others:
        normals = np.stack([effect_of(each) for each in others])
        across = normals @ scale
        step = vector - across.T @ np.linalg.lstsq(across @ normals.T, normals @ vector, rcond=None)[0]
        share = float(normal @ step / (normal @ vector))
        if share >= LEFT:
            about = {**direction.provenance, "held": [each.name for each in others]}
            return replace(direction, vector=tuple((step / share).tolist()), provenance=about)
        others.pop()
    return direction


def _cosine(a: Floats, b: Floats) -> float:
    return float(a @ b / max(1e-12, float(np.linalg.norm(a) * np.linalg.norm(b))))
