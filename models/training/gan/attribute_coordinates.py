"""Attribute coordinates: coordinates of z that follow an attribute of the image."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import one_hot, smooth_l1_loss

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.progress import Work
from zscape.models.training.classifiers.attribute_reader import Reader, learn

QUANTILES = 65
"""Knots of the map from an attribute to its normal score."""
RAMP = (0.05, 0.2)
"""Fractions of a run between which the loss weight rises from 0 to full: first there must be something to measure."""


class AttributeCoordinates:
    """The map from the value of each attribute to its normal score among the real pictures of the class.

    The loss requires the score of what G draws to equal the attribute's coordinate of z. The coordinate then runs through the
    attribute's real range in the same way in every class, and its prior N(0, 1) gives the attribute's real distribution. An
    attribute is one of ATTRIBUTES, measured on the picture, or comes with the data; for the latter `prepare` must have been run
    to its end.
    """

    def __init__(self, coordinates: Mapping[str, int], data: Dataset, classes: int, device: torch.device, seed: int = 0) -> None:
        self.coordinates, self.data, self.classes, self.device, self.seed = dict(coordinates), data, classes, device, seed
        if unknown := [name for name in coordinates if name not in ATTRIBUTES and name not in data.attributes]:
            known = ", ".join((*ATTRIBUTES, *data.attributes))
            raise ZscapeError(f"No attribute is called {unknown[0]!r}: it can be {known}.")
        self.given = [name for name in coordinates if name in data.attributes]
        self.reader: Reader | None = None
        shares = (torch.arange(QUANTILES, dtype=torch.float64) + 0.5) / QUANTILES
        self.scores = torch.special.ndtri(shares).float().to(device)  # [Q]
        self.tables: dict[str, Tensor] = {}  # [K, Q]: the value of the attribute at each quantile of each class
        if not coordinates:
            return
        x = torch.from_numpy(data.images).float().mean(3) / 255
        self.labels = torch.from_numpy(data.labels) if classes > 1 else torch.zeros(len(data), dtype=torch.int64)
        for name in coordinates:
            values = self._given(name) if name in self.given else ATTRIBUTES[name](x).double()
            # A class without pictures gets the quantiles of all pictures.
            members = [values[self.labels == k] for k in range(classes)]
            table = torch.stack([torch.quantile(each if len(each) else values, shares) for each in members])
            # Equal neighbouring quantiles (of a class that hardly varies) would make the slope between them infinite.
            reach = 1.0 if name in ATTRIBUTES else float(values.std()) or 1.0
            table += torch.linspace(0, 1e-4 * reach, QUANTILES, dtype=torch.float64)
            self.tables[name] = table.float().to(device)

    def prepare(self) -> Work[None]:
        """Train a network to read the attributes that come with the data."""
        if self.given:
            images = torch.from_numpy(self.data.images).permute(0, 3, 1, 2).to(self.device)
            labels = self.labels.to(self.device)
            scores = [self.score(name, self._given(name).float().to(self.device), labels) for name in self.given]
            c = one_hot(labels, self.classes).float()
            self.reader = yield from learn(images, c, torch.stack(scores, 1).clamp(-3, 3), self.seed)

    def _given(self, name: str) -> Tensor:
        """Return the attribute `name` that comes with the data, float64 [N]."""
        return torch.from_numpy(self.data.attributes[name])

    def score(self, name: str, values: Tensor, labels: Tensor) -> Tensor:
        """Return the normal scores [N] of attribute values [N] in classes [N]: piecewise linear, extrapolated at the ends."""
        table = self.tables[name][labels]  # [N, Q]
        low = (torch.searchsorted(table, values.detach()[:, None]).squeeze(1) - 1).clamp(0, QUANTILES - 2)
        rows = torch.arange(len(values), device=values.device)
        start, end = table[rows, low], table[rows, low + 1]
        share = (values - start) / (end - start)
        score: Tensor = self.scores[low] + share * (self.scores[low + 1] - self.scores[low])
        return score

    def loss(self, images: Tensor, z: Tensor, c: Tensor) -> Tensor:
        """Return the mean smooth L1 distance of the attributes of images [N, C, H, W] in [-1, 1] from those in z [N, Z]."""
        x, labels = (images.mean(1) + 1) / 2, c.argmax(1)
        read = self.reader(images, c).unbind(1) if self.reader else ()
        scores = dict(zip(self.given, read, strict=True))
        losses = []
        for name, coordinate in self.coordinates.items():
            score = scores[name] if name in scores else self.score(name, ATTRIBUTES[name](x), labels)
            # Far outside its real range an attribute is not comparable.
            losses.append(smooth_l1_loss(score.clamp(-4, 4), z[:, coordinate]))
        return torch.stack(losses).mean()


def ramp(progress: float) -> float:
    """Return the weight of the attribute loss at `progress` of a run, both 0 to 1."""
    return min(max((progress - RAMP[0]) / (RAMP[1] - RAMP[0]), 0.0), 1.0)
