"""Tensors by name, with names "group/name" for those in groups."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor


def named(name: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors with the prefix of the group `name` added to their names."""
    return {f"{name}/{key}": each for key, each in tensors.items()}


def group(tensors: Mapping[str, Tensor], name: str) -> dict[str, Tensor]:
    """Return the tensors of the group `name`, without the prefix."""
    return {key.removeprefix(f"{name}/"): each for key, each in tensors.items() if key.startswith(f"{name}/")}
