"""Directions that need no attributes: principal components, and the closed-form factorisation of a layer."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import adaptive_avg_pool2d

from zscape.models.directions.samples import Floats, Samples
from zscape.models.errors import ZscapeError
from zscape.models.families.base import Generator
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.styles import Styles

SIDE = 16
"""Side to which pictures are reduced: the effect of a direction does not show in finer detail."""
PRINCIPAL, FACTORS = "principal components", "closed-form factorisation"


def components(samples: Samples, count: int) -> list[Direction]:
    """Return the principal components of the effect of the latent, 1 being a standard deviation along each.

    For styles they are those of w itself; for a latent, whose own components are all alike, those of its linear effect on the
    picture: the right singular vectors of J in picture = J z + residual, by least squares (E. Harkonen, A. Hertzmann, J.
    Lehtinen, S. Paris, "GANSpace: Discovering Interpretable GAN Controls", 2020, sections 2.1 and 2.2, with pictures as the
    features).
    """
    if not np.ptp(samples.images, axis=0).any():
        raise ZscapeError("The model draws the same picture everywhere: there is no direction in which it changes.")
    if isinstance(samples.target, Styles):
        variances, vectors = np.linalg.eigh(samples.covariance)
        order = np.argsort(-variances)[:count]
        steps, shares = vectors[:, order].T * np.sqrt(variances[order])[:, None], variances[order] / variances.sum()
    else:
        pictures = torch.from_numpy(samples.images).permute(0, 3, 1, 2).float() / 255
        seen = adaptive_avg_pool2d(pictures, SIDE).flatten(1).double().numpy()
        effect = np.linalg.lstsq(samples.rows - samples.rows.mean(0), samples.within_classes(seen), rcond=None)[0]  # [S, P]
        vectors, sizes, _ = np.linalg.svd(effect, full_matrices=False)
        steps, shares = vectors[:, :count].T, (sizes**2 / (sizes**2).sum())[:count]
    return [
        Direction(
            f"component {place}",
            samples.target.name,
            tuple(signed(step).tolist()),
            method=PRINCIPAL,
            provenance={"share": float(share), "samples": len(samples.rows)},
        )
        for place, (step, share) in enumerate(zip(steps, shares, strict=True), 1)
    ]


def factors(samples: Samples, generator: Generator, count: int) -> list[Direction]:
    """Return the eigenvectors of A^T A with the largest eigenvalues, A being the matrix by which the latent or style first acts.

    Y. Shen and B. Zhou, "Closed-Form Factorization of Latent Semantics in GANs" (SeFa, 2021), equation 6. 1 is a standard
    deviation along each. Raises ZscapeError if the generator does not provide such a matrix.
    """
    matrix = generator.first_matrix()
    if matrix is None or matrix.shape[1] != samples.rows.shape[1]:
        raise ZscapeError("The first linear layer of the model is not known: find directions by another method, such as pca.")
    a = matrix.detach().double().cpu().numpy()
    values, vectors = np.linalg.eigh(a.T @ a)
    order = np.argsort(-values)[:count]
    covariance = samples.covariance
    found = []
    for place, index in enumerate(order, 1):
        way = vectors[:, index]
        step = signed(way * np.sqrt(way @ covariance @ way))
        share = {"share": float(values[index] / values.sum())}
        found.append(Direction(f"factor {place}", samples.target.name, tuple(step.tolist()), method=FACTORS, provenance=share))
    return found


def signed(way: Floats) -> Floats:
    """Return `way` [S] or its opposite, with the largest number positive: the sign of an eigenvector is otherwise arbitrary."""
    return way if way[np.abs(way).argmax()] > 0 else -way
