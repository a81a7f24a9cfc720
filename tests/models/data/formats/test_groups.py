"""Groups, pictures of one style in several classes: read from a file, kept together, held out as a whole."""

import numpy as np
import pytest

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays


def fonts(count=8, classes=3, families=None):
    """`count` groups with one picture of each class; the first pixel of a picture is its group, the second its class."""
    groups, labels = np.repeat(np.arange(count), classes), np.tile(np.arange(classes), count)
    images = np.zeros((len(groups), 4, 4, 1), np.uint8)
    images[:, 0, 0, 0], images[:, 0, 1, 0] = groups, labels
    of_picture = None if families is None else np.array(families, np.int64)[groups]
    return Dataset("fonts", images, labels.astype(np.int64), tuple("ABC"[:classes]), groups=groups, families=of_picture)


def test_groups_follow_their_pictures() -> None:
    data = fonts(families=[0, 0, 0, 1, 1, 2, 2, 2])
    for part in (data.subset([5, 3, 20]), data.subset(data.labels == 1), data.fit((3, 4, 4)), *data.split(6, 0)):
        assert part.groups is not None
        assert part.families is not None
        np.testing.assert_array_equal(part.groups, part.images[:, 0, 0, 0])
        np.testing.assert_array_equal(part.families, np.array([0, 0, 0, 1, 1, 2, 2, 2])[part.groups])


def test_whole_groups_are_held_out() -> None:
    data = fonts(20)
    rest, held = data.split(14, 3)
    assert len(held) == 15  # five groups of three; no group is split
    assert not set(rest.groups) & set(held.groups)
    assert len(rest) + len(held) == len(data)
    np.testing.assert_array_equal(data.split(14, 3)[1].images, held.images)
    assert set(data.split(14, 4)[1].groups) != set(held.groups)


def test_whole_families_are_held_out_where_there_are_any() -> None:
    data = fonts(8, families=[0, 0, 0, 0, 0, 1, 2, 2])
    for seed in range(8):
        rest, held = data.split(6, seed)
        assert not set(rest.families) & set(held.families)
        assert 3 <= len(held) <= 9


@pytest.mark.parametrize("count", [1, 5, 22, 23])
def test_neither_part_is_empty(count) -> None:
    rest, held = fonts(8).split(count, 0)
    assert len(rest)
    assert len(held)


def test_one_group_alone_cannot_be_parted() -> None:
    with pytest.raises(ZscapeError, match="all pictures are of one group"):
        fonts(1).split(1, 0)


@pytest.mark.parametrize("groups", [np.zeros(23, np.int64), np.zeros(24, np.int32), np.full(24, -1)])
def test_groups_that_do_not_fit_are_refused(groups) -> None:
    data = fonts()
    with pytest.raises(ZscapeError, match="groups must be 24"):
        Dataset("bad", data.images, data.labels, data.class_names, groups=groups)


@pytest.mark.parametrize("name", ["groups", "fonts", "persons"])
def test_they_are_read_from_an_npz_under_any_of_their_names(tmp_path, name) -> None:
    data = fonts()
    save_arrays(tmp_path / "d.npz", images=data.images, labels=data.labels, **{name: data.groups.astype(np.uint16)})
    read = load(str(tmp_path / "d.npz"))
    np.testing.assert_array_equal(read.groups, data.groups)
    assert read.families is None


def test_families_are_read_by_group_or_by_picture(tmp_path) -> None:
    data = fonts(4)
    of_group = np.array(["serif", "serif", "sans", "mono"])
    for families in (of_group, of_group[data.groups]):
        save_arrays(tmp_path / "d.npz", images=data.images, labels=data.labels, groups=data.groups, families=families)
        read = load(str(tmp_path / "d.npz"))
        assert len(set(read.families)) == 3
        assert all(len(set(read.families[read.groups == group])) == 1 for group in range(4))
        assert read.families[0] == read.families[3] != read.families[6]


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"groups": np.zeros(3, np.int64)}, "groups must be 4"),
        ({"fonts": np.array([0, 0, 1, -1])}, "fonts must be 4 whole numbers from 0"),
        ({"persons": np.array([0.5, 0, 1, 1])}, "persons must be 4 whole numbers"),
        ({"groups": np.array([0, 0, 5, 5]), "families": np.array(["a", "b"])}, r"each group \(6\)"),
        ({"groups": np.array([0, 0, 1, 1]), "families": np.array(["a", "b", "c", "c"])}, "group 0 has pictures of two"),
    ],
    ids=["count", "negative", "fractions", "families", "parted"],
)
def test_what_does_not_fit_is_one_clear_line(tmp_path, arrays, said) -> None:
    save_arrays(tmp_path / "d.npz", images=np.zeros((4, 8, 8), np.uint8), labels=np.array([0, 1, 0, 1]), **arrays)
    with pytest.raises(ZscapeError, match=said) as raised:
        load(str(tmp_path / "d.npz"))
    assert "\n" not in str(raised.value)
