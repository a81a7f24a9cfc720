import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError


def dataset(labels: list[int], shape: tuple[int, int, int] = (2, 2, 1), classes: int = 3) -> Dataset:
    images = np.arange(len(labels), dtype=np.uint8)[:, None, None, None] * np.ones(shape, np.uint8)
    return Dataset("toys", images, np.array(labels, np.int64), tuple("abcdefgh"[:classes]))


@settings(max_examples=50)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=60), st.integers(0, 99), st.data())
def test_split_parts_without_loss_and_in_proportion(labels: list[int], seed: int, data: st.DataObject) -> None:
    whole = dataset(labels)
    count = data.draw(st.integers(1, len(labels) - 1))
    rest, held = whole.split(count, seed)
    assert len(held) == count
    numbers = [list(part.images[:, 0, 0, 0]) for part in (rest, held)]
    assert sorted(numbers[0] + numbers[1]) == list(range(len(labels)))
    assert numbers == [sorted(part) for part in numbers]  # the order is kept
    assert all(labels[n] == label for n, label in zip(numbers[1], held.labels, strict=True))
    share = count / len(labels) * np.bincount(labels, minlength=3)
    assert np.abs(np.bincount(held.labels, minlength=3) - share).max() <= 1.5
    again = whole.split(count, seed)[1]
    np.testing.assert_array_equal(again.images, held.images)


def test_split_of_equal_classes_is_balanced_and_depends_on_the_seed() -> None:
    whole = dataset([0, 1, 2] * 20)
    first, second = (whole.split(15, seed)[1] for seed in (1, 2))
    assert list(np.bincount(first.labels)) == [5, 5, 5]
    assert not np.array_equal(first.images, second.images)


@pytest.mark.parametrize("count", [0, 6, 7, -1])
def test_split_refuses_to_empty_a_part(count: int) -> None:
    with pytest.raises(ZscapeError, match="hold out"):
        dataset([0, 1, 2, 0, 1, 2]).split(count, 0)


def test_subset_takes_numbers_and_masks() -> None:
    whole = dataset([0, 1, 2, 1])
    assert list(whole.subset([3, 0]).labels) == [1, 0]
    assert list(whole.subset(whole.labels == 1).images[:, 0, 0, 0]) == [1, 3]


def test_fit_to_the_same_shape_is_the_same_object() -> None:
    whole = dataset([0, 1])
    assert whole.fit((1, 2, 2)) is whole


@pytest.mark.parametrize("shape", [(1, 32, 32), (3, 28, 28), (3, 64, 64), (1, 7, 7), (1, 20, 30)])
def test_fit_keeps_a_smooth_picture(shape: tuple[int, int, int]) -> None:
    y, x = np.mgrid[-1:1:28j, -1:1:28j]
    picture = (255 * np.exp(-4 * (x**2 + y**2))).astype(np.uint8)
    whole = Dataset("blob", picture[None, ..., None], np.zeros(1, np.int64), ("blob",))
    fitted = whole.fit(shape)
    assert fitted.image_shape == shape
    height, width = shape[1:]
    assert fitted.images[0, height // 2, width // 2].min() > 220
    assert fitted.images[0, 0, 0].max() < 10
    if shape[1] == shape[2]:  # antialiased resizing keeps the mean brightness
        assert abs(float(fitted.images.mean()) - float(picture.mean())) < 4


def test_fit_turns_colour_grey_by_luma() -> None:
    red = np.zeros((1, 4, 4, 3), np.uint8)
    red[..., 0] = 255
    fitted = Dataset("red", red, np.zeros(1, np.int64), ("red",)).fit((1, 4, 4))
    assert set(fitted.images.ravel()) == {76}  # ITU-R 601


def test_fit_centres_what_is_not_square_on_its_border_colour() -> None:
    wide = np.full((1, 10, 20, 1), 200, np.uint8)
    wide[:, 2:8, 4:16] = 0
    fitted = Dataset("wide", wide, np.zeros(1, np.int64), ("wide",)).fit((1, 20, 20)).images[0, ..., 0]
    assert (fitted[:5] == 200).all()
    assert (fitted[-5:] == 200).all()
    np.testing.assert_array_equal(fitted[5:15], wide[0, ..., 0])


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        (np.zeros((2, 4, 4), np.uint8), np.zeros(2, np.int64)),
        (np.zeros((2, 4, 4, 2), np.uint8), np.zeros(2, np.int64)),
        (np.zeros((2, 4, 4, 1), np.float32), np.zeros(2, np.int64)),
        (np.zeros((0, 4, 4, 1), np.uint8), np.zeros(0, np.int64)),
        (np.zeros((2, 4, 4, 1), np.uint8), np.zeros(3, np.int64)),
        (np.zeros((2, 4, 4, 1), np.uint8), np.zeros(2, np.int32)),
        (np.zeros((2, 4, 4, 1), np.uint8), np.array([0, 2])),
        (np.zeros((2, 4, 4, 1), np.uint8), np.array([-1, 0])),
    ],
)
def test_what_is_no_data_set_is_refused(images: np.ndarray, labels: np.ndarray) -> None:
    with pytest.raises(ZscapeError, match="bad"):
        Dataset("bad", images, labels, ("a", "b"))
