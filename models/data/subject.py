"""Detects what the pictures of a data set show: glyphs made of strokes, or objects."""

from __future__ import annotations

import torch

from zscape.models.data.attributes import stroke_width
from zscape.models.data.dataset import Dataset
from zscape.models.files.spec import Subject

SAMPLED = 2000
"""Maximum number of pictures measured."""
WIDEST = 1 / 8
"""Maximum stroke width of glyphs, as a fraction of the side: a tenth in handwritten digits; grey garments have a sixth."""


def subject_of(data: Dataset) -> Subject:
    """Return what the pictures of `data` show: "glyph" if they are grey with narrow strokes, otherwise "object"."""
    images = data.images[:: max(1, len(data) // SAMPLED)]
    if images.shape[3] != 1:
        return "object"
    width = stroke_width(torch.from_numpy(images[..., 0]).float() / 255).median()
    return "glyph" if width < WIDEST * min(images.shape[1:3]) else "object"
