"""Warnings about a data set before something is trained on it."""

from __future__ import annotations

import numpy as np

from zscape.models.data.dataset import Dataset

FEW = 20
"""Pictures below which a network overfits them."""
NAMED = 5
"""Classes named in a warning."""


def data_warnings(data: Dataset, image_shape: tuple[int, int, int]) -> str:
    """Sentences about what is unusual in `data` for a model of image_shape (C, H, W), "" where nothing is."""
    said = list(data.warnings)
    missing = [name for name, count in zip(data.class_names, _counts(data), strict=True) if not count]
    if len(data) < FEW:
        said.append(f"{data.name} has only {len(data)} pictures: a model overfits so few.")
    if len(data.class_names) == 1:
        said.append(f"{data.name} has one class: the model is trained without classes.")
    if missing:
        names = ", ".join(missing[:NAMED]) + (", ..." if len(missing) > NAMED else "")
        said.append(f"{data.name} has no pictures of {names}: images of these classes will be meaningless.")
    channels, height, width = image_shape
    if data.image_shape[0] > channels:
        said.append(f"{data.name} is in colour and the model is grey: the colours are dropped.")
    if data.image_shape[1:] != (height, width):
        size = f"{data.image_shape[2]} x {data.image_shape[1]}"
        said.append(f"The pictures of {data.name} are {size} and are resized to {width} x {height}.")
    return " ".join(said)


def _counts(data: Dataset) -> list[int]:
    """Pictures of each class."""
    counts: list[int] = np.bincount(data.labels, minlength=len(data.class_names)).tolist()
    return counts
