"""The contract every family of generators keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn


class Generator(nn.Module):
    """Points to images: forward(z [N, Z], c [N, K] class weights with rows summing to 1) -> [N, C, H, W] in [-1, 1]."""

    z_size: int
    classes: int
    image_shape: tuple[int, int, int]

    def forward(self, z: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError


class Discriminator(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> one logit an image [N]: above 0 is "real"."""

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        raise NotImplementedError


class Encoder(nn.Module):
    """forward(x [N, C, H, W] in [-1, 1], c [N, K]) -> z [N, Z] such that the generator draws x at (z, c).

    classifies: whether it also finds the class, by `infer`; one that does not is tried under every class. passes: how often it
    looks at an image: after the first look it compares what was drawn with it, and corrects z by `correct`.
    """

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


@dataclass(frozen=True)
class Family:
    """One family: what its config looks like and how its networks are built from one.

    config: a frozen dataclass whose __post_init__ raises ZscapeError for values out of range (a lying file header must not
    make it allocate without bound); it has z_size, classes and image_shape as fields or properties.
    encoder: builds an Encoder of the same trunk as the discriminator; encoder_from: one that starts from D's weights.
    lower: a faster module with the same forward for inference only, or None where the family has none; it never changes or
    shares tensors with the generator it is given. In torch.float32 it draws the same to 1e-3, in torch.bfloat16 what differs
    by a grey level or so.
    """

    name: str
    summary: str
    config: type[Any]
    generator: Callable[[Any], Generator]
    discriminator: Callable[[Any], Discriminator]
    encoder: Callable[[Any], Encoder]
    encoder_from: Callable[[Any, Discriminator], Encoder]
    lower: Callable[[Generator, torch.dtype], nn.Module] | None = None
