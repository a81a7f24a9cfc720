"""Tensors by name, "group/name" where they are in groups."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor


def named(name: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Tensors by their names in the group `name`."""
    return {f"{name}/{key}": each for key, each in tensors.items()}


def group(tensors: Mapping[str, Tensor], name: str) -> dict[str, Tensor]:
    """Those of the group `name`, by the rest of their names."""
    return {key.removeprefix(f"{name}/"): each for key, each in tensors.items() if key.startswith(f"{name}/")}
