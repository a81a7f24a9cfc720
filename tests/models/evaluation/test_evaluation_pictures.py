"""Chi-square of pixels and variety within classes."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zscape.models.evaluation.pictures import chi_square, histogram, pixels, variety
from zscape.models.progress import finish
from zscape.models.training.gan import losses

images = arrays.arrays(np.uint8, (3, 4, 4, 1))


@given(images)
def test_a_histogram_sums_to_1_and_has_every_pixel_in_its_bin(x):
    shares = finish(histogram(x))
    assert shares.shape == (100,)
    assert shares.sum() == pytest.approx(1)
    assert shares[0] == pytest.approx((x < 2.55).mean())
    assert shares[99] == pytest.approx((x >= 252.45).mean())


def between(a, b):
    return chi_square(finish(histogram(a)), finish(histogram(b)))


def test_many_pictures_are_counted_and_read_in_parts():
    x = np.random.default_rng(0).integers(0, 256, (4100, 2, 3, 1)).astype(np.uint8)
    assert [step.done for step in histogram(x)] == [2000, 4000, 4100]
    wanted = np.histogram(x, 100, (0, 255))[0] / x.size
    np.testing.assert_allclose(finish(histogram(x)), wanted)
    points = finish(pixels(x))
    assert np.array_equal(np.rint(points.numpy() * 255), x.reshape(4100, 6))


@given(images, images)
def test_chi_square_is_symmetric_from_0_to_2_and_0_for_the_same(a, b):
    assert between(a, a) == 0
    assert 0 <= between(a, b) <= 2 + 1e-9
    assert between(a, b) == pytest.approx(between(b, a))
    assert between(a, np.concatenate([b, b])) == pytest.approx(between(a, b))


def test_chi_square_of_disjoint_pictures_is_2_and_twice_that_of_training():
    black, white = np.zeros((2, 3, 3, 1), np.uint8), np.full((5, 3, 3, 1), 255, np.uint8)
    assert between(black, white) == 2
    a, b = (np.random.default_rng(seed).integers(0, 100 * (seed + 1), (9, 8, 8, 1)).astype(np.uint8) for seed in (0, 1))
    shown = losses.chi_square(*(torch.from_numpy(x / 127.5 - 1) for x in (a, b)))
    assert between(a, b) == pytest.approx(2 * shown.item(), rel=0.02)  # a level on a bin's edge may fall into either bin


def cloud(seed):
    return torch.randn(60, 5, generator=torch.Generator().manual_seed(seed)), np.arange(60) % 3


@given(st.floats(0.01, 10))
@settings(max_examples=20)
def test_variety_is_the_ratio_of_the_distances(scale):
    x, labels = cloud(0)
    ratios = finish(variety(scale * x + 3, labels, x, labels))
    assert list(ratios) == [0, 1, 2]
    assert list(ratios.values()) == pytest.approx([scale] * 3, rel=1e-3)


def test_a_collapsed_class_has_no_variety_and_the_others_all():
    x, labels = cloud(1)
    drawn = torch.where(torch.from_numpy(labels == 1)[:, None], x[0], x)
    assert finish(variety(drawn, labels, x, labels)) == pytest.approx({0: 1, 1: 0, 2: 1})


def test_classes_without_two_pictures_that_differ_are_passed_over():
    x, labels = cloud(2)
    alike = torch.where(torch.from_numpy(labels == 2)[:, None], x[0], x)
    assert list(finish(variety(x, labels, alike, labels))) == [0, 1]
    assert list(finish(variety(x, labels, x[:4], labels[:4]))) == [0]
