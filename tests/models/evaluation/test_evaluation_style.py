"""Rank correlation, and how well style is preserved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zscape.models.evaluation.style import ranks, spearman, style_correlation

values = arrays.arrays(np.float64, st.integers(2, 30), elements=st.integers(-50, 50).map(float))


def test_ranks_share_the_mean_where_values_are_equal():
    assert ranks(np.array([10.0, -2.0, 10.0, 7.0, 10.0])).tolist() == [4, 1, 4, 2, 4]


@given(values)
def test_ranks_are_a_share_of_1_to_n(x):
    assert ranks(x).sum() == len(x) * (len(x) + 1) / 2
    assert np.array_equal(np.argsort(ranks(x), kind="stable"), np.argsort(x, kind="stable"))


@given(values, st.randoms(use_true_random=False))
def test_rho_sees_only_the_order(x, random):
    y = np.array(random.sample(x.tolist(), len(x)))
    rho = spearman(x, y)
    assert -1 - 1e-9 <= rho <= 1 + 1e-9
    assert spearman(x**3 + 5 * x, np.exp(y / 20)) == pytest.approx(rho)
    assert spearman(-x, y) == pytest.approx(-rho)
    assert spearman(y, x) == pytest.approx(rho)


def test_rho_by_hand():
    # Without ties, it is 1 - 6 sum d^2 / (n (n^2 - 1)): here d = 1, -1, 1, -1, 0.
    assert spearman(np.array([1.0, 2, 3, 4, 5]), np.array([2.0, 1, 4, 3, 5])) == pytest.approx(1 - 24 / 120)
    assert spearman(np.ones(4), np.arange(4.0)) == 0


def test_a_style_kept_in_every_class_is_1_however_each_class_shows_it():
    labels = np.arange(60) % 3
    given = np.random.default_rng(0).normal(size=60)
    drawn = np.stack([given, 10 + given**3, np.exp(given)], 1)
    assert style_correlation(given, labels, drawn) == pytest.approx(1)
    assert style_correlation(given, labels, -drawn) == pytest.approx(-1)


def test_what_the_class_alone_explains_does_not_count_as_kept():
    random = np.random.default_rng(0)
    labels = np.arange(300) % 3
    given = 10.0 * labels + random.normal(size=300)
    drawn = 10.0 * labels[:, None] + random.normal(size=(300, 3))
    assert abs(style_correlation(given, labels, drawn)) < 0.15


def test_the_own_class_does_not_count_and_few_inputs_say_nothing():
    labels = np.repeat([0, 1], [6, 4])
    given = np.arange(10.0)
    drawn = np.stack([given, -given], 1)
    assert style_correlation(given, labels, drawn) == pytest.approx(-1)  # class 1 has too few; class 0 counts only in class 1
    assert style_correlation(given[6:], labels[6:], drawn[6:]) is None
