"""Two models side by side: the picture has the size that was announced before drawing."""

import pytest
from run_models import tiny

from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.films.side_by_side import SideBySide, size_of
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import ClassRow, Single


@pytest.fixture(scope="module")
def letters():
    return load_model(find("letters"))


@pytest.mark.parametrize("row", [False, True])
@pytest.mark.parametrize(("swapped", "pictures"), [(None, 3), (False, 2), (True, 2)])
def test_the_size_is_known_before_anything_is_drawn(letters, row, swapped, pictures):
    """swapped: whether the larger pictures are on the left; None: both have the same size."""
    small = tiny(1, 0.0)
    model, other = {None: (small, tiny(2, 1.0)), False: (small, letters), True: (letters, small)}[swapped]
    sweep = ClassRow(Recipe.seed(1), (), 6) if row else Single(Recipe.seed(1))
    rows, columns = sweep.shape(model.space)
    width, height = size_of(model, other, rows, columns)
    assert SideBySide(model, other, "cpu")(sweep).shape == (height, width, 3)
    assert width % (pictures * columns) == 0
    if swapped is None:
        assert size_of(model, None, rows, columns) == (width, height) == (3 * 28 * columns, 28 * rows)


def test_with_another_point_the_size_is_that_of_the_model(letters):
    picture = SideBySide(letters, None, "cpu", anchor=Recipe.seed(9))(Single(Recipe.seed(1)))
    assert picture.shape == (64, 192, 3)
    assert size_of(letters, None, 1, 1) == (192, 64)
