"""A direction from pictures with and without something: the normal of a linear classifier of their latents."""

from __future__ import annotations

import numpy as np

from zscape.models.directions.samples import Floats
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction

BOUNDARY = "boundary between pictures"
FEWEST = 2
HELD = 1.0
"""Standard deviation, under the prior, of each number of the normal: how far the classifier may trust single pictures."""
STEPS, ENOUGH = 50, 1e-8


def boundary(with_: Floats, without: Floats, name: str, target: str, covariance: Floats | None = None) -> Direction:
    """Return the normal of the boundary between latents with_ [M, S] and without [N, S], by logistic regression.

    Y. Shen et al., "Interpreting the Latent Space of GANs for Semantic Face Editing" (InterFaceGAN, 2020), section 3, where the
    classifier is a linear support vector machine; for few pictures, logistic regression with a prior on the normal uses more of
    the information in all of them. An amount of 2 leads from the mean of those without to the mean of those with it, as measured
    by the classifier. The step is C g / (g^T C g) times that distance, C being the covariance [S, S] of the latent or style, None
    for that of N(0, I). provenance: normal, g; accuracy, of the classifier on the pictures left out, one tenth at a time. Raises
    ZscapeError for fewer than two pictures on a side, or if the two sides are the same.
    """
    a, b = np.asarray(with_, np.float64), np.asarray(without, np.float64)
    if min(len(a), len(b)) < FEWEST:
        raise ZscapeError(f"A direction needs {FEWEST} pictures or more with it, and as many without; 50 of each are better.")
    rows, sides = np.vstack([a, b]), np.repeat([1.0, -1.0], [len(a), len(b)])
    scale = np.eye(rows.shape[1]) if covariance is None else np.asarray(covariance, np.float64)
    normal, _ = _fitted(rows, sides, scale)
    way = float((a.mean(0) - b.mean(0)) @ normal)
    if not way > 1e-9:
        raise ZscapeError(
            "The pictures with it and those without are the same to the encoder: there is no direction between them."
        )
    step = way / 2 * (scale @ normal) / (normal @ scale @ normal)
    about = {"normal": normal.tolist(), "accuracy": _accuracy(rows, sides, scale), "with": len(a), "without": len(b)}
    return Direction(name, target, tuple(step.tolist()), unit="half ways from without to with", method=BOUNDARY, provenance=about)


def _fitted(rows: Floats, sides: Floats, covariance: Floats) -> tuple[Floats, float]:
    """Return (normal [S], offset) that maximise the posterior under the prior N(0, HELD^2 C^-1): Newton's method."""
    one = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.where(sides > 0, 0.5 / (sides > 0).mean(), 0.5 / (sides < 0).mean())  # one side may have many more pictures
    prior = np.zeros((one.shape[1],) * 2)
    prior[:-1, :-1] = covariance / HELD**2
    found = np.zeros(one.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(np.clip(sides * (one @ found), -500, 500)))  # probability of the wrong side for each picture
        slope = prior @ found - one.T @ (weights * sides * share)
        curve = prior + one.T @ (one * (weights * share * (1 - share))[:, None]) + 1e-9 * np.eye(len(prior))
        move = np.linalg.solve(curve, slope)
        found -= move
        if np.abs(move).max() < ENOUGH:
            break
    return found[:-1], float(found[-1])


def _accuracy(rows: Floats, sides: Floats, covariance: Floats) -> float:
    """Return the fraction of the pictures classified correctly by a classifier that has not seen them."""
    order = np.random.default_rng(0).permutation(len(rows))
    right = 0
    for part in np.array_split(order, min(10, len(rows))):
        rest = np.setdiff1d(order, part)
        if len(np.unique(sides[rest])) < 2:
            continue
        normal, offset = _fitted(rows[rest], sides[rest], covariance)
        right += int((np.sign(rows[part] @ normal + offset) == sides[part]).sum())
    return right / len(rows)
