"""Two toy families, declared only here: whatever generic code can do with them, it can do with any family."""

from dataclasses import asdict, dataclass

import torch
from torch.nn.functional import interpolate

from zscape.models.families import base
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inputs import Classes, Latent, Noise, Numbers, Picture, Styles
from zscape.models.inputs.kinds.noise import maps

SIDE = 16


# A family with a latent, classes, numbers and a picture.
@dataclass(frozen=True)
class ScenesConfig:
    """Colour pictures of SIDE x SIDE."""

    z_size: int = 5
    classes: int = 3
    image_shape: tuple[int, int, int] = (3, SIDE, SIDE)


class ScenesGenerator(base.Generator):
    """A sum of the picture input, a colour from class and latent, and a wave whose phase and height are numbers."""

    def __init__(self, config):
        super().__init__()
        self.image_shape = config.image_shape
        random = torch.Generator().manual_seed(1)
        self.tint = torch.nn.Parameter(torch.randn(config.classes, 3, generator=random))
        self.mix = torch.nn.Parameter(torch.randn(config.z_size, 3, generator=random) / 3)
        self.wave = torch.nn.Parameter(torch.linspace(0, 6, SIDE))

    def forward(self, points):
        colour = (points["class"] @ self.tint + points["z"] @ self.mix)[:, :, None, None]  # [N, 3, 1, 1]
        angle = points["pose"][:, :1, None]  # [N, 1, 1]
        wave = torch.sin(self.wave + angle)[:, None] * points["pose"][:, 1:2, None, None]  # [N, 1, 1, SIDE]
        return torch.tanh(points["mask"] / 2 + colour + wave)


SCENES = base.Family(
    name="toy-scenes",
    summary="A latent, classes, numbers and a picture",
    config=ScenesConfig,
    inputs=lambda config, labels: (
        Latent("z", config.z_size),
        Classes("class", labels),
        Numbers("pose", ("angle", "depth"), ((-3.0, 3.0), (0.0, 1.0)), ("rad", "")),
        Picture("mask", (SIDE, SIDE, 3), ((0, 0, 0), (255, 0, 0), (0, 0, 255))),
    ),
    generator=ScenesGenerator,
)


# A family with a latent, styles and noise, and no classes.
@dataclass(frozen=True)
class StyledConfig:
    """Grey pictures of SIDE x SIDE."""

    z_size: int = 6
    layers: int = 6
    size: int = 4
    image_shape: tuple[int, int, int] = (1, SIDE, SIDE)


class StyledGenerator(base.Generator):
    """A mapping network, and layers that each add one pattern according to its style, finer from layer to layer."""

    def __init__(self, config):
        super().__init__()
        self.image_shape, self.config = config.image_shape, config
        random = torch.Generator().manual_seed(2)
        self.mapping = torch.nn.Parameter(torch.randn(config.z_size, config.layers * config.size, generator=random))
        self.patterns = torch.nn.Parameter(torch.randn(config.layers, config.size, 8, 8, generator=random) / 2)

    def styles(self, points):
        return torch.tanh(points["z"] @ self.mapping).unflatten(1, (self.config.layers, self.config.size))

    def draw(self, styles, points):
        rows = points["noise"]
        grain = torch.from_numpy(maps(rows.cpu().numpy(), self.image_shape, "grain")).to(rows.device)
        image = 0.1 * grain
        for layer in range(self.config.layers):
            side = min(8, 2 + layer)
            pattern = torch.einsum("ns,shw->nhw", styles[:, layer], self.patterns[layer, :, :side, :side])
            image = image + interpolate(pattern[:, None], SIDE)
        return torch.tanh(image / 2)


STYLED = base.Family(
    name="toy-styled",
    summary="A latent, styles and noise",
    config=StyledConfig,
    inputs=lambda config, labels: (
        Latent("z", config.z_size),
        Styles("w", config.layers, config.size),
        Noise("noise"),
    ),
    generator=StyledGenerator,
)


LABELS = {SCENES.name: ("red", "green", "blue"), STYLED.name: ()}


def model_of(family):
    """A model of a toy family."""
    config = family.config()
    inputs = family.inputs(config, LABELS[family.name])
    spec = Spec(family.name, family.name, asdict(config), inputs, config.image_shape, data="nothing", subject="object")
    return Model(spec, family.generator(config).eval().requires_grad_(False))
