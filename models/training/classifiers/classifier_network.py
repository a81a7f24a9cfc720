"""A small classifier, whose features form the space in which sets of pictures are compared."""

from __future__ import annotations

from torch import Tensor, nn

FEATURES = 128
"""Number of features."""
SMALLEST = 12
"""Minimum side in pixels."""
LARGE = 48
"""Side in pixels above which pictures are halved once more: the last convolution then sees as many places as with 28x28."""


class Classifier(nn.Module):
    """Five layers: forward(x [N, C, H, W] in [-1, 1]) -> logits [N, K]; features(x) -> input of the last layer, [N, 128], >= 0.

    Convolutions with batch normalisation and ReLU, as small as 99.5 % on MNIST allows, since every sample passes through it.
    """

    def __init__(self, image_shape: tuple[int, int, int], classes: int) -> None:
        super().__init__()
        channels, height, width = image_shape

        def block(before: int, after: int, *more: nn.Module, size: int = 3, stride: int = 1, padding: int = 1) -> list[nn.Module]:
            return [nn.Conv2d(before, after, size, stride, padding, bias=False), nn.BatchNorm2d(after), nn.ReLU(), *more]

        halved = [nn.MaxPool2d(2)] if min(height, width) >= LARGE else []
        self.trunk = nn.Sequential(
            *block(channels, 32, size=5, stride=2, padding=2),  # half the side
            *block(32, 48, nn.MaxPool2d(2)),  # a quarter
            *block(48, 96, *halved),
            *block(96, 96, padding=0),
            nn.Flatten(),
        )
        side_y, side_x = ((length + 1) // 2 // 2 // (1 + len(halved)) - 2 for length in (height, width))
        self.narrow = nn.Sequential(nn.Linear(96 * side_y * side_x, FEATURES, bias=False), nn.BatchNorm1d(FEATURES), nn.ReLU())
        self.decide = nn.Linear(FEATURES, classes)

    def features(self, x: Tensor) -> Tensor:
        """Return the features [N, 128] of x [N, C, H, W]."""
        features: Tensor = self.narrow(self.trunk(x))
        return features

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.decide(self.features(x))
        return logits
