"""Pads: which point is at each place, and the place of a point."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space, weights, with_class, z

from zscape.models.errors import ZscapeError
from zscape.models.inputs.blending import combine
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles, StylesValue
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.mixed_pads import CornersPad, PointsPad
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.pads import ClassesPad, DirectionsPad
from zscape.models.sweeps.polygon import middle, regular, shares, within
from zscape.models.sweeps.seeds_pad import SeedsPad

WIDE = Direction("wide", "z", (1.0, *(0.0,) * 11))
TALL = Direction("tall", "z", (0.0, 2.0, *(0.0,) * 10))
SPACE = space(12, "abcde").with_directions([WIDE, TALL])
A, B, C, D = (with_class(recipe(seeds=((seed, 1.0),)), seed % 5, 5) for seed in (1, 2, 3, 4))
coordinate = st.floats(-2, 2)


def latent(point):
    return resolve([point], SPACE, 1, 1)["z"][0]


@given(coordinate, coordinate, st.integers(1, 26))
def test_shares_in_a_polygon_are_barycentric(x, y, count):
    corners = regular(count)
    place = within((x, y), corners)
    found = shares(place, corners)
    assert sum(found) == pytest.approx(1)
    assert min(found) >= -1e-9
    assert middle(found, corners) == pytest.approx(place, abs=1e-6)
    assert within(place, corners) == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10])
def test_a_corner_has_all_of_its_own_place_and_a_side_is_shared_by_its_ends(count):
    corners = regular(count)
    for number, corner in enumerate(corners):
        assert shares(corner, corners) == tuple(float(each == number) for each in range(count))
    if count > 2:
        third = tuple((2 * a + b) / 3 for a, b in zip(corners[0], corners[1], strict=True))
        assert shares(third, corners) == pytest.approx((2 / 3, 1 / 3, *(0.0,) * (count - 2)))
        assert shares((0.0, 0.0), corners) == pytest.approx((1 / count,) * count)


@given(coordinate, coordinate)
def test_along_directions_the_place_is_how_far_a_point_is_moved(x, y):
    pad, moved = DirectionsPad("wide", "tall"), A.with_value("z", z(A).with_move("wide", 1.5))
    base = pad.base(moved, SPACE)
    assert base == A
    (point,) = pad.recipes(base, [(x, y)], SPACE)
    assert pad.place(point, SPACE) == pytest.approx((x, y), abs=1e-5)
    assert pad.base(point, SPACE) == base
    np.testing.assert_allclose(latent(point) - latent(A), [x, 2 * y, *[0] * 10], atol=1e-5)
    with pytest.raises(ZscapeError, match="two directions"):
        DirectionsPad("wide", "wide").recipes(base, [(0, 0)], SPACE)


@given(coordinate, coordinate, coordinate)
def test_what_is_locked_goes_along_and_comes_back(x, y, own):
    pad = DirectionsPad("wide", "tall", (("deep", -0.5),), (("deep", 0.3333333),))
    deep = SPACE.with_directions([WIDE, TALL, Direction("deep", "z", (0.0, 0.0, 1.0, *(0.0,) * 9))])
    start = A.with_value("z", z(A).with_move("deep", own))
    base = pad.base(start, deep)
    (point,) = pad.recipes(base, [(x, y)], deep)
    assert dict(z(point).moves).get("deep", 0.0) == pytest.approx(own - 0.5 * x + y / 3, abs=1e-5)
    assert pad.base(point, deep) == base
    again = pad.recipes(pad.base(point, deep), [(0.0, 0.0)], deep)[0]
    assert again == base


@given(coordinate, coordinate, st.floats(-1, 1), st.booleans())
def test_an_axis_that_is_locked_stays_on_the_way_along_the_other(x, y, skew, first):
    """A drag along the other axis also moves the locked one, to keep its attribute; the place gives its offset from home."""
    pad = DirectionsPad("wide", "tall", also_y=(("wide", skew),)) if first else DirectionsPad("wide", "tall", (("tall", skew),))
    start = A.with_value("z", z(A).with_move("wide", 0.75).with_move("tall", -0.5))
    base = pad.base(start, SPACE)
    x, y = round(x, 4), round(y, 4)
    (point,) = pad.recipes(base, [(x, y)], SPACE)
    assert pad.place(point, SPACE) == pytest.approx((x, y), abs=1e-5)
    np.testing.assert_allclose(latent(pad.base(point, SPACE)), latent(base), atol=1e-5)
    moves = dict(z(point).moves)
    wanted = (x + skew * y, y) if first else (x, y + skew * x)
    assert (moves.get("wide", 0.0), moves.get("tall", 0.0)) == pytest.approx(wanted, abs=1e-5)


def test_a_plane_goes_through_its_three_points_and_on():
    pad = PointsPad(A, B, C, keep_norm=False)
    found = pad.recipes(pad.base(D, SPACE), [*pad.corners(), pad.home, (1.5, math.sqrt(3) / 2)], SPACE)
    a, b, c = (latent(each) for each in (A, B, C))
    for point, wanted in zip(found, [a, b, c, (a + b + c) / 3, b + c - a], strict=True):
        np.testing.assert_allclose(latent(point), wanted, atol=1e-5)
    assert found[0].value(SPACE.inputs[1]) == A.value(SPACE.inputs[1])
    longer = PointsPad(A, B, C).recipes(pad.base(D, SPACE), [pad.home], SPACE)[0]
    assert np.linalg.norm(latent(longer)) == pytest.approx(np.mean([np.linalg.norm(each) for each in (a, b, c)]), rel=1e-3)


def test_a_sheet_has_its_points_in_the_corners_and_ends_there():
    pad = CornersPad(A, B, C, d=D)
    found = pad.recipes(pad.base(A, SPACE), [*pad.corners(), (0.5, 0.5)], SPACE)
    for point, wanted in zip(found, (A, B, C, D), strict=False):
        np.testing.assert_allclose(latent(point), latent(wanted), atol=1e-5)
    assert sorted(weights(found[4])) == pytest.approx([0, 0.25, 0.25, 0.25, 0.25])
    assert pad.within((-1, 2)) == (0, 1)


def test_what_all_points_of_a_pad_have_in_common_stays_that_of_the_current_point():
    points = [with_class(each, 2, 5) for each in (A, B, C)]
    pad = PointsPad(*points[:2], c=points[2])
    (point,) = pad.recipes(pad.base(with_class(D, 4, 5), SPACE), [(0.2, 0.1)], SPACE)
    assert weights(point) == (0, 0, 0, 0, 1)
    assert pad.base(point, SPACE) == pad.base(with_class(D, 4, 5), SPACE)
    with pytest.raises(ZscapeError, match="all the same"):
        PointsPad(A, A, A).recipes(A, [(0, 0)], SPACE)


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1))
def test_seeds_are_a_step_apart_and_between_them_lies_their_mixture(seed, right, up):
    pad, point = SeedsPad(), Recipe.seed(seed)
    x, y = pad.place(point, SPACE)
    assert x + 100 * y == seed
    base = pad.base(point, SPACE)
    exact = pad.recipes(base, [(x, y), (x + 1, y), (x, y + 1)], SPACE)
    for found, wanted in zip(exact, (seed, seed + 1, seed + 100), strict=True):
        np.testing.assert_array_equal(latent(found), latent(Recipe.seed(wanted)))
    (between,) = pad.recipes(base, [(x + right, y + up)], SPACE)
    place = pad.place(between, SPACE)
    assert (place[0] + 100 * place[1]) == pytest.approx(x + right + 100 * (y + up), abs=0.02)
    assert pad.base(between, SPACE) == base


def test_seeds_go_round_and_other_latents_have_no_place_among_them():
    pad = SeedsPad()
    (below,) = pad.recipes(pad.base(Recipe.seed(0), SPACE), [(-1.0, 0.0)], SPACE)
    assert z(below).seed == 2**32 - 1
    assert pad.within((-1.0, 3.5)) == (0.0, 3.5)
    assert pad.place(recipe(seeds=(), numbers=(0.0,) * 12), SPACE) is None
    assert pad.place(recipe(seeds=((1, 1.0), (77, 1.0))), SPACE) is None
    kept = recipe(seeds=((5, 1.0),), truncation=0.5, moves=(("slant", 2.0),))
    assert pad.place(kept, SPACE) == (5, 0)
    next_one = z(pad.recipes(pad.base(kept, SPACE), [(6, 0)], SPACE)[0])
    assert (next_one.seed, next_one.truncation, next_one.moves) == (6, 0.5, (("slant", 2.0),))


def test_classes_are_mixed_by_their_shares_and_have_their_place():
    pad = ClassesPad((4, 0, 2))
    assert weights(pad.recipes(A, [pad.corners()[0]], SPACE)[0]) == (0, 0, 0, 0, 1)
    (mixed,) = pad.recipes(pad.base(A, SPACE), [(0.1, -0.2)], SPACE)
    assert weights(mixed)[1] == weights(mixed)[3] == 0
    assert pad.place(mixed, SPACE) == pytest.approx((0.1, -0.2), abs=1e-5)
    assert pad.place(with_class(A, 1, 5), SPACE) is None
    assert pad.base(mixed, SPACE) == pad.base(A, SPACE)
    assert pad.within((0.0, 5.0)) == pytest.approx((0.0, 1.0))
    for wrong in ((), (1, 1), (7,)):
        with pytest.raises(ZscapeError, match="each once"):
            ClassesPad(wrong).recipes(A, [(0, 0)], SPACE)


def test_a_sheet_shows_a_square_of_its_pad_upright():
    sheet = PadSheet(A, DirectionsPad("wide", "tall"), (1.0, 2.0, 4.0), 2, 2)
    assert sheet.places() == [(0.0, 3.0), (2.0, 3.0), (0.0, 1.0), (2.0, 1.0)]
    corners = PadSheet(A, DirectionsPad("wide", "tall"), (1.0, 2.0, 4.0), 2, 2, edges=True)
    assert corners.places() == [(-1.0, 4.0), (3.0, 4.0), (-1.0, 0.0), (3.0, 0.0)]
    turned = PadSheet(A, sheet.pad, sheet.view, 2, 2, turn=0.25).places()
    assert turned[0] == pytest.approx((2.0, 3.0))


def test_the_sheets_that_can_be_asked_for_by_name():
    plane = sweep_of("plane", SPACE, [9], direction=("wide", "tall"), rows=5, extent=2)
    assert (plane.pad, plane.view, plane.rows) == (DirectionsPad("wide", "tall"), (0.0, 0.0, 4.0), 5)
    corners = sweep_of("corners", SPACE, [6, 7], points=(A,))
    np.testing.assert_allclose(corners.points(SPACE)["z"][0], latent(A), atol=1e-5)
    np.testing.assert_allclose(corners.points(SPACE)["z"][6], latent(Recipe.seed(6)), atol=1e-5)
    seeds = sweep_of("seeds", SPACE, [250], rows=4)
    found = [z(seeds.points(SPACE).recipe(tile, SPACE)).seed for tile in range(16)]
    assert {round(b - a) for a, b in itertools.pairwise(found[:4])} == {1}
    assert found[0] - found[4] == 100
    assert 250 in found
    first = sweep_of("seeds", SPACE, [0], rows=3)
    seeds = [z(first.points(SPACE).recipe(tile, SPACE)).seed for tile in range(9)]
    assert seeds == [200, 201, 202, 100, 101, 102, 0, 1, 2]
    polygon = sweep_of("polygon", SPACE, classes=[1, 3])
    assert polygon.pad == ClassesPad((1, 3))
    assert {round(sum(weights(each)), 5) for each in polygon.recipes(SPACE)} == {1.0}
    with pytest.raises(ZscapeError, match="two directions"):
        sweep_of("plane", SPACE, direction=("wide",))
    with pytest.raises(ZscapeError, match="two different"):
        sweep_of("plane", SPACE, direction=("wide", "wide"))
    with pytest.raises(ZscapeError, match="no direction"):
        sweep_of("corners", SPACE, direction=("wide",))
    with pytest.raises(ZscapeError, match="at most 3 points"):
        sweep_of("triangle", SPACE, [1], points=(A, B, C))


def test_sums_of_stored_styles_have_their_weights_also_where_some_are_subtracted():
    styled = Space((Latent("z", 3), Styles("w", 2, 3)))
    points = [Recipe({"w": StylesValue(numbers=((value,) * 3,) * 2)}) for value in (1.0, 5.0, 7.0)]
    rows = np.array([[1.0, -1.0, 1.0], [0.2, 0.3, 0.5], [-0.5, 2.0, -0.5]])
    plan = resolve(combine(points, rows, False, styled), styled, 1, 3).plan
    stored = {row: float(styles[0, 0]) for row, styles in plan.stored.items()}
    sums = [
        sum(plan.shares[tile, k, 0] * stored.get(int(source), 0.0) for k, source in enumerate(plan.sources[tile]))
        for tile in range(3)
    ]
    assert sums == pytest.approx([3.0, 5.2, 6.0])


def test_a_mixture_of_classes_says_so_on_its_tile():
    sheet = PadSheet(A, ClassesPad((0, 1)), (0.0, 0.0, 2.0), 1, 3, edges=True)
    found = sheet.recipes(SPACE)
    assert [sheet.caption(k, found[k], SPACE) for k in range(3)] == ["a, at -1, 0", "50% b + 50% a, at 0, 0", "b, at 1, 0"]
    assert found[1].value(SPACE.inputs[1]) == ClassesValue((0.5, 0.5, 0.0, 0.0, 0.0))
