import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.formats.labels import read_labels
from zscape.models.data.given_pictures import from_given, read_inputs
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays

SHAPE = (1, 28, 28)
DIGITS = load("digits").subset(range(0, 5000, 1000))


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def save(path: Path, picture: np.ndarray) -> None:
    Image.fromarray(picture[..., 0]).save(path)


def test_pictures_of_16_bits_are_scaled_alike_as_in_training(tmp_path: Path) -> None:
    for name, highest in (("a", 4000), ("b", 60_000)):
        picture = np.zeros((64, 64), np.uint16)
        picture[20:40, 30:34] = highest
        Image.fromarray(picture).save(tmp_path / f"{name}.png")
    inputs = read_inputs(tmp_path, (1, 64, 64), "object")
    assert inputs.images.max((1, 2, 3)).tolist() == [round(255 * highest / 65535) for highest in (4000, 60_000)]


def test_a_picture(tmp_path: Path) -> None:
    save(tmp_path / "a.png", DIGITS.images[2])
    inputs = read_inputs(tmp_path / "a.png", SHAPE)
    np.testing.assert_array_equal(inputs.images, DIGITS.images[2:3])
    assert inputs.labels is None
    assert inputs.names == ("a.png",)


def test_pictures_of_the_right_size_are_turned_light_on_dark_in_files_of_any_kind(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 255 - DIGITS.images[2])
    save_arrays(tmp_path / "a.npz", images=255 - DIGITS.images)
    np.testing.assert_array_equal(read_inputs(tmp_path / "a.png", SHAPE).images, DIGITS.images[2:3])
    np.testing.assert_array_equal(read_inputs(tmp_path / "a.npz", SHAPE).images, DIGITS.images)


def test_a_drawing_is_prepared_and_a_colour_model_gets_colour(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 255 - DIGITS.images[2].repeat(9, 0).repeat(9, 1))
    prepared = read_inputs(tmp_path / "a.png", SHAPE).images
    assert prepared.shape == (1, 28, 28, 1)
    assert np.square((prepared[0].astype(float) - DIGITS.images[2]) / 255).mean() < 0.07  # shifted by one pixel at most
    assert read_inputs(tmp_path / "a.png", (3, 32, 32)).images.shape == (1, 32, 32, 3)


def test_the_sample_pictures_can_be_tried() -> None:
    inputs = read_inputs(Path(__file__).parents[3] / "resources" / "samples", SHAPE)
    assert len(inputs.names) >= 4
    for image in inputs.images[..., 0]:
        assert image.max() > 240
        assert 0.08 < (image > 127).mean() < 0.25  # about as much ink as a digit


def test_a_folder_by_name(tmp_path: Path) -> None:
    for index in (3, 1, 2):
        save(tmp_path / f"{index}.png", DIGITS.images[index])
    (tmp_path / "notes.txt").write_text("hello")
    inputs = read_inputs(tmp_path, SHAPE)
    assert inputs.names == ("1.png", "2.png", "3.png")
    np.testing.assert_array_equal(inputs.images, DIGITS.images[1:4])
    assert inputs.unreadable == ""
    (tmp_path / "4.png").write_text("not a picture")
    left = read_inputs(tmp_path, SHAPE)
    assert left.names == inputs.names
    assert "4.png" in left.unreadable
    assert left.unreadable in left.warnings
    with pytest.warns(UserWarning, match=r"4\.png"):
        assert len(from_given(tmp_path, SHAPE)) == 3


@pytest.mark.parametrize("names", [("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz"), ("my.images.gz", "my.labels")])
def test_an_idx_file_with_its_labels(tmp_path: Path, names: tuple[str, str]) -> None:
    for name, array in zip(names, (DIGITS.images[..., 0], DIGITS.labels.astype(np.uint8)), strict=True):
        (tmp_path / name).write_bytes(gzip.compress(idx(array)) if name.endswith(".gz") else idx(array))
    inputs = read_inputs(tmp_path / names[0], SHAPE)
    np.testing.assert_array_equal(inputs.images, DIGITS.images)
    np.testing.assert_array_equal(inputs.labels, DIGITS.labels)
    assert len(set(inputs.names)) == len(DIGITS)
    (tmp_path / names[1]).unlink()
    assert read_inputs(tmp_path / names[0], SHAPE).labels is None


