import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.media.grids import Sheets, bgra, grid


@settings(max_examples=60)
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


def test_a_place_without_a_picture_is_of_the_colour_round_the_pictures():
    sky = np.full((3, 8, 8, 3), (230, 220, 200), np.uint8)
    sky[:, 2:6, 2:6] = 10
    sheet = grid(sky, 2, 2)
    assert (sheet[8:, 8:] == (230, 220, 200)).all()
    assert (bgra(sky, 2, 2)[8:, 8:] == (200, 220, 230, 255)).all()
    assert (grid(sky, 2, 2, background=64)[8:, 8:] == 64).all()
    assert (grid(np.full((1, 4, 4, 1), 7, np.uint8), 1, 2)[:, 4:] == 7).all()


def test_the_places_without_a_picture_stay_as_they_are_through_a_film():
    lay, light, dark = Sheets(), np.full((1, 4, 4, 3), 200, np.uint8), np.full((1, 4, 4, 3), 20, np.uint8)
    frames = [lay(images, 1, 2) for images in (light, dark)]
    assert [(frame[0, 0, 0], frame[0, 4, 0]) for frame in frames] == [(200, 200), (20, 200)]
