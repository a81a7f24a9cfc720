"""Frames have exactly the size that was typed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zscape.models.errors import ZscapeError
from zscape.models.media.film.fitting import Fitting, colour_of, fitted, size_of

SIDES = st.integers(1, 60)
FRAME = np.arange(4 * 2 * 3, dtype=np.uint8).reshape(2, 4, 3) * 10


@given(SIDES, SIDES, SIDES, SIDES, st.sampled_from(["pad", "fill", "stretch"]), st.booleans())
def test_every_size_is_exact(rows, columns, width, height, fit, smooth):
    frame = np.full((rows, columns, 3), 200, np.uint8)
    found = fitted(frame, (width, height), fit, smooth, (1, 2, 3))
    assert found.shape == (height, width, 3)
    assert found.dtype == np.uint8
    assert fit == "pad" or (found == 200).all()


def test_padding_shows_all_of_it_in_the_middle_with_the_colour_around():
    found = fitted(FRAME, (8, 8), "pad", colour=(9, 8, 7))
    assert (found[:2] == (9, 8, 7)).all()
    assert (found[6:] == (9, 8, 7)).all()
    assert np.array_equal(found[2:6], FRAME.repeat(2, 0).repeat(2, 1))


def test_filling_cuts_off_as_much_on_both_sides():
    assert np.array_equal(fitted(FRAME, (4, 4), "fill"), FRAME.repeat(2, 0).repeat(2, 1)[:, 2:6])


def test_smooth_has_shades_between_and_nearest_has_none():
    edge = np.zeros((2, 2, 3), np.uint8)
    edge[:, 1] = 255
    assert set(np.unique(fitted(edge, (16, 16)))) == {0, 255}
    assert len(np.unique(fitted(edge, (16, 16), smooth=True))) > 2


def test_a_size_is_read_from_text():
    assert size_of("512x512") == (512, 512)
    assert size_of("640X360") == (640, 360)
    for text in ("512", "x", "0x5", "-5x5", "5x99999", "1e3x5", "512x512x3", "²x5"):
        with pytest.raises(ZscapeError):
            size_of(text)


def test_a_fitting_takes_grey_and_colour_and_its_colour_is_read_from_text():
    found = Fitting((6, 6), colour=colour_of("#0A0b0c"))
    assert np.array_equal(found.frame(FRAME), fitted(FRAME, (6, 6), colour=(10, 11, 12)))
    assert found.frame(FRAME[..., :1]).shape == (6, 6, 3)
    for text in ("", "#12345", "red", "#gggggg", "#12345١"):
        with pytest.raises(ZscapeError, match="six digits"):
            colour_of(text)