@pytest.mark.parametrize("floats", [False, True])
def test_an_npz(tmp_path: Path, floats: bool) -> None:
    images = DIGITS.images / np.float32(255) if floats else DIGITS.images
    save_arrays(tmp_path / "a.npz", images=images, labels=DIGITS.labels)
    inputs = read_inputs(tmp_path / "a.npz", SHAPE)
    np.testing.assert_array_equal(inputs.images, DIGITS.images)
    np.testing.assert_array_equal(inputs.labels, DIGITS.labels)
    save_arrays(tmp_path / "a.npz", images=DIGITS.images[..., 0])
    assert read_inputs(tmp_path / "a.npz", SHAPE).labels is None


@pytest.mark.parametrize("side", [40, SHAPE[1]])
def test_a_blank_among_many_is_named(tmp_path: Path, side: int) -> None:
    save_arrays(tmp_path / "a.npz", images=np.full((3, side, side), 100, np.uint8))
    with pytest.raises(ZscapeError, match=r"a\.npz 0: There is no ink"):
        read_inputs(tmp_path / "a.npz", SHAPE)


def bad_files(folder: Path) -> dict[str, str]:
    """File names, and a word of the message about each."""
    np.savez(folder / "pickle.npz", images=np.array([{}], object))
    (folder / "text.npz").write_text("hello")
    (folder / "text.png").write_text("hello")
    (folder / "empty.png").touch()
    (folder / "folder").mkdir()
    (folder / "cut.gz").write_bytes(gzip.compress(idx(DIGITS.images[..., 0]))[:300])
    (folder / "stub.gz").write_bytes(b"\x1f\x8b\x08")
    (folder / "labels").write_bytes(idx(DIGITS.labels.astype(np.uint8)))
    Image.new("L", (1, 1)).save(folder / "tiny.png")
    Image.new("1", (12_000, 8_000)).save(folder / "huge.png")
    save_arrays(folder / "other.npz", z=np.zeros(3))
    return {
        "pickle.npz": "could run code",
        "text.npz": "npz",
        "text.png": "not a picture",
        "empty.png": "is empty",
        "folder": "no pictures",
        "cut.gz": "damaged",
        "stub.gz": "damaged",
        "labels": "pictures must be",
        "tiny.png": "only 1 x 1",
        "huge.png": "megapixels",
        "other.npz": "no array 'images'",
        "missing.png": "cannot be read",
    }


def test_bad_input_gets_one_line_that_names_the_file(tmp_path: Path) -> None:
    for name, words in bad_files(tmp_path).items():
        with pytest.raises(ZscapeError, match=words) as caught:
            read_inputs(tmp_path / name, SHAPE)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("packed", [False, True])
def test_labels_from_a_file_of_their_own(tmp_path: Path, packed: bool) -> None:
    data = idx(DIGITS.labels.astype(np.uint8))
    (tmp_path / "labels").write_bytes(gzip.compress(data) if packed else data)
    save_arrays(tmp_path / "labels.npz", labels=DIGITS.labels)
    for name in ("labels", "labels.npz"):
        labels = read_labels(tmp_path / name, len(DIGITS), 10)
        assert labels.dtype == np.int64
        np.testing.assert_array_equal(labels, DIGITS.labels)
        with pytest.raises(ZscapeError, match="5 labels for 4"):
            read_labels(tmp_path / name, 4, 10)
        with pytest.raises(ZscapeError, match="class 8, but the classes run from 0 to 7"):
            read_labels(tmp_path / name, len(DIGITS), 8)
