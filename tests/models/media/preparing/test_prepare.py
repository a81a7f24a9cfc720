import numpy as np
import pytest
from PIL import Image, ImageFilter

from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.preparing.extremes import common_around, least_around, most_around
from zscape.models.media.preparing.ground import light_on_dark
from zscape.models.media.preparing.paper import find_paper
from zscape.models.media.preparing.prepare import otsu, prepare

SHAPE = (1, 28, 28)
DIGITS = load("digits").subset([label * 500 + 3 for label in range(10)]).images
SIDE = 280


def large(digit: np.ndarray, height: int = 400, width: int = 520, top: int = 30, left: int = 180) -> np.ndarray:
    """The digit enlarged ten times, somewhere on black, ink 0..1."""
    page = np.zeros((height, width), np.float32)
    picture = Image.fromarray(digit[..., 0]).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    page[top : top + SIDE, left : left + SIDE] = np.asarray(picture, np.float32) / 255
    return page


def pixels(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)[..., None]


def drawing(digit: np.ndarray) -> np.ndarray:
    return pixels(255 * large(digit))


def dark_on_light(digit: np.ndarray) -> np.ndarray:
    return pixels(255 * (1 - large(digit)))


def photograph(digit: np.ndarray) -> np.ndarray:
    """Grey ink on paper lit from one side, with camera noise, in colour."""
    ink = large(digit)
    y, x = np.mgrid[0 : 1 : ink.shape[0] * 1j, 0 : 1 : ink.shape[1] * 1j]
    paper = 230 - 100 * x - 40 * y**2
    noise = np.random.default_rng(0).normal(0, 5, ink.shape)
    return pixels(paper * (1 - 0.7 * ink) + noise).repeat(3, axis=2)


def ballpoint(digit: np.ndarray) -> np.ndarray:
    return 255 - least_around(pixels(255 * large(digit))[..., 0], 13)[..., None]


def scan(digit: np.ndarray) -> np.ndarray:
    return 255 - np.asarray(Image.fromarray(digit[..., 0]).resize((64, 64), Image.Resampling.BICUBIC))[..., None]


