"""Whether the pictures of a data set show strokes or objects."""

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.data.subject import subject_of


def of(images):
    return subject_of(Dataset("d", images, np.zeros(len(images), np.int64), ("x",)))


def test_digits_are_strokes():
    assert subject_of(load("digits")) == "glyph"


def test_filled_shapes_and_colour_are_things():
    filled = np.zeros((20, 28, 28, 1), np.uint8)
    filled[:, 4:24, 6:22] = 180
    assert of(filled) == "object"
    assert of(load("digits").images[:20].repeat(3, axis=3)) == "object"
