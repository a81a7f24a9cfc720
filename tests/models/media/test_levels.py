"""The range of pixel values, inferred from the values."""

import numpy as np
import pytest

from zscape.models.media.levels import to_levels

RAMP = np.linspace(0, 1, 11)
EXPECTED = np.rint(RAMP * 255)


@pytest.mark.parametrize(
    "values",
    [
        RAMP,
        RAMP.astype(np.float32),
        RAMP * 2 - 1,
        RAMP * 255,
        RAMP * 65535,
        np.rint(RAMP * 255).astype(np.uint8),
        np.rint(RAMP * 255).astype(np.int32),
        np.rint(RAMP * 255).astype(np.uint16),
        np.rint(RAMP * 4095).astype(np.uint16),
        np.rint(RAMP * 65535).astype(np.uint16),
        np.rint(RAMP * 65535).astype(np.int64),
    ],
)
def test_every_usual_range_is_known(values):
    assert np.abs(to_levels(values).astype(int) - EXPECTED).max() <= 1
    assert to_levels(values).dtype == np.uint8


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float32])
def test_masks_of_0_and_1_are_black_and_white(kind):
    assert to_levels(np.array([[0, 1], [1, 0]], kind)).tolist() == [[0, 255], [255, 0]]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_black_stays_black(kind):
    assert to_levels(np.zeros((2, 2), kind)).tolist() == [[0, 0], [0, 0]]


def test_floats_a_little_outside_are_cut_off():
    assert to_levels(np.array([-0.02, 0.5, 1.03])).tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.array([-3, 5]), "run from -3 to 5"),
        (np.array([-2.0, 2.0]), "run from -2 to 2"),
        (np.array([0.0, 1.7]), "run from 0 to 1.7"),
        (np.array([0.0, 1e9]), r"run from 0 to 1e\+09"),
        (np.array([0, np.nan]), "not all finite"),
        (np.array(["a"]), "type"),
        (np.array([1j]), "type"),
    ],
)
def test_other_ranges_are_refused(values, said):
    with pytest.raises(ValueError, match=said):
        to_levels(values)


def test_a_single_picture_is_read_however_odd_its_range():
    assert to_levels(np.array([-500.0, 0, np.nan, 1e6, np.inf]), strict=False).tolist() == [0, 0, 0, 255, 255]
    assert to_levels(np.array([0, 100_000, 200_000]), strict=False).tolist() == [0, 128, 255]
    assert to_levels(np.array([0, 0.5, 1.2]), strict=False).tolist() == [0, 128, 255]
    assert to_levels(np.array([-1.2, 0, 1.2]), strict=False).tolist() == [0, 128, 255]


def test_a_large_array_is_scaled_like_its_parts():
    values = np.tile(np.arange(65_536, dtype=np.uint16), 33).reshape(33, 256, 256)
    np.testing.assert_array_equal(to_levels(values), np.stack([to_levels(part) for part in values]))
