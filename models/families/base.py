"""The contract of every family of generators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent


class Generator(nn.Module):
    """Points to images: forward(points) -> [N, C, H, W] in [-1, 1].

    points: input name -> float32 [N, ...], for the inputs that the family declares. If styles are among them, there are two
    steps, `styles` and `draw`, so that truncation, mixing and moves are done in between, in the same way for all families.
    """

    image_shape: tuple[int, int, int]

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        return self.draw(self.styles(points), points)

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        """Return the styles [N, L, S] that the mapping network makes from the other inputs."""
        raise NotImplementedError

    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        """Return images [N, C, H, W] in [-1, 1] for styles [N, L, S] and the noise among `points`."""
        raise NotImplementedError

    def fast_twin(self, dtype: torch.dtype) -> nn.Module | None:
        """Return a faster module with the same methods for inference only; None if there is none.

        It shares no tensors with this one (in evaluation mode), which it does not change. In torch.float32 it draws the same to
        1e-3, in torch.bfloat16 to about a grey level; its images carry no gradients.
        """
        return None

    def preview_twin(self, dtype: torch.dtype, halvings: int, points: Mapping[str, Tensor], pictures: Tensor) -> nn.Module | None:
        """Return a module like `fast_twin`'s that is faster still; None if there is none.

        Its images have the full size, but show only what maps with 1 / 2 ** halvings of the pixels per side contain. points,
        pictures [N, C, H, W] in [-1, 1]: points with this generator's images, for a module that is fitted to them.
        """
        return None

    def first_matrix(self) -> Tensor | None:
        """Return the matrix [M, S] by which the latent (with styles: a layer's style) first acts; None if there is none.

        Directions without effect on it cannot show; its strongest inputs are directions (models/directions/components.py).
        """
        return None

    def change_latents(self, matrix: Tensor) -> bool:
        """Draw at z [N, Z] from now on what was drawn at z @ matrix.T; return False, with nothing changed, if not supported."""
        return False


class Discriminator(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> one logit per image [N]: above 0 is "real"."""

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError

    def features(self, x: Tensor, c: Tensor) -> Tensor:
        """Return the features [N, F] of images [N, C, H, W] from which the last layer judges: its input."""
        raise NotImplementedError


class Encoder(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> z [N, Z] such that the generator draws x at z in classes c.

    finds: name of the input that z is for. classifies: whether it also finds the class, with `infer`; one that does not is tried
    in every class. passes: number of passes of an image through it: from the second on, it is compared with what was drawn, and z
    is corrected by `correct` (ReStyle: Alaluf et al. 2021).
    """

    finds: ClassVar[str] = "z"
    classifies = False
    passes = 1

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError

    def infer(self, x: Tensor, c: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return z [N, Z] and class logits [N, K] from one pass; z is for c [N, K], or, if None, for the most probable class."""
        raise NotImplementedError

    def correct(self, x: Tensor, drawn: Tensor, z: Tensor, c: Tensor) -> Tensor:
        """Return a better latent [N, Z] than z [N, Z], with which the generator drew `drawn` [N, C, H, W] instead of x."""
        raise NotImplementedError

    def change_latents(self, matrix: Tensor) -> bool:
        """Find z [N, Z] from now on where z @ matrix.T was found; return False, with nothing changed, if not supported."""
        return False


@dataclass(frozen=True)
class Family:
    """One family: its config, and how its networks are built from one. Anything it does not offer is None.

    config: a frozen dataclass whose __post_init__ raises ZscapeError for values out of range (a false file header must not make
    it allocate without bound), with image_shape (C, H, W) as a field or property. inputs(config, labels): the inputs of its
    generator, for classes with these labels; raises ZscapeError if the config has another number of classes. encoder: builds an
    Encoder; encoder_from: one that starts from the weights of a trained discriminator. grown(config, generator, discriminator,
    encoder): networks of `config` that at first do what these smaller ones do; None if they differ in more than their size.
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
    """Return the inputs of a family with a latent "z" of config.z_size and one of config.classes classes, "class".

    Raises ZscapeError unless there is a label for each class.
    """
    if len(labels) != config.classes:
        raise ZscapeError(f"There are {len(labels)} class names, the model has {config.classes} classes.")
    return Latent("z", config.z_size), Classes("class", labels)
