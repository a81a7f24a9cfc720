"""Invented typefaces, made from those of a data set."""

from dataclasses import replace

import numpy as np
import pytest

from zscape.models.data.dataset import Dataset
from zscape.models.data.formats.arrays import arrays_of
from zscape.models.data.sources import load
from zscape.models.data.synthetic.letter_variants import varied
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish


def bars(widths: tuple[int, ...]) -> Dataset:
    """A data set of two letters (a vertical and a horizontal bar) with one font for each width."""
    images = np.zeros((2 * len(widths), 64, 64, 1), np.uint8)
    for font, width in enumerate(widths):
        images[2 * font, 13:51, 32 - width : 32 + width] = 255
        images[2 * font + 1, 32 - width : 32 + width, 13:51] = 255
    groups = np.repeat(np.arange(len(widths)), 2) * 7
    labels = np.tile([0, 1], len(widths))
    return Dataset("bars", images, labels, ("I", "-"), groups=groups, families=groups // 7, attributes={"w": labels * 1.0})


def width_of(image: np.ndarray) -> float:
    return float(image[32].sum() / 255)


def test_variants_are_groups_of_their_own_after_the_fonts() -> None:
    data = bars((2, 4))
    made = finish(varied(data, 3))
    assert np.array_equal(made.images[:4], data.images)
    assert np.array_equal(made.labels, np.tile([0, 1], 8))
    assert made.groups is not None
    assert made.families is not None
    assert len(np.unique(made.groups)) == 8
    assert np.array_equal(np.unique(made.groups, return_counts=True)[1], [2] * 8)
    assert np.array_equal(made.families[4:], np.tile(np.repeat([0, 1], 2), 3))


def test_a_font_and_its_variants_are_one_family_where_there_are_none() -> None:
    data = bars((2, 4, 6))
    made = finish(varied(replace(data, families=None), 3))
    assert np.array_equal(made.families, np.tile(data.groups, 4))
    rest, held = made.split(8, 0)
    assert not set(rest.families) & set(held.families)


def test_a_seed_out_of_range_is_refused() -> None:
    with pytest.raises(ZscapeError, match="Seed -1 is out of range"):
        finish(varied(bars((2,)), 1, seed=-1))


def test_variants_differ_and_stay_crisp_and_inside() -> None:
    data = bars((3,))
    made = finish(varied(data, 12, seed=3)).images[2:]
    upright = made[::2, :, :, 0]
    assert len(np.unique(upright.reshape(12, -1), axis=0)) > 6
    widths = [width_of(each) for each in upright]
    assert 3 < min(widths) < max(widths) < 12
    between = ((upright > 40) & (upright < 215)).sum((1, 2))
    assert (between < 4 * 38).all()  # at most two pixels per row at each edge
    assert not made[:, :, 0].any()
    assert not made[:, :, -1].any()


def test_the_same_seed_gives_the_same_fonts() -> None:
    data = bars((3, 5))
    first, again, other = (finish(varied(data, 2, seed=seed)).images for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_wide_letter_is_not_stretched_over_the_border() -> None:
    data = bars((3,))
    wide = data.images.copy()
    wide[1, 30:34, 4:60] = 255
    made = finish(varied(Dataset("wide", wide, data.labels, data.class_names, groups=data.groups), 20)).images
    assert not made[2:, :, 0].any()
    assert not made[2:, :, -1].any()


@pytest.mark.parametrize(
    ("data", "times", "words"),
    [
        (Dataset("a", np.zeros((1, 8, 8, 1), np.uint8), np.zeros(1, np.int64), ("A",)), 1, "no groups"),
        (
            Dataset("a", np.zeros((1, 8, 8, 3), np.uint8), np.zeros(1, np.int64), ("A",), groups=np.zeros(1, np.int64)),
            1,
            "colour",
        ),
        (bars((2,)), 0, "1 or more"),
        (bars((2,)), 600_000, "more than 4 GB; ask for fewer"),
    ],
)
def test_other_data_is_refused(data: Dataset, times: int, words: str) -> None:
    with pytest.raises(ZscapeError, match=words):
        finish(varied(data, times))


def test_a_data_set_is_read_back_from_its_arrays(tmp_path) -> None:
    made = finish(varied(bars((2, 4)), 1))
    save_arrays(tmp_path / "varied.npz", **arrays_of(made))
    read = load(str(tmp_path / "varied.npz"))
    for name in ("images", "labels", "groups", "families"):
        assert np.array_equal(getattr(read, name), getattr(made, name))
    assert np.array_equal(read.attributes["w"], made.attributes["w"])
    assert read.class_names == made.class_names
