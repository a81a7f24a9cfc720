"""t-SNE of many rows, step by step, so that it can be watched and stopped.

L. van der Maaten, G. Hinton, "Visualizing Data using t-SNE" (2008), computed by openTSNE (P. Policar, M. Strazar, B. Zupan, 2024;
interpolation by FFT: G. Linderman et al., 2019), from an initialisation by principal components (D. Kobak, P. Berens, "The art of
using t-SNE for single-cell transcriptomics", 2019).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.evaluation.neighbours import blocks
from zscape.models.maps.reduction.principal import Rows, principal
from zscape.models.progress import Progress, Work

PERPLEXITY = 30.0
NEIGHBOURS = 3 * int(PERPLEXITY)
KEPT = 50
"""Number of principal components to which longer rows are reduced first, as is usual."""
EARLY, LATER = 250, 500
"""Steps with early exaggeration, and after it."""
EXAGGERATED = 12.0
ATTRACTED = 4.0
"""Exaggeration that, kept to the end, gives results like UMAP's.

J. Bohm, P. Berens, D. Kobak, "Attraction-Repulsion Spectrum in Neighbor Embeddings" (2022), section 4.
"""
AT_ONCE = 5
"""Steps between two progress reports."""
FEWEST = 10
SPREAD = 1e-4
"""Standard deviation of the initial places along the first component, as in Kobak and Berens (2019)."""


def check_installed() -> None:
    """Raise ZscapeError if openTSNE is not installed."""
    if importlib.util.find_spec("openTSNE") is None:
        raise ZscapeError(
            "t-SNE and umap-like need openTSNE, which is not installed: pip install 'zscape[maps]', or choose the method pca."
        )


def tsne(
    rows: Rows, attracted: bool = False, seed: int = 0, tell: Callable[[NDArray[np.float32]], None] = lambda _: None
) -> Work[NDArray[np.float32]]:
    """Compute places float32 [N, 2] for rows [N, D]; deterministic for the same rows and seed on one machine.

    attracted: like UMAP, with denser groups farther apart. tell(places): called with the places so far from time to time. Raises
    ZscapeError if openTSNE is not installed, and for fewer than 10 rows.
    """
    check_installed()
    if len(rows) < FEWEST:
        raise ZscapeError(f"t-SNE needs {FEWEST} pictures or more, not {len(rows)}: add some, or choose the method pca.")
    yield Progress(0, 0, "Finding principal components")
    axes = principal(rows, KEPT, seed)
    shorter = yield from axes.projecting(rows, "Finding principal components")
    graph = yield from _graph(shorter)
    yield Progress(0, 0, "Weighing the neighbours")
    import openTSNE

    neighbours, distances = graph
    index = openTSNE.nearest_neighbors.PrecomputedNeighbors(neighbours, distances)
    perplexity = min(PERPLEXITY, neighbours.shape[1] / 3)
    affinities: Any = openTSNE.affinity.PerplexityBasedNN(perplexity=perplexity, knn_index=index)
    start = shorter[:, :2].astype(np.float64)
    if start.shape[1] < 2:
        start = np.concatenate([start, np.random.default_rng(seed).standard_normal((len(start), 1))], 1)
    start *= SPREAD / max(float(start[:, 0].std()), 1e-12)
    embedding: Any = openTSNE.TSNEEmbedding(start, affinities, random_state=seed)
    total, done = EARLY + LATER, 0
    for steps, exaggeration, momentum in ((EARLY, EXAGGERATED, 0.5), (LATER, ATTRACTED if attracted else 1.0, 0.8)):
        for begun in range(0, steps, AT_ONCE):
            embedding.optimize(
                min(AT_ONCE, steps - begun), inplace=True, exaggeration=exaggeration, momentum=momentum, learning_rate="auto"
            )
            done += min(AT_ONCE, steps - begun)
            tell(np.asarray(embedding, np.float32))
            yield Progress(done, total, "Arranging the map", {"divergence": float(embedding.kl_divergence)})
    return np.array(embedding, np.float32)


def _graph(rows: NDArray[np.float32]) -> Work[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Return the nearest neighbours of each row except itself, [N, K], and their distances, the nearest first."""
    count = min(NEIGHBOURS, len(rows) - 1)
    found = np.empty((len(rows), count), np.int64)
    far = np.empty((len(rows), count))
    points = torch.from_numpy(rows)
    for block in blocks(points, points, "Finding nearest neighbours"):
        if isinstance(block, Progress):
            yield block
            continue
        where, squared = block
        own = torch.arange(len(rows))[where]
        squared[torch.arange(len(own)), own] = torch.inf
        near = squared.topk(count, largest=False)
        found[where], far[where] = near.indices.numpy(), near.values.double().sqrt().numpy()
    return found, far
