"""The discriminator of a projection GAN."""

from __future__ import annotations

from torch import Tensor, nn

import zscape.models.families.base as base
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.trunk import Trunk


class ProjectionDiscriminator(base.Discriminator):
    """The trunk, a linear logit, and the inner product of features and class embedding."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = nn.Linear(config.hidden, 1)
        self.embedding = nn.Linear(config.classes, config.hidden, bias=False)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        features = self.features(x, c)
        logits: Tensor = self.head(features).squeeze(1) + (features * self.embedding(c)).sum(1)
        return logits

    def features(self, x: Tensor, c: Tensor) -> Tensor:
        found: Tensor = self.trunk(x)  # the class enters after the features
        return found