@pytest.mark.parametrize(
    ("made", "worst"), [(drawing, 0.03), (dark_on_light, 0.03), (photograph, 0.035), (ballpoint, 0.06), (scan, 0.035)]
)
def test_a_digit_is_found_again(made, worst: float) -> None:  # type: ignore[no-untyped-def]
    """Up to a shift of one pixel: shifted by one pixel, a digit differs from itself by 0.03 to 0.06."""
    for digit in DIGITS:
        prepared = prepare(made(digit), SHAPE)
        assert prepared.shape == (28, 28, 1)
        shifts = [np.roll(prepared, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
        assert min(np.square((shift.astype(float) - digit) / 255).mean() for shift in shifts) < worst


@pytest.mark.parametrize("made", [drawing, dark_on_light, photograph, ballpoint])
def test_none_of_them_is_taken_for_a_sheet_on_a_desk(made) -> None:  # type: ignore[no-untyped-def]
    for digit in load("digits").subset([500 * (k % 10) + k // 10 * 21 + 5 for k in range(0, 160, 11)] + [8, 857, 2589]).images:
        grey = Image.fromarray(made(digit).squeeze()).convert("L")
        assert find_paper(np.asarray(grey)) is None


@pytest.mark.parametrize("made", [drawing, photograph])
def test_size_and_place_are_mnists(made) -> None:  # type: ignore[no-untyped-def]
    for digit in DIGITS:
        prepared = prepare(made(digit), SHAPE)[..., 0].astype(float)
        inked = prepared > 64
        assert 18 <= max(np.ptp(np.flatnonzero(inked.any(1))), np.ptp(np.flatnonzero(inked.any(0)))) + 1 <= 21
        for axis in (0, 1):
            centre = (prepared.sum(1 - axis) @ np.arange(28)) / prepared.sum()
            assert centre == pytest.approx(14, abs=0.55)
        assert np.median(prepared) == 0  # the paper becomes black
        assert prepared.max() > 230


@pytest.mark.parametrize("image_shape", [(1, 28, 28), (1, 32, 32), (3, 64, 64)])
def test_the_right_size_is_left_alone(image_shape: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(0)
    channels, height, width = image_shape
    picture = rng.integers(0, 256, (height, width, channels), np.uint8)
    np.testing.assert_array_equal(prepare(picture, image_shape), picture)
    other = picture.repeat(3, 2) if channels == 1 else picture[..., :1]
    expected = picture if channels == 1 else picture[..., :1].repeat(3, 2)
    np.testing.assert_array_equal(prepare(other, image_shape), expected)


def test_dark_on_light_of_the_right_size_is_inverted() -> None:
    pages = 255 - DIGITS
    for page, digit in zip(pages, DIGITS, strict=True):
        np.testing.assert_array_equal(prepare(page, SHAPE), digit)
        np.testing.assert_array_equal(prepare(page.repeat(3, 2), SHAPE), digit)
        np.testing.assert_allclose(prepare((page * (200 / 255)).astype(np.uint8), SHAPE).astype(int), digit, atol=2)
        touching = digit.copy()
        touching[:, 0] = touching[:, -1] = 255  # strokes along two of the four edges
        np.testing.assert_array_equal(prepare(touching, SHAPE), touching)
        np.testing.assert_array_equal(prepare(255 - digit.repeat(3, 2), (3, 28, 28)), 255 - digit.repeat(3, 2))
    np.testing.assert_array_equal(light_on_dark(np.concatenate([pages, DIGITS])), np.concatenate([DIGITS, DIGITS]))


def test_a_colour_picture_is_cropped_to_its_middle() -> None:
    wide = np.zeros((40, 100, 3), np.uint8)
    wide[:, 30:70] = (200, 100, 50)
    prepared = prepare(wide, (3, 16, 16))
    assert np.abs(prepared.astype(int) - (200, 100, 50)).max() <= 25  # the resampling filter reaches over the edge of the crop
    assert (prepared[:, 4:-4] == (200, 100, 50)).all()


@pytest.mark.parametrize("noise", [0, 4, 20])
@pytest.mark.parametrize("paper", [0, 128, 255])
def test_blank_paper_has_no_ink(paper: int, noise: int) -> None:
    blank = paper + np.random.default_rng(0).normal(0, noise, (300, 200)) - np.linspace(0, 40, 200)
    with pytest.raises(ZscapeError, match="no ink"):
        prepare(pixels(blank), SHAPE)


def test_dust_does_not_count_as_ink() -> None:
    page = 255 * large(DIGITS[8])
    clean = prepare(pixels(page), SHAPE)
    page[2:4, 2:4] = 255
    page[-4:-2, -4:-2] = 255
    np.testing.assert_allclose(prepare(pixels(page), SHAPE).astype(int), clean, atol=2)


@pytest.mark.parametrize("shape", [(2, 2), (2, 3000), (3, 50), (500, 2)])
def test_odd_pictures_work_or_say_why(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for picture in (rng.integers(0, 256, (*shape, 1), np.uint8), np.eye(*shape, dtype=np.uint8)[..., None] * 255):
        try:
            prepared = prepare(picture, SHAPE)
        except ZscapeError:
            continue
        assert prepared.shape == (28, 28, 1)


@pytest.mark.parametrize("side", [1, 3, 9, 15])
def test_what_is_least_greatest_and_commonest_around_a_pixel_is_that_of_the_square(side: int) -> None:
    levels = np.random.default_rng(0).integers(0, 256, (23, 12), np.uint8)
    picture = Image.fromarray(levels)
    np.testing.assert_array_equal(least_around(levels, side), picture.filter(ImageFilter.MinFilter(side)))
    np.testing.assert_array_equal(most_around(levels, side), picture.filter(ImageFilter.MaxFilter(side)))
    mask = levels > 120
    median = Image.fromarray(mask.astype(np.uint8)).filter(ImageFilter.MedianFilter(side))
    np.testing.assert_array_equal(common_around(mask, side), np.asarray(median) > 0)


def test_otsu_parts_two_heaps_in_the_middle() -> None:
    assert otsu(np.array([0.1] * 70 + [0.7] * 30)) == pytest.approx(0.4, abs=0.01)


def shirt(dark: float, light: float) -> np.ndarray:
    """An object of two shades, 300 wide and 200 high, off-centre on a page, with a little noise."""
    page = np.full((500, 600), light, np.float32)
    page[40:240, 20:320] = dark
    page[40:240, 120:220] = (dark + light) / 2
    return pixels(page + np.random.default_rng(0).normal(0, 3, page.shape))


@pytest.mark.parametrize("picture", [shirt(40, 230), shirt(220, 10)], ids=["dark on light", "light on dark"])
def test_an_object_fills_the_picture_with_its_shades_light_on_dark(picture: np.ndarray) -> None:
    ready = prepare(picture, SHAPE, "object")[..., 0].astype(int)
    columns, rows = np.flatnonzero(ready.max(0) > 30), np.flatnonzero(ready.max(1) > 30)
    assert (columns[0], columns[-1]) == (0, 27)
    assert len(rows) == pytest.approx(28 * 200 / 300, abs=1.5)
    assert rows[0] + rows[-1] == pytest.approx(27, abs=1)
    middle = ready[14]
    assert middle[4] > 180
    assert middle[14] == pytest.approx(middle[4] / 2, abs=15)
    assert ready[:3].max() == 0  # no noise from the background


def test_an_angular_object_is_no_sheet_of_paper() -> None:
    bag = np.full((300, 400), 230, np.float32)
    bag[60:240, 80:320] = 60
    bag[100:120, 120:280] = 200
    ready = prepare(pixels(bag), SHAPE, "object")[..., 0].astype(int)
    columns = np.flatnonzero(ready.max(0) > 30)
    assert (columns[0], columns[-1]) == (0, 27)
    assert ready[14, 2] > 150  # its own side, which would have been cut off as the edge of a sheet


def test_a_picture_in_which_nothing_stands_out_is_refused() -> None:
    with pytest.raises(ZscapeError, match="Nothing stands out"):
        prepare(np.full((100, 100, 1), 200, np.uint8), SHAPE, "object")
