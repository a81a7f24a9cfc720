"""The contract every family of generators keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.latent import Latent


class Generator(nn.Module):
    """Points to images: forward(points) -> [N, C, H, W] in [-1, 1].

    points: input name -> float32 [N, ...], for the inputs that the family declares. Where styles are among them there are two
    steps, `styles` and `draw`, so that truncation, mixing and moves are done between them, once for all families.
    """

    image_shape: tuple[int, int, int]

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        return self.draw(self.styles(points), points)

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        """The styles [N, L, S] that the mapping network makes of the other inputs."""
        raise NotImplementedError

    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        """Images [N, C, H, W] in [-1, 1] of styles [N, L, S] and the noise among `points`."""
        raise NotImplementedError

    def fast_twin(self, dtype: torch.dtype) -> nn.Module | None:
        """A faster module with the same methods for inference only, None if there is none.

        It shares no tensors with this one (in evaluation mode), which it leaves as it is. In torch.float32 it draws the same to
        1e-3, in torch.bfloat16 what differs by a grey level or so; its images carry no gradients.
        """
        return None

    def preview_twin(self, dtype: torch.dtype, halvings: int, points: Mapping[str, Tensor], pictures: Tensor) -> nn.Module | None:
        """A module as `fast_twin`'s that is faster still, None if there is none.

        Its images are of the full size, but show only what can be told from maps of 1 / 2 ** halvings of the pixels a side.
        points, pictures [N, C, H, W] in [-1, 1]: what this generator draws, for a module that learns to guess it.
        """
        return None

    def first_matrix(self) -> Tensor | None:
        """The matrix [M, S] by which the latent (where there are styles: a layer's style) first acts, None if there is none.

        What it does not change it cannot show: its strongest inputs are directions (models/directions/components.py).
        """
        return None

    def change_latents(self, matrix: Tensor) -> bool:
        """Draw from now on at z [N, Z] what was drawn at z @ matrix.T; False, and nothing is changed, where that cannot be."""
        return False


class Discriminator(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> one logit an image [N]: above 0 is "real"."""

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError

    def features(self, x: Tensor, c: Tensor) -> Tensor:
        """What its last layer judges images [N, C, H, W] by: [N, F], the output of the layer before."""
        raise NotImplementedError


class Encoder(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> z [N, Z] such that the generator draws x at z in classes c.

    finds: the name of the input that z is. classifies: whether it also finds the class, by `infer`; one that does not is tried
    under every class. passes: how often an image goes through it: from the second time on it is compared with what was drawn, and
    z corrected by `correct` (ReStyle: Alaluf et al. 2021).
    """

    finds: ClassVar[str] = "z"
    classifies = False
    passes = 1

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError

    def infer(self, x: Tensor, c: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Z [N, Z] and class logits [N, K] in one pass; z is given c [N, K], or without it the class of the largest logit."""
        raise NotImplementedError

    def correct(self, x: Tensor, drawn: Tensor, z: Tensor, c: Tensor) -> Tensor:
        """A better latent [N, Z] than z [N, Z], with which the generator drew `drawn` [N, C, H, W] in place of x."""
        raise NotImplementedError

    def change_latents(self, matrix: Tensor) -> bool:
        """Find from now on z [N, Z] where z @ matrix.T was found; False, and nothing is changed, where that cannot be."""
        return False


@dataclass(frozen=True)
class Family:
    """One family: what its config looks like and how its networks are built from one. What it does not offer is None.

    config: a frozen dataclass whose __post_init__ raises ZscapeError for values out of range (a lying file header must not
    make it allocate without bound), with image_shape (C, H, W) as a field or property. inputs(config, labels): what its
    generator takes, for classes of these labels; raises ZscapeError where the config has another number of classes.
    encoder: builds an Encoder; encoder_from: one that starts from the weights of a trained discriminator.
    grown(config, generator, discriminator, encoder): networks of `config` that at first do what these smaller ones do, None
    where they are not of its shape but for their size.
    """

    name: str
    summary: str
    config: type[Any]
    inputs: Callable[[Any, tuple[str, ...]], tuple[Input, ...]]
    generator: Callable[[Any], Generator]
    discriminator: Callable[[Any], Discriminator] | None = None
    encoder: Callable[[Any], Encoder] | None = None
    encoder_from: Callable[[Any, Discriminator], Encoder] | None = None
    grown: (
        Callable[[Any, Generator, Discriminator, Encoder | None], tuple[Generator, Discriminator, Encoder | None] | None] | None
    ) = None


def latent_and_classes(config: Any, labels: tuple[str, ...]) -> tuple[Input, ...]:
    """The inputs of a family whose generator takes a latent "z" of config.z_size and one of config.classes classes, "class".

    Raises ZscapeError unless there is a label for each class.
    """
    if len(labels) != config.classes:
        raise ZscapeError(f"There are {len(labels)} class names, the model has {config.classes} classes.")
    return Latent("z", config.z_size), Classes("class", labels)
