"""Outlines of pictures follow the edges of ink, with straight lines and smooth curves where the shape has them."""

import numpy as np
import pytest
from letters_model import pictures

from zscape.models.lettering.contours import area, contours, resampled
from zscape.models.lettering.curves import fitted
from zscape.models.lettering.spacing import flat

FINER = 8


def shape(inside, side=32):
    """Ink [side, side] of a shape given as a function of x and y in pixels, averaged over 8x8 samples per pixel."""
    y, x = (np.mgrid[0 : side * FINER, 0 : side * FINER] + 0.5) / FINER
    return inside(x, y).astype(float).reshape(side, FINER, side, FINER).mean((1, 3))


def box(left, top, right, bottom):
    return shape(lambda x, y: (x > left) & (x < right) & (y > top) & (y < bottom))


@pytest.mark.parametrize(("left", "top"), [(8, 8), (8.5, 8.25), (10.125, 9.875)])
def test_a_box_has_four_corners_where_they_are(left, top) -> None:
    [line] = contours(box(left, top, left + 12, top + 9))
    assert abs(area(line) - 108) < 1.5
    pieces = fitted([line])[0]
    assert [len(piece.points) for piece in pieces] == [2, 2, 2, 2]
    corners = sorted(tuple(piece.points[0].round(2)) for piece in pieces)
    wanted = sorted([(left, top), (left + 12, top), (left, top + 9), (left + 12, top + 9)])
    np.testing.assert_allclose(corners, wanted, atol=0.1)
    for piece in pieces:
        assert (piece.points[0] == piece.points[1]).sum() == 1  # exactly horizontal or vertical


def test_pieces_go_from_end_to_end_and_close() -> None:
    for image in pictures()[1] / 255:
        for line in contours(image):
            pieces = fitted([line])[0]
            for number, piece in enumerate(pieces):
                np.testing.assert_array_equal(piece.points[0], pieces[number - 1].points[-1])


def test_many_lines_at_once_are_fitted_as_each_alone() -> None:
    lines = [line for image in pictures()[1] / 255 for line in contours(image)]
    for line, together in zip(lines, fitted(lines), strict=True):
        alone = fitted([line])[0]
        assert [each.points.shape for each in together] == [each.points.shape for each in alone]
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_allclose(one.points, other.points, atol=1e-6)


@pytest.mark.parametrize(("left", "top"), [(3, 3), (20, 3), (3, 17), (23, 23)])
def test_the_outline_of_ink_is_the_same_wherever_it_is_also_over_faint_ink(left, top) -> None:
    [middle] = contours(np.maximum(box(10, 10, 16, 16), 0.2))
    [found] = contours(np.maximum(box(left, top, left + 6, top + 6), 0.2))
    np.testing.assert_allclose(found - (left, top), middle - (10, 10), atol=1e-6)


def test_a_ring_is_round_inside_and_outside_and_its_hole_goes_the_other_way() -> None:
    lines = contours(shape(lambda x, y: (np.hypot(x - 16, y - 16) < 12) & (np.hypot(x - 16, y - 16) > 8)))
    assert len(lines) == 2
    outer, hole = sorted(lines, key=lambda line: -abs(area(line)))
    assert abs(area(outer) - np.pi * 144) < 4
    assert abs(area(hole) + np.pi * 64) < 4
    for line, radius in ((outer, 12), (hole, 8)):
        points = flat(fitted([line])[0], 20)
        assert np.abs(np.hypot(*(points - 16).T) - radius).max() < 0.3
        assert len(fitted([line])[0]) <= 12


def test_touching_corners_make_lines_that_do_not_cross() -> None:
    image = np.zeros((16, 16))
    image[4:8, 4:8] = image[8:12, 8:12] = 1
    assert abs(sum(map(area, contours(image))) - 32) < 2


def test_noise_is_no_letter() -> None:
    assert contours(np.zeros((16, 16))) == []
    assert contours(np.full((16, 16), 0.3)) == []
    dust = np.zeros((16, 16))
    dust[3, 3] = dust[9, 12] = 1
    assert contours(dust) == []


def test_resampled_points_are_equally_spaced() -> None:
    line = resampled(np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float), 0.5)
    steps = np.hypot(*(np.roll(line, -1, 0) - line).T)
    np.testing.assert_allclose(steps, 0.5, atol=1e-9)


def test_straight_letters_are_straight() -> None:
    letters = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", pictures()[0] / 255, strict=True))
    for letter, corners in (("H", 12), ("E", 12), ("I", 4), ("L", 6), ("T", 8)):
        pieces = [piece for line in contours(letters[letter]) for piece in fitted([line])[0]]
        assert [len(piece.points) for piece in pieces] == [2] * corners, letter
        for piece in pieces:
            assert (piece.points[0] == piece.points[1]).any(), letter
    for letter in "OC":
        assert any(len(piece.points) == 4 for line in contours(letters[letter]) for piece in fitted([line])[0])
