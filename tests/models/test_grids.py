import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.media.grids import bgra, grid


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from([1, 3]),
    st.integers(0, 3),
    st.data(),
)
def test_every_tile_is_in_its_place(
    rows: int, columns: int, height: int, width: int, channels: int, gap: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, rows * columns))
    images = np.random.default_rng(0).integers(0, 256, (count, height, width, channels), np.uint8)
    shape = (rows * height + (rows - 1) * gap, columns * width + (columns - 1) * gap, 3)
    expected = np.full(shape, 7, np.uint8)
    for index, image in enumerate(images):
        y, x = index // columns * (height + gap), index % columns * (width + gap)
        expected[y : y + height, x : x + width] = image
    np.testing.assert_array_equal(grid(images, rows, columns, gap, background=7), expected)
    reused = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    assert grid(images, rows, columns, gap, background=7, out=reused) is reused
    np.testing.assert_array_equal(reused, expected)


@pytest.mark.parametrize("channels", [1, 3])
def test_screen_pixels_are_blue_green_red_opaque(channels: int) -> None:
    images = np.random.default_rng(0).integers(0, 256, (5, 4, 3, channels), np.uint8)
    screen = bgra(images, 2, 3)
    np.testing.assert_array_equal(screen[..., 2::-1], grid(images, 2, 3))
    assert (screen[..., 3] == 255).all()
    assert screen.flags.c_contiguous


def test_what_does_not_fit_is_an_error() -> None:
    images = np.zeros((5, 4, 4, 1), np.uint8)
    with pytest.raises(ValueError, match="do not fit"):
        grid(images, 2, 2)
    with pytest.raises(ValueError, match="out must be"):
        grid(images, 2, 3, out=np.zeros((8, 8, 3), np.uint8))
