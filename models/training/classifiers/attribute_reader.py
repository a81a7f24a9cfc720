"""A small network that learns to read attributes given as numbers with the data, so that a generator can be trained on them."""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn
from torch.nn.functional import smooth_l1_loss

from zscape.models.progress import Progress, Work
from zscape.models.training.classifiers.averaged import Averaged
from zscape.models.training.steps.adam import Adam

STEPS, BATCH, RATE = 500, 64, 2e-3
"""About twenty seconds on one core for 28x28."""


class Reader(nn.Module):
    """Predicts from images [N, C, H, W] in [-1, 1] and classes [N, K] the normal scores of A attributes in the class, [N, A]."""

    def __init__(self, channels: int, classes: int, attributes: int) -> None:
        super().__init__()
        widths, layers = (channels, 24, 48, 96), list[nn.Module]()
        for before, after in itertools.pairwise(widths):
            layers += [nn.Conv2d(before, after, 3, stride=2, padding=1), nn.LeakyReLU(0.2)]
        self.features = nn.Sequential(*layers, Averaged(3), nn.Flatten())
        self.head = nn.Sequential(nn.Linear(9 * widths[-1] + classes, 96), nn.LeakyReLU(0.2), nn.Linear(96, attributes))

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        scores: Tensor = self.head(torch.cat([self.features(x), c], 1))
        return scores


def learn(images: Tensor, c: Tensor, scores: Tensor, seed: int) -> Work[Reader]:
    """Train a reader of scores [N, A] from images uint8 [N, C, H, W] of classes c [N, K], all on one device."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reader = Reader(images.shape[1], c.shape[1], scores.shape[1]).to(images.device)
    adam = Adam(reader, RATE)
    random = torch.Generator().manual_seed(seed)
    for step in range(STEPS):
        some = torch.randint(len(images), (BATCH,), generator=random).to(images.device)
        loss = smooth_l1_loss(reader(images[some] / 127.5 - 1, c[some]), scores[some])
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.set_rate(RATE * (1 + math.cos(math.pi * step / STEPS)) / 2)
        adam.step()
        yield Progress(step + 1, STEPS, "Learning to read the attributes", {"loss": loss.item()})
    return reader.eval().requires_grad_(False)
