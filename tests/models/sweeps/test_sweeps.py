"""Sweeps: all kinds fulfil one contract, and each does what it is for."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space, with_class

from zscape.models.errors import ZscapeError
from zscape.models.inputs.blending import reseeded, truncated
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import Classes, on_ring
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps import SWEEPS, Analogy, Candidates, ClassSweep, DirectionSweep, Plane, StyleMixing, StyleSweep
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.mixed_pads import CornersPad
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.pads import ClassesPad
from zscape.models.sweeps.single import ClassRow, Gallery, Single
from zscape.models.sweeps.tiles import Tiles
from zscape.models.timeline.ready_made import usual

WIDE = Direction("wide", "z", (1.0, *(0.0,) * 11))
SPACE = space(12, "abcde").with_directions([WIDE])
A, B, C = (with_class(recipe(seeds=((seed, 1.0),)), seed, 5) for seed in (1, 2, 3))
EVERY = [
    Single(A),
    ClassSweep(A),
    ClassSweep(A, 4, 3),
    ClassSweep(A, 4, start=2.5),
    ClassRow(A, (B,)),
    Gallery(A, (B, C)),
    StyleSweep(A, B),
    StyleSweep(A, B, 1, 2, "lerp"),
    Analogy(A, B, C),
    Analogy(A, B, C, 1),
    Plane(A),
    DirectionSweep(A, (B, C), "wide"),
    DirectionSweep(A, (), "wide", columns=1),
    PadSheet(A, view=(0.0, 0.0, 2.0), rows=3, columns=3),
    PadSheet(A, CornersPad(A, B, C, d=A), (0.5, 0.5, 1.0), 3, 4, edges=True),
    PadSheet(A, ClassesPad((0, 1, 2)), (0.0, 0.0, 2.0)),
    Candidates(A),
    Candidates(A, 0.0, 5, 1, 2),
    Tiles(A, (B, C), 3),
]
MOVING = [sweep for sweep in EVERY if usual(sweep, SPACE, 1.0)]


@pytest.mark.parametrize("sweep", EVERY, ids=repr)
def test_equal_sweeps_are_found_by_each_other(sweep):
    assert {sweep: 1}[replace(sweep)] == 1


def test_every_kind_of_sweep_is_tried_here():
    ours = {kind for kind in Sweep.__subclasses__() if kind.__module__.startswith("zscape.")}
    assert {type(sweep) for sweep in EVERY} | {StyleMixing} == ours >= set(SWEEPS.values())  # StyleMixing: test_style_mixing.py


@pytest.mark.parametrize("sweep", EVERY, ids=repr)
def test_tiles_lie_where_the_points_do(sweep):
    points = sweep.points(SPACE)
    assert (points.rows, points.columns) == sweep.shape(SPACE)
    assert points["z"].dtype == points["class"].dtype == np.float32
    assert points["z"].shape == (points.count, 12)
    np.testing.assert_allclose(points["class"].sum(1), 1, atol=1e-5)
    for index in range(points.count):
        made = points.recipe(index, SPACE)
        tile = resolve([made], SPACE, 1, 1)
        np.testing.assert_allclose(tile["z"][0], points["z"][index], atol=1e-6)
        np.testing.assert_allclose(tile["class"][0], points["class"][index], atol=1e-6)
        assert sweep.caption(index, made, SPACE)


@pytest.mark.parametrize("sweep", MOVING, ids=repr)
def test_its_own_loop_is_seamless_and_moves(sweep):
    loop = usual(sweep, SPACE, 2.0)
    still = sweep.points(SPACE)
    steps = [loop.sweep(sweep, 2.0 * k / 50, SPACE).points(SPACE) for k in range(51)]
    for name in still:
        np.testing.assert_allclose(steps[-1][name], steps[0][name], atol=1e-4)
    assert all((step.rows, step.columns) == (still.rows, still.columns) for step in steps)
    moved = [max(abs(b[name] - a[name]).max() for name in still) for a, b in pairwise(steps)]
    assert max(moved) < 1.5, "no jump"
    assert max(moved) > 0


def test_a_class_sweep_has_one_z_and_each_row_morphs_into_the_next():
    points = ClassSweep(A, columns=4).points(SPACE)
    assert np.ptp(points["z"], axis=0).max() == 0
    c = points["class"].reshape(5, 4, 5)
    np.testing.assert_allclose(c[:, 0], np.eye(5))
    np.testing.assert_allclose(c[1, 1], [0, 0.75, 0.25, 0, 0], atol=1e-6)
    np.testing.assert_allclose(c[4, 2], [0.5, 0, 0, 0, 0.5], atol=1e-6)
    assert points.recipe(0, SPACE).get("z") == A.get("z"), "the seed is kept"


def test_a_ring_of_classes_stands_in_lines_of_which_the_last_may_be_shorter():
    lines = ClassSweep(A, columns=3, tiles=5).points(SPACE)
    assert (lines.rows, lines.columns, lines.count) == (2, 3, 5)
    np.testing.assert_allclose(lines["class"], np.eye(5))
    between = ClassSweep(A, columns=4, tiles=10).points(SPACE)
    assert (between.rows, between.count) == (3, 10)
    np.testing.assert_allclose(between["class"][::2], np.eye(5))
    np.testing.assert_allclose(between["class"][1], [0.5, 0.5, 0, 0, 0])


def test_a_row_of_classes_is_broken_into_lines():
    broken = ClassRow(A, (), 2).points(SPACE)
    assert (broken.rows, broken.columns, broken.count) == (2, 3, 5)
    assert ClassRow(A, (), 99).shape(SPACE) == (5, 1)
    assert ClassRow(A, (B,), 2).shape(SPACE) == (2, 5)  # with more recipes, only if it divides the classes
    assert ClassRow(A, (B,), 5).shape(SPACE) == (10, 1)


def test_several_classes_of_a_style_sweep_stand_side_by_side():
    rows, lines = StyleSweep(A, B, columns=3), StyleSweep(A, B, columns=3, a_line=2)
    points = lines.points(SPACE)
    assert (points.rows, points.columns, points.count) == (3, 6, 15)
    assert list(lines.recipes(SPACE)) == list(rows.recipes(SPACE))
    assert lines.caption(5, points.recipe(5, SPACE), SPACE) == rows.caption(5, points.recipe(5, SPACE), SPACE)
    assert StyleSweep(A, B, columns=3, a_line=99).shape(SPACE) == (1, 15)


def test_a_style_sweep_goes_from_one_z_to_the_other_in_every_class():
    points = StyleSweep(A, B, columns=3).points(SPACE)
    ends = resolve([A, B], SPACE, 1, 2)["z"]
    z = points["z"].reshape(5, 3, 12)
    for row in range(5):
        np.testing.assert_allclose(z[row, [0, 2]], ends, atol=1e-5)
    np.testing.assert_allclose(points["class"].reshape(5, 3, 5)[:, 1], np.eye(5))
    straight = StyleSweep(A, B, columns=3, way="lerp").points(SPACE)["z"][1]
    assert np.linalg.norm(straight) < np.linalg.norm(z[0, 1])
    assert points.recipe(2, SPACE).get("z") == B.get("z"), "the ends keep their seeds"


@given(st.floats(0.1, 2), st.floats(0.1, 2))
def test_the_way_between_two_truncations_is_that_of_the_truncated_latents(first, second):
    start, end = (recipe(seeds=((seed, 1.0),), truncation=t) for seed, t in ((1, first), (2, second)))
    middle = StyleSweep(start, end, columns=3).points(SPACE)["z"][1]
    a, b = (resolve([each], SPACE, 1, 1)["z"][0].astype(float) for each in (start, end))
    angle = np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
    np.testing.assert_allclose(middle, np.sin(angle / 2) / np.sin(angle) * (a + b), atol=1e-4)


def test_tiles_between_two_points_of_one_truncation_keep_it():
    start, end = (recipe(seeds=((seed, 1.0),), truncation=0.5) for seed in (1, 2))
    made = StyleSweep(start, end, columns=3).points(SPACE).recipe(1, SPACE)
    assert made.get("z").truncation == 0.5


def test_the_corners_of_an_analogy_are_its_operands_and_the_result_lies_opposite_b():
    sweep = Analogy(A, B, C, size=3, keep_norm=False)
    points, (a, b, c) = sweep.points(SPACE), resolve([A, B, C], SPACE, 1, 3)["z"]
    for index, corner in ((0, b), (2, a), (6, c), (8, a - b + c)):
        np.testing.assert_allclose(points["z"][index], corner, atol=1e-5)
    assert sweep.result(SPACE) == points.recipe(8, SPACE)
    assert sweep.caption(8, points.recipe(8, SPACE), SPACE).startswith("A - B + C")
    assert points.recipe(2, SPACE).get("z") == A.get("z"), "a corner keeps its seed"


def test_keeping_the_norm_changes_lengths_but_not_directions():
    free, kept = (Analogy(A, B, C, keep_norm=keep).points(SPACE)["z"] for keep in (False, True))
    cosine = (free * kept).sum(1) / np.linalg.norm(free, axis=1) / np.linalg.norm(kept, axis=1)
    np.testing.assert_allclose(cosine, 1, atol=1e-5)
    norms = np.linalg.norm(resolve([A, B, C], SPACE, 1, 3)["z"], axis=1)
    assert np.linalg.norm(kept[-1]) == pytest.approx(norms[0] - norms[1] + norms[2], rel=1e-4)


def test_an_analogy_of_one_point_with_itself_is_that_point():
    points = Analogy(A, A, A).points(SPACE)
    np.testing.assert_allclose(points["z"], np.repeat(resolve([A], SPACE, 1, 1)["z"], 49, axis=0), atol=1e-5)


def test_a_plane_is_flat_square_and_has_the_point_in_the_middle():
    points = Plane(A, size=5, extent=2.0).points(SPACE)
    z = points["z"].reshape(5, 5, 12).astype(float)
    np.testing.assert_allclose(z[2, 2], resolve([A], SPACE, 1, 1)["z"][0], atol=1e-5)
    across, down = z[0, 1] - z[0, 0], z[1, 0] - z[0, 0]
    assert across @ down == pytest.approx(0, abs=1e-5)
    assert np.linalg.norm(across) == pytest.approx(1.0, abs=1e-5)
    with pytest.raises(ZscapeError, match="plane"):
        Plane(Recipe()).points(space(1, "abcde"))


def test_a_model_without_classes_has_no_class_sweep_and_a_style_sweep_of_one_row():
    bare = Space((Latent("z", 8),))
    with pytest.raises(ZscapeError, match="no classes"):
        ClassSweep(Recipe()).points(bare)
    assert StyleSweep(Recipe(), Recipe.seed(1), 6).shape(bare) == (1, 6)


@given(st.floats(-20, 20))
def test_a_place_between_classes_mixes_its_two_neighbours(position):
    weights = on_ring(position, 5).weights
    assert sum(weights) == pytest.approx(1.0, abs=1e-5)
    heavy = {index for index in range(5) if weights[index] > 1e-5}
    assert len(heavy) <= 2
    assert all((index - position) % 5 < 1.001 or (position - index) % 5 < 1.001 for index in heavy)


@pytest.mark.parametrize("kind", sorted(SWEEPS.keys() - {"mixing"}))  # mixing needs styles: test_style_mixing.py
def test_a_sweep_can_be_asked_for_by_name(kind):
    sweep = sweep_of(kind, SPACE, (4,), columns=3, rows=2, direction="wide" if kind == "direction" else "")
    assert type(sweep) is SWEEPS[kind]
    assert sweep.points(SPACE).count > 1


def test_candidates_are_as_far_as_the_temperature_says():
    latent = SPACE.first(Latent)
    own = latent.row(B.value(latent), SPACE)

    def angles(temperature, seed=0):
        rows = Candidates(B, temperature, seed).points(SPACE)["z"]
        return np.degrees(np.arccos(np.clip(rows @ own / np.linalg.norm(rows, axis=1) / np.linalg.norm(own), -1, 1)))

    assert Candidates(B, 0.0).recipes(SPACE) == [B] * 9
    far = [angles(temperature) for temperature in (0.1, 0.3, 0.6, 1.0)]
    assert all((less < more).all() for less, more in pairwise(far))
    assert (far[0] > 1).all()
    fresh = Candidates(B, 1.0).recipes(SPACE)
    assert fresh == [reseeded(B, each.value(latent).seed, SPACE) for each in fresh]
    assert len({tuple(row) for seed in (0, 1) for row in Candidates(B, 0.5, seed).points(SPACE)["z"].tolist()}) == 18


def test_candidates_keep_class_and_truncation():
    point = truncated(A, 0.6, SPACE)
    for made in Candidates(point, 0.5).recipes(SPACE):
        assert made.get("class") == point.get("class")
        assert made.value(SPACE.first(Latent)).truncation == 0.6
    with pytest.raises(ZscapeError, match="temperature"):
        sweep_of("candidates", SPACE, temperature=1.5)
    with pytest.raises(ZscapeError, match="nothing to vary"):
        Candidates(A).recipes(Space((Classes("class", ("a", "b")),)))


@pytest.mark.parametrize("asked", [("odd", ()), ("class", (1, 2)), ("style", (1, 2, 3))], ids=str)
def test_a_sweep_that_cannot_be_is_refused(asked):
    with pytest.raises(ZscapeError):
        sweep_of(asked[0], SPACE, asked[1])
    with pytest.raises(ZscapeError, match="columns"):
        sweep_of("class", SPACE, columns=0)


def test_a_strip_along_a_direction_goes_from_end_to_end_through_each_point():
    moved = A.with_value("z", A.value(SPACE.input("z")).with_move("wide", 5.0))
    points = DirectionSweep(moved, (B,), "wide", -2.0, 2.0, 5, also=(("tall", 0.5),)).points(
        SPACE.with_directions([WIDE, Direction("tall", "z", (0.0, 1.0, *(0.0,) * 10))])
    )
    still = resolve([A, B], SPACE, 1, 2)["z"]
    np.testing.assert_allclose(points["z"][:5, 0] - still[0, 0], [-2, -1, 0, 1, 2], atol=1e-6)
    np.testing.assert_allclose(points["z"][5:, 0] - still[1, 0], [-2, -1, 0, 1, 2], atol=1e-6)
    np.testing.assert_allclose(points["z"][5:, 1] - still[1, 1], [-1, -0.5, 0, 0.5, 1], atol=1e-6)
    assert points["z"][2, 2:] == pytest.approx(still[0, 2:])
    assert "wide +2" in DirectionSweep(A, (), "wide", -2, 2).caption(6, A, SPACE)


def test_a_single_column_along_a_direction_is_in_the_middle_and_moves_when_it_is_played():
    assert DirectionSweep(A, (), "wide", -2.0, 3.0, 1).amounts() == [0.5]
    assert DirectionSweep(A, (), "wide", -2.0, 2.0, 1, turn=0.25).amounts() == [2.0]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"direction": "odd"}, "knows wide"),
        ({}, "Say along which"),
        ({"direction": "wide", "extent": float("nan")}, "up to more than 0"),
        ({"direction": "wide", "layers": "coarse"}, "no layers"),
    ],
)
def test_a_direction_that_cannot_be_followed_is_refused(asked, words):
    with pytest.raises(ZscapeError, match=words):
        sweep_of("direction", SPACE, **asked)


def test_a_direction_can_be_followed_in_some_layers_of_the_styles():
    styled = Space((Latent("z", 4), Styles("w", 6, 3))).with_directions([Direction("smile", "w", (1.0, 0.0, 0.0))])
    assert styled.named("smile [coarse]").layers == (0, 1)
    assert styled.named("smile [0,5]").layers == (0, 5)
    sweep = sweep_of("direction", styled, columns=3, direction="smile", layers="fine", extent=1.0)
    shift = sweep.points(styled).plan.shift
    np.testing.assert_array_equal(shift[2, :, 0], [0, 0, 0, 0, 1, 1])
    for odd in ("smile [9]", "smile []", "frown [coarse]"):
        with pytest.raises(ZscapeError):
            styled.named(odd)
