"""Digits on paper of any shade, on a desk, or anywhere in a picture of the model's size are recognised correctly."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.given_pictures import from_given, read_inputs
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.encoding import encode
from zscape.models.media.preparing.crop import cut, propose
from zscape.models.media.preparing.crop_box import CropBox, whole
from zscape.models.media.preparing.layout import misplaced
from zscape.models.media.preparing.paper import find_paper
from zscape.models.media.preparing.prepare import prepare, prepare_drawing
from zscape.models.progress import finish

CASES = Path(__file__).parents[5] / "shared" / "cases"
SHAPE = (1, 28, 28)
CLASSES = np.arange(10)
DIGITS = load("digits").subset([500 * label + 7 for label in range(10)]).images
NOISE = np.random.default_rng(0).normal(0, 4, (480, 640)).astype(np.float32)

Picture = Callable[[np.ndarray], np.ndarray]


@cache
def model():
    return load_model(find("mnist"))


def classes_of(pictures):
    return finish(encode(model(), pictures, None, device="cpu")).labels


def pixels(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def sized(digit, side):
    return np.asarray(Image.fromarray(digit[..., 0]).resize((side, side), Image.Resampling.BICUBIC), np.float32) / 255


def photograph(paper, ink, desk, sheet=(260, 320), at=(0, 0), turn=0.0, shadow=0.0, side=220) -> Picture:
    """A digit on a sheet (height, width) on a desk of 480 x 640, moved by `at` (y, x), turned, with a shadow to the right."""

    def picture(digit):
        height, width = sheet
        page = np.full((480, 640), desk, np.float32)
        top, left = 240 - height // 2 + at[0], 320 - width // 2 + at[1]
        page[max(top, 0) : top + height, max(left, 0) : left + width] = paper
        row, column = top + (height - side) // 2, left + (width - side) // 2
        page[row : row + side, column : column + side] += (ink - paper) * sized(digit, side)
        turned = np.asarray(Image.fromarray(page).rotate(turn, Image.Resampling.BICUBIC, fillcolor=desk))
        light = 1 - shadow * np.linspace(0, 1, 640, dtype=np.float32)
        return pixels(turned * light + NOISE)

    return picture


def tiny(large: Picture) -> Picture:
    """The same picture in 64 x 48."""
    return lambda digit: np.asarray(Image.fromarray(large(digit)).resize((64, 48), Image.Resampling.BOX))


def exactly(side, top, left, paper=0, ink=255) -> Picture:
    """A digit in a picture of 28 x 28, scaled to `side` pixels with its corner at (top, left)."""

    def picture(digit):
        page = np.zeros((28 + 2 * 28, 28 + 2 * 28), np.float32)
        page[28 + top : 28 + top + side, 28 + left : 28 + left + side] = sized(digit, side)
        return pixels(paper + (ink - paper) * np.clip(page[28:56, 28:56], 0, 1))

    return picture


PHOTOGRAPHS = {
    "dim paper": photograph(120, 10, 120),
    "darker still": photograph(60, 5, 60),
    "dim in shadow": photograph(130, 20, 130, shadow=0.4),
    "light on grey": photograph(140, 250, 140),
    "dark desk": photograph(235, 40, 60),
    "black desk": photograph(235, 40, 0),
    "wooden desk": photograph(235, 40, 150),
    "dim on dark": photograph(190, 40, 120),
    "white desk": photograph(150, 30, 220),
    "black card": photograph(40, 220, 200),
    "turned": photograph(235, 40, 60, turn=-20),
    "at the side": photograph(235, 40, 60, at=(0, 160)),
    "in the corner": photograph(235, 40, 60, at=(110, 160)),
    "in shadow": photograph(235, 40, 60, shadow=0.4),
    "small": photograph(235, 40, 60, sheet=(160, 180), side=130),
    "tiny": tiny(photograph(235, 40, 60)),
    "nearly all": photograph(235, 40, 60, sheet=(460, 620), side=300),
}
EXACT = {
    "corner": exactly(18, 0, 0),
    "other corner": exactly(18, 10, 10),
    "small": exactly(14, 7, 7),
    "large": exactly(38, -5, -5),
    "moved": exactly(28, 3, -3),
    "dark in the corner": exactly(18, 0, 0, 255, 0),
    "dim paper": exactly(28, 0, 0, 120, 10),
    "small on dim paper": exactly(16, 6, 6, 110, 10),
    "light on grey": exactly(28, 0, 0, 100, 250),
}


@pytest.mark.parametrize("name", [*PHOTOGRAPHS, *EXACT])
def test_a_digit_is_read_wherever_it_stands(name):
    make = {**PHOTOGRAPHS, **EXACT}[name]
    given = np.concatenate([from_given(make(digit), SHAPE) for digit in DIGITS])
    assert (classes_of(given) == CLASSES).sum() >= 9


@pytest.mark.parametrize("folder", ["exact-size", "placed-drawings", "paper-drawings"])
def test_cases_from_the_outside_are_read(folder):
    if not CASES.is_dir():
        pytest.skip("the cases are not here")
    for inner in sorted((CASES / folder).iterdir()):
        given = read_inputs(inner, SHAPE)
        assert classes_of(given.images).tolist() == [int(name[0]) for name in given.names], inner.name


def test_mnists_own_layout_is_left_as_it_is():
    pictures = load("digits").images
    assert not misplaced(pictures).any()
    np.testing.assert_array_equal(from_given(pictures[:50], SHAPE), pictures[:50])


def test_a_sheet_is_found_where_it_lies():
    box = find_paper(photograph(235, 40, 60, at=(20, -100), turn=15)(DIGITS[3]))
    assert box is not None
    turn = np.radians(15)  # Pillow turns anticlockwise, about the centre
    x = 320 - 100 * np.cos(turn) + 20 * np.sin(turn)
    y = 240 + 100 * np.sin(turn) + 20 * np.cos(turn)
    assert (box.x, box.y) == pytest.approx((x, y), abs=6)
    assert box.angle == pytest.approx(-15, abs=2)
    assert 0.8 * 320 < box.width < 320
    assert 0.8 * 260 < box.height < 260


@pytest.mark.parametrize("change", [lambda x: x, lambda x: 255 - x, lambda x: (255 - x) // 2])
@pytest.mark.parametrize("side", [48, 64, 240])
def test_a_drawing_is_no_sheet(change, side):
    for digit in load("digits").images[::125]:
        assert find_paper(change(pixels(255 * sized(digit, side)))) is None


def test_light_that_fades_has_no_edge():
    for name in ("dim paper", "dim in shadow", "light on grey"):
        for digit in DIGITS:
            assert find_paper(PHOTOGRAPHS[name](digit)) is None


def test_what_is_cut_out_is_upright():
    page = np.zeros((100, 200, 3), np.uint8)
    page[40:60, 50:150] = (200, 100, 50)
    page[40:50, 50:150, 0] = 90
    upright = cut(page, CropBox(100, 50, 100, 20))
    np.testing.assert_array_equal(upright, page[40:60, 50:150])
    turned = np.asarray(Image.fromarray(page).rotate(-90, expand=True))  # clockwise: the last row becomes the first column
    back = cut(turned, CropBox(50, 100, 100, 20, 90))
    np.testing.assert_array_equal(back, upright)
    np.testing.assert_array_equal(cut(page, whole(200, 100)), page)


def test_what_lies_outside_repeats_the_edge():
    page = np.full((50, 50, 1), 130, np.uint8)
    assert (cut(page, CropBox(0, 0, 60, 60, 30)) == 130).all()
    assert cut(page, CropBox(-1e9, 25, 1e9, 1e-3)).shape[0] == 4  # clamped to the picture


def test_a_large_picture_is_cut_small():
    page = np.zeros((1500, 3000, 1), np.uint8)
    page[:, 1500:] = 255
    small = cut(page, CropBox(1500, 750, 2048, 1024))
    assert small.shape == (512, 1024, 1)
    assert small[:, :500].max() == 0
    assert small[:, 524:].min() == 255


def test_the_box_that_is_proposed_suits_the_model():
    photo = PHOTOGRAPHS["dark desk"](DIGITS[3])[..., None]
    assert propose(photo, SHAPE) == find_paper(photo[..., 0])
    assert propose(PHOTOGRAPHS["dim paper"](DIGITS[3])[..., None], SHAPE) == whole(640, 480)
    assert propose(photo, SHAPE, "object") == whole(640, 480)
    assert propose(photo.repeat(3, 2), (3, 64, 64)) == CropBox(320, 240, 480, 480)
    assert propose(photo.repeat(3, 2), (3, 32, 64)) == CropBox(320, 240, 640, 320)


@pytest.mark.parametrize("numbers", [(0, 0, 0, 1), (0, 0, 1, -1), (float("nan"), 0, 1, 1), (0, 0, 1, 1, float("inf"))])
def test_a_box_of_no_size_is_refused(numbers):
    with pytest.raises(ZscapeError, match="crop box"):
        CropBox(*numbers)


def test_what_the_pad_draws_is_made_ready_as_a_photograph_of_it():
    for digit in DIGITS:
        paper = pixels(255 * sized(digit, 280))[..., None]
        drawn, photographed = prepare_drawing(paper, SHAPE), prepare(paper, SHAPE)
        assert np.square((drawn.astype(float) - photographed) / 255).mean() < 0.01
    given = np.stack([prepare_drawing(pixels(255 * sized(digit, 280))[..., None], SHAPE) for digit in DIGITS])
    assert (classes_of(given) == CLASSES).all()
    with pytest.raises(ZscapeError, match="no ink"):
        prepare_drawing(np.zeros((280, 280, 1), np.uint8), SHAPE)
