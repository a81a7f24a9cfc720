"""Sweeps: every kind keeps one contract, and each does what it is for."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zscape.models.errors import ZscapeError
from zscape.models.inputs.points import Space, resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.sweeps import (
    Analogy,
    ClassRow,
    ClassSweep,
    Gallery,
    Plane,
    Single,
    StyleSweep,
    Sweep,
    between_classes,
    name_of_class,
    there_and_back,
)

SPACE = Space(12, tuple("abcde"))
A, B, C = (Recipe(seeds=((seed, 1.0),)).with_class(seed, 5) for seed in (1, 2, 3))
EVERY = [
    Single(A),
    ClassSweep(A),
    ClassSweep(A, 4, 3),
    ClassRow((A, B)),
    Gallery((A, B, C)),
    StyleSweep(A, B),
    StyleSweep(A, B, 1, 2, "lerp"),
    Analogy(A, B, C),
    Analogy(A, B, C, 1),
    Plane(A),
]
MOVING = [sweep for sweep in EVERY if hasattr(sweep, "phase")]


def test_every_kind_of_sweep_is_tried_here():
    assert {type(sweep) for sweep in EVERY} >= {kind for kind in Sweep.__subclasses__() if kind.__module__ == Sweep.__module__}


@pytest.mark.parametrize("sweep", EVERY, ids=repr)
def test_tiles_lie_where_the_points_do(sweep):
    points = sweep.points(SPACE)
    assert points.z.dtype == points.c.dtype == np.float32
    assert points.z.shape == (points.rows * points.columns, 12)
    np.testing.assert_allclose(points.c.sum(1), 1, atol=1e-5)
    assert (points.c >= 0).all()
    for index in range(len(points.z)):
        tile = resolve([sweep.tile(index, SPACE)], SPACE, 1, 1)
        np.testing.assert_allclose(tile.z[0], points.z[index], atol=1e-5)
        np.testing.assert_allclose(tile.c[0], points.c[index], atol=1e-5)
        assert sweep.caption(index, SPACE)


@pytest.mark.parametrize("sweep", MOVING, ids=repr)
def test_an_animation_is_a_seamless_loop_that_moves(sweep):
    still = sweep.points(SPACE)
    end = replace(sweep, phase=1.0).points(SPACE)
    np.testing.assert_allclose(end.z, still.z, atol=1e-4)
    np.testing.assert_allclose(end.c, still.c, atol=1e-4)
    steps = [replace(sweep, phase=k / 50).points(SPACE) for k in range(51)]
    assert all((step.rows, step.columns) == (still.rows, still.columns) for step in steps)
    moved = [max(abs(b.z - a.z).max(), abs(b.c - a.c).max()) for a, b in pairwise(steps)]
    assert max(moved) < 1.5, "no jump"
    assert max(moved) > 0


def test_a_class_sweep_has_one_z_and_each_row_morphs_into_the_next():
    points = ClassSweep(A, columns=4).points(SPACE)
    assert np.ptp(points.z, axis=0).max() == 0
    c = points.c.reshape(5, 4, 5)
    np.testing.assert_allclose(c[:, 0], np.eye(5))
    np.testing.assert_allclose(c[1, 1], [0, 0.75, 0.25, 0, 0], atol=1e-6)
    np.testing.assert_allclose(c[4, 2], [0.5, 0, 0, 0, 0.5], atol=1e-6)


def test_a_style_sweep_goes_from_one_z_to_the_other_in_every_class():
    points = StyleSweep(A, B, columns=3).points(SPACE)
    ends = resolve([A, B], SPACE, 1, 2).z
    z = points.z.reshape(5, 3, 12)
    for row in range(5):
        np.testing.assert_allclose(z[row, [0, 2]], ends, atol=1e-5)
    np.testing.assert_allclose(points.c.reshape(5, 3, 5)[:, 1], np.eye(5))
    straight = StyleSweep(A, B, columns=3, way="lerp").points(SPACE).z[1]
    assert np.linalg.norm(straight) < np.linalg.norm(z[0, 1])


def test_the_corners_of_an_analogy_are_its_operands_and_the_result_lies_opposite_b():
    sweep = Analogy(A, B, C, size=3, keep_norm=False)
    points, (a, b, c) = sweep.points(SPACE), resolve([A, B, C], SPACE, 1, 3).z
    for index, corner in ((0, b), (2, a), (6, c), (8, a - b + c)):
        np.testing.assert_allclose(points.z[index], corner, atol=1e-5)
    assert sweep.result(SPACE) == points.recipe(8)
    assert sweep.caption(8, SPACE).startswith("A - B + C")


def test_keeping_the_norm_changes_lengths_but_not_directions():
    free, kept = (Analogy(A, B, C, keep_norm=keep).points(SPACE).z for keep in (False, True))
    cosine = (free * kept).sum(1) / np.linalg.norm(free, axis=1) / np.linalg.norm(kept, axis=1)
    np.testing.assert_allclose(cosine, 1, atol=1e-5)
    norms = np.linalg.norm(resolve([A, B, C], SPACE, 1, 3).z, axis=1)
    assert np.linalg.norm(kept[-1]) == pytest.approx(norms[0] - norms[1] + norms[2], rel=1e-4)


def test_an_analogy_of_one_point_with_itself_is_that_point():
    points = Analogy(A, A, A).points(SPACE)
    np.testing.assert_allclose(points.z, np.repeat(resolve([A], SPACE, 1, 1).z, 49, axis=0), atol=1e-5)


def test_a_plane_is_flat_square_and_has_the_point_in_the_middle():
    points = Plane(A, size=5, extent=2.0).points(SPACE)
    z = points.z.reshape(5, 5, 12).astype(float)
    np.testing.assert_allclose(z[2, 2], resolve([A], SPACE, 1, 1).z[0], atol=1e-5)
    across, down = z[0, 1] - z[0, 0], z[1, 0] - z[0, 0]
    assert across @ down == pytest.approx(0, abs=1e-5)
    assert np.linalg.norm(across) == pytest.approx(1.0, abs=1e-5)
    with pytest.raises(ZscapeError, match="plane"):
        Plane(A).points(Space(1, ("a", "b", "c", "d", "e")))


@given(st.floats(-20, 20))
def test_a_place_between_classes_mixes_its_two_neighbours(position):
    c = between_classes([position], 5)[0]
    assert c.sum() == pytest.approx(1.0, abs=1e-5)
    heavy = {index for index in range(5) if c[index] > 1e-5}
    assert len(heavy) <= 2
    assert all((index - position) % 5 < 1.001 or (position - index) % 5 < 1.001 for index in heavy)


@given(st.floats(0, 3))
def test_the_triangle_wave_has_period_one_and_is_symmetric(t):
    assert there_and_back(t) == pytest.approx(float(there_and_back(t + 1)), abs=1e-4)
    assert there_and_back(t) == pytest.approx(float(there_and_back(-t)), abs=1e-4)
    assert 0 <= there_and_back(t) <= 1


def test_class_weights_in_words():
    assert name_of_class((), ("zero", "one")) == "zero"
    assert name_of_class((0.0, 2.0), ("zero", "one")) == "one"
    assert name_of_class((3.0, 1.0), ("zero", "one")) == "75% zero + 25% one"
