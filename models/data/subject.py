"""What the pictures of a data set show: glyphs made of strokes, or objects."""

from __future__ import annotations

import torch

from zscape.models.data.attributes import stroke_width
from zscape.models.data.dataset import Dataset
from zscape.models.files.spec import Subject

SAMPLED = 2000
"""Pictures that are measured."""
WIDEST = 1 / 8
"""Of the side: strokes of a glyph are narrower (a tenth in handwritten digits), garments in grey are wider (a sixth)."""


def subject_of(data: Dataset) -> Subject:
    """What the pictures of `data` show: glyphs where most are grey and consist of narrow strokes, else objects."""
    images = data.images[:: max(1, len(data) // SAMPLED)]
    if images.shape[3] != 1:
        return "object"
    width = stroke_width(torch.from_numpy(images[..., 0]).float() / 255).median()
    return "glyph" if width < WIDEST * min(images.shape[1:3]) else "object"
