"""The layers shared by the discriminator and the encoder of a projection GAN."""

from __future__ import annotations

from torch import Tensor, nn

from zscape.models.families.projection.config import ProjectionConfig


class Trunk(nn.Module):
    """Images [N, C, H, W] -> features [N, hidden]. No class, no normalisation."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        widths = (config.channels, *config.features)
        side = config.size
        layers: list[nn.Module] = []
        for i in range(len(config.features)):
            odd = side % 2  # 7 -> 4
            layers += [nn.Conv2d(widths[i], widths[i + 1], 3 if odd else 4, stride=2, padding=1), nn.LeakyReLU(0.2)]
            side = (side + odd) // 2
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(widths[-1] * side**2, config.hidden), nn.LeakyReLU(0.2))
        for layer in self.layers:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.kaiming_normal_(layer.weight, 0.2)
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.layers(x)
        return features
