"""Slerp and lerp."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zscape.models.inputs.interpolation import WAYS, lerp, slerp
from zscape.models.inputs.kinds.latent_draw import draw as draw_latent

vectors = arrays(np.float32, 12, elements=st.floats(-5, 5, width=32))
steps = arrays(np.float32, 5, elements=st.floats(0, 1, width=32))


@given(vectors, vectors)
def test_every_way_begins_at_the_start_and_ends_at_the_end(a, b):
    for way in WAYS.values():
        ends = way(a, b, np.array([0, 1], np.float32))
        np.testing.assert_allclose(ends, [a, b], atol=1e-4)


@given(vectors, vectors, steps)
def test_every_way_back_is_the_way_there_reversed(a, b, t):
    for way in WAYS.values():
        np.testing.assert_allclose(way(a, b, t), way(b, a, 1 - t), atol=1e-4)


@given(st.integers(0, 10_000), st.integers(0, 10_000), steps)
def test_slerp_between_vectors_of_one_length_keeps_that_length(first, second, t):
    a, b = (draw_latent("z", seed, 100) / np.linalg.norm(draw_latent("z", seed, 100)) for seed in (first, second))
    np.testing.assert_allclose(np.linalg.norm(slerp(a, b, t), axis=1), 1.0, atol=1e-4)


def test_slerp_turns_at_a_steady_rate():
    a, b = np.array([1, 0], np.float32), np.array([0, 2], np.float32)
    middle = slerp(a, b, np.array([1 / 3], np.float32))[0]
    np.testing.assert_allclose(middle, [np.cos(np.pi / 6), 2 * np.sin(np.pi / 6)], atol=1e-6)


def test_lerp_half_way_between_draws_is_shorter_than_either_and_slerp_is_not():
    a, b, half = draw_latent("z", 1, 1000), draw_latent("z", 2, 1000), np.array([0.5], np.float32)
    length = min(np.linalg.norm(a), np.linalg.norm(b))
    assert np.linalg.norm(lerp(a, b, half)) < 0.8 * length
    assert np.linalg.norm(slerp(a, b, half)) > 0.95 * length


@given(vectors, steps)
def test_where_no_great_circle_is_defined_the_way_is_straight(a, t):
    for end in (a, -a, np.zeros_like(a), 2 * a):
        np.testing.assert_allclose(slerp(a, end, t), lerp(a, end, t), atol=1e-3)
