"""Precision, recall and the nearest-neighbour classifier: compared with brute force, and in extreme cases."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.evaluation import neighbours
from zscape.models.evaluation.neighbours import nearest, nearest_neighbour_error, precision_recall
from zscape.models.progress import finish

seeds = st.integers(0, 10_000)


def points(count, size, seed):
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(neighbours, "PRODUCTS", 500)


@given(seeds, st.integers(1, 30), st.integers(1, 30))
@settings(max_examples=30)
def test_the_nearest_is_the_nearest_by_brute_force(seed, count, others):
    a, b = points(count, 4, seed), points(others, 4, seed + 1)
    found = finish(nearest(a, b))
    assert torch.equal(found, torch.cdist(a.double(), b.double()).argmin(1))


def test_blocks_of_any_size_give_the_same(small_blocks):
    a, b = points(60, 4, 0), points(45, 4, 1)
    assert torch.equal(finish(nearest(a, b)), torch.cdist(a, b).argmin(1))
    steps = list(nearest(a, b))
    assert len(steps) > 10
    assert (steps[-1].done, steps[-1].total) == (60, 60)


def test_distances_far_from_the_origin_are_still_told_apart():
    a = torch.tensor([[1000.0, 1000.0], [1000.2, 1000.0]])
    b = torch.tensor([[1000.21, 1000.0], [1000.01, 1000.0]])
    assert finish(nearest(a, b)).tolist() == [1, 0]


def test_the_error_is_the_share_of_wrong_neighbours():
    images = torch.tensor([[0.0], [10.0]])
    test = torch.tensor([[1.0], [2.0], [9.0], [4.0]])
    error = finish(nearest_neighbour_error(images, torch.tensor([0, 1]), test, torch.tensor([0, 0, 1, 1])))
    assert error == 0.25


def brute(points_, manifold, k):
    reach = torch.cdist(manifold, manifold).sort(1).values[:, k]
    return float((torch.cdist(points_, manifold) <= reach).any(1).double().mean())


@given(seeds)
@settings(max_examples=20)
def test_precision_and_recall_are_the_definition(seed):
    real, drawn = points(40, 3, seed).double(), (points(30, 3, seed + 1) * 0.7 + 0.3).double()
    precision, recall = finish(precision_recall(real.float(), drawn.float()))
    assert precision == pytest.approx(brute(drawn, real, 3), abs=0.04)  # one point of thirty may lie on the boundary
    assert recall == pytest.approx(brute(real, drawn, 3), abs=0.04)


@given(seeds, st.floats(-1e3, 1e3))
@settings(max_examples=20)
def test_a_set_covers_itself(seed, shift):
    x = points(50, 6, seed) + shift
    assert finish(precision_recall(x, x.clone())) == (1, 1)


def test_precision_and_recall_at_the_extremes(small_blocks):
    real = points(60, 4, 0)
    assert finish(precision_recall(real, real + 100)) == (0, 0)
    collapsed = real[:1].repeat(60, 1)
    precision, recall = finish(precision_recall(real, collapsed))
    assert precision == 1  # all samples are one real picture
    assert recall <= 2 / 60  # and cover no other


def test_swapping_the_sets_swaps_precision_and_recall():
    real, drawn = points(50, 4, 0), points(50, 4, 1) * 0.5
    assert finish(precision_recall(real, drawn)) == finish(precision_recall(drawn, real))[::-1]
    precision, recall = finish(precision_recall(real, drawn))
    assert precision > recall  # the samples stay near the mean
