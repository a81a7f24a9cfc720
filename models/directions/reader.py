"""A network that reads labelled attributes from pictures."""

from __future__ import annotations

import itertools

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, smooth_l1_loss

from zscape.models.data.dataset import Dataset
from zscape.models.directions.samples import Floats
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work
from zscape.models.training.classifiers.averaged import Averaged
from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.one_cycle import one_cycle, one_cycle_rate

STEPS, BATCH, RATE, NOISE = 800, 64, 3e-3, 0.05
"""NOISE: standard deviation of noise added to pixels from -1 to 1, so that drawn images are read like real ones."""
FEWEST, PART = 40, 100
"""Minimum number of pictures to learn from, and number of images read at once."""


class AttributeReader(nn.Module):
    """Reads A attributes and the logits of K classes, [N, A + K], from images [N, C, H, W] in [-1, 1].

    binary: which attributes are yes or no; their outputs are logits, those of the others numbers of mean 0 and deviation 1.
    """

    def __init__(self, channels: int, binary: tuple[bool, ...], classes: int) -> None:
        super().__init__()
        self.binary = torch.tensor(binary)
        widths, layers = (channels, 16, 32, 64, 96), list[nn.Module]()
        for before, after in itertools.pairwise(widths):
            layers += [nn.Conv2d(before, after, 3, stride=2, padding=1), nn.BatchNorm2d(after), nn.LeakyReLU(0.2)]
        self.features = nn.Sequential(*layers, Averaged(4), nn.Flatten())
        self.head = nn.Sequential(nn.Linear(16 * widths[-1], 128), nn.LeakyReLU(0.2), nn.Linear(128, len(binary) + classes))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.head(self.features(x))
        return out

    def read(self, images: NDArray[np.uint8]) -> Tensor:
        """Read the attributes of images uint8 [N, H, W, C]: [N, A], as probabilities for binary ones."""
        x = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 127.5 - 1
        with torch.inference_mode():
            out: Tensor = self(x)[:, : len(self.binary)]
        return torch.where(self.binary, out.sigmoid(), out)

    def read_one(self, place: int, images: NDArray[np.uint8]) -> Tensor:
        """Read one of the attributes: [N]."""
        return self.read(images)[:, place]

    def read_all(self, images: NDArray[np.uint8]) -> Work[Floats]:
        """Read many images in batches, as `read` does: float64 [N, A]."""
        parts = []
        for start in range(0, len(images), PART):
            parts.append(self.read(images[start : start + PART]))
            yield Progress(min(start + PART, len(images)), len(images), "Reading the attributes of samples")
        found: Floats = torch.cat(parts).double().numpy()
        return found


def learn_attributes(data: Dataset, seed: int, steps: int | None = None) -> Work[AttributeReader]:
    """Train a reader of the attributes of `data`; return it in evaluation mode.

    steps: number of training steps, STEPS by default. Raises ZscapeError for data without attributes or with too few pictures.
    """
    steps = steps or STEPS
    if not data.attributes:
        raise ZscapeError(f"{data.name} has no attributes: give data whose pictures have some, such as an npz with `attributes`.")
    if len(data) < FEWEST:
        raise ZscapeError(f"{data.name} has {len(data)} pictures: learning to read attributes takes {FEWEST} or more.")
    values = np.stack(list(data.attributes.values()), 1)
    binary = tuple(set(np.unique(column).tolist()) <= {0.0, 1.0} for column in values.T)
    scaled = np.where(binary, values, (values - values.mean(0)) / np.maximum(values.std(0), 1e-9))
    wanted, labels = torch.from_numpy(scaled).float(), torch.from_numpy(data.labels)
    images = torch.from_numpy(data.images)
    random = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reader = AttributeReader(images.shape[3], binary, len(data.class_names))
    yes, count = reader.binary, len(binary)
    adam = Adam(reader, RATE, decay=1e-2)
    for step in range(steps):
        some = torch.randint(len(images), (BATCH,), generator=random)
        x = images[some].permute(0, 3, 1, 2).float() / 127.5 - 1
        out = reader(x + NOISE * torch.randn(x.shape, generator=random))
        loss = cross_entropy(out[:, count:], labels[some])
        if bool(yes.any()):
            loss = loss + 2 * binary_cross_entropy_with_logits(out[:, :count][:, yes], wanted[some][:, yes])
        if not bool(yes.all()):
            loss = loss + smooth_l1_loss(out[:, :count][:, ~yes], wanted[some][:, ~yes])
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.set_rate(one_cycle_rate(step, steps + 1, RATE))
        adam.betas = one_cycle(step, steps + 1, 0.85, 0.95, 0.95), 0.999  # the higher the learning rate, the shorter the memory
        adam.step()
        yield Progress(step + 1, steps, "Learning to read the attributes", {"loss": loss.item()})
    return reader.eval().requires_grad_(False)
