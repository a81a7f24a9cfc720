"""Fréchet and kernel distance: compared with closed forms, and by their properties."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.evaluation.distributions import frechet_distance, kernel_distance, mmd2, subset_size
from zscape.models.progress import finish

seeds = st.integers(0, 10_000)


def normal(count, size, seed):
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def exactly(mean, root, count, seed):
    """`count` points whose mean is `mean` and whose covariance is root root^T, up to rounding."""
    x = normal(count, len(mean), seed)
    x = x - x.mean(0)
    white = x @ torch.linalg.inv(torch.linalg.cholesky(torch.cov(x.T))).T
    return white @ root.T + mean


@given(seeds)
@settings(max_examples=20)
def test_frechet_distance_of_a_set_with_itself_is_0(seed):
    x = normal(40, 6, seed)
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-6)


def test_frechet_distance_bears_features_that_never_vary():
    x = torch.cat([normal(50, 3, 0), torch.zeros(50, 4)], 1)
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(x, x + 2) == pytest.approx(7 * 4)


@given(seeds, st.floats(0.1, 5), st.floats(0.1, 5), st.floats(-3, 3))
@settings(max_examples=20)
def test_frechet_distance_of_round_normals_is_the_closed_form(seed, a, b, shift):
    size = 5
    x = exactly(torch.zeros(size, dtype=torch.float64), a * torch.eye(size, dtype=torch.float64), 60, seed)
    y = exactly(torch.full((size,), shift, dtype=torch.float64), b * torch.eye(size, dtype=torch.float64), 90, seed + 1)
    assert frechet_distance(x, y) == pytest.approx(size * (shift**2 + (a - b) ** 2), rel=1e-6, abs=1e-6)


def test_frechet_distance_of_normals_whose_covariances_do_not_commute():
    # In two dimensions tr (S1 S2)^1/2 = sqrt(tr S1 S2 + 2 sqrt(det S1 det S2)).
    zero = torch.zeros(2, dtype=torch.float64)
    one, two = torch.tensor([[2.0, 0.0], [1.0, 0.5]]).double(), torch.tensor([[1.0, 0.0], [-0.7, 1.5]]).double()
    first, second = one @ one.T, two @ two.T
    cross = ((first @ second).trace() + 2 * (first.det() * second.det()).sqrt()).sqrt()
    wanted = first.trace() + second.trace() - 2 * cross
    assert frechet_distance(exactly(zero, one, 50, 0), exactly(zero, two, 50, 1)) == pytest.approx(float(wanted), rel=1e-8)


@given(seeds)
@settings(max_examples=20)
def test_frechet_distance_is_symmetric_and_does_not_see_a_common_turn_or_shift(seed):
    x, y = normal(40, 4, seed), normal(50, 4, seed + 1) * 2 + 1
    turn = torch.linalg.qr(normal(4, 4, seed + 2)).Q
    distance = frechet_distance(x, y)
    assert frechet_distance(y, x) == pytest.approx(distance, rel=1e-6)
    assert frechet_distance(x @ turn + 7, y @ turn + 7) == pytest.approx(distance, rel=1e-6)


def test_the_discrepancy_is_the_unbiased_sum_over_pairs():
    x, y = normal(5, 3, 0), normal(5, 3, 1)

    def kernel(p, q):
        return float((p @ q / 3 + 1) ** 3)

    pairs = [(i, j) for i in range(5) for j in range(5)]
    within = sum(kernel(x[i], x[j]) + kernel(y[i], y[j]) for i, j in pairs if i != j) / 20
    assert mmd2(x, y) == pytest.approx(within - 2 * sum(kernel(x[i], y[j]) for i, j in pairs) / 25)


def test_kernel_distance_is_about_0_for_one_distribution_and_above_for_two():
    x, y = normal(500, 8, 0), normal(400, 8, 1)
    assert abs(finish(kernel_distance(x, y))) < 0.05
    assert finish(kernel_distance(x, y + 0.5)) > 0.2
    assert finish(kernel_distance(x, y)) == finish(kernel_distance(x, y))


def test_kernel_distance_takes_sets_smaller_than_its_subsets():
    x = normal(30, 4, 0)
    assert subset_size(x, normal(2000, 4, 1)) == 30
    assert finish(kernel_distance(x, normal(2000, 4, 1) + 2)) > 1
