"""The colours of a set of pictures."""

import numpy as np

from zscape.models.media.palette import APART, frequent_colours, ground_of

RED, SKY = (200, 40, 30), (120, 180, 220)


def pictures():
    """Red discs of several sizes on sky blue, with a little noise."""
    rows, columns = np.mgrid[:32, :32]
    images = np.empty((12, 32, 32, 3), np.uint8)
    for index in range(12):
        inside = (rows - 18) ** 2 + (columns - 16) ** 2 < (5 + index % 4) ** 2
        images[index] = np.where(inside[..., None], RED, SKY)
    noise = np.random.default_rng(0).integers(-3, 4, images.shape)
    return np.clip(images + noise, 0, 255).astype(np.uint8)


def near(colour, other):
    return np.linalg.norm(np.subtract(colour, other)) < 12


def test_frequent_colours_are_there_and_black_and_white():
    colours = frequent_colours(pictures())
    for wanted in (RED, SKY, (0, 0, 0), (255, 255, 255)):
        assert sum(near(colour, wanted) for colour in colours) == 1
    assert len(colours) == 4


def test_colours_differ_and_are_no_more_than_asked_for():
    noise = np.random.default_rng(1).integers(0, 256, (4, 32, 32, 3)).astype(np.uint8)
    colours = frequent_colours(noise, 10)
    assert len(colours) == 10
    distances = [np.linalg.norm(np.subtract(a, b)) for k, a in enumerate(colours) for b in colours[:k]]
    assert min(distances) >= APART - 1
    assert colours == frequent_colours(noise, 10)


def test_the_ground_is_what_is_around_the_subject():
    assert near(ground_of(pictures()), SKY)
