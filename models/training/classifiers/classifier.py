"""Trains a small classifier."""

from __future__ import annotations

import math

import torch
from torch.nn.functional import cross_entropy

from zscape.models.data.dataset import Dataset
from zscape.models.data.jitter import jittered
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work
from zscape.models.training.classifiers.classifier_network import SMALLEST, Classifier
from zscape.models.training.run.clock import quick_denormals
from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.one_cycle import one_cycle_rate

BATCH = 100
RATE, WEIGHT_DECAY = 4e-3, 0.02
"""AdamW's maximum learning rate (one cycle: up within a fifth of the run, then half a cosine down to 0) and weight decay."""

FEWEST = 10
"""Minimum number of steps: fewer leave no room for the rise of the learning rate."""


def learn_classes(data: Dataset, epochs: float, seed: int, label: str, device: torch.device | str = "cpu") -> Work[Classifier]:
    """Train a classifier on `data`; return it in evaluation mode with frozen weights.

    Each picture is shifted, rotated, sheared and scaled a little at random, so that the classifier learns the class and not the
    picture. Progress is reported as `label`. Raises ZscapeError for pictures too small for the network, or data with one class.
    """
    if min(data.image_shape[1:]) < SMALLEST or len(data.class_names) < 2:
        raise ZscapeError(f"{data.name}: a classifier needs pictures of at least 12 x 12 pixels, of at least two classes.")
    device = torch.device(device)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = Classifier(data.image_shape, len(data.class_names)).to(device).train()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch declares it for tensors only
    steps = max(FEWEST, math.ceil(epochs * len(data) / BATCH))
    batches = Batches(data, len(data.class_names), BATCH, seed, device)
    adam = Adam(network, RATE, decay=WEIGHT_DECAY)
    random = torch.Generator().manual_seed(seed)
    with quick_denormals():
        for step in range(steps):
            x, c = batches[step]
            loss = cross_entropy(network(jittered(x, random)), c)
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            adam.set_rate(one_cycle_rate(step, steps + 1, RATE, 0.2))
            adam.step()
            yield Progress(step + 1, steps, label, {"loss": loss.item()})
    return network.eval().requires_grad_(False)
