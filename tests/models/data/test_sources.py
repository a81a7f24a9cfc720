import gzip
import os
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.data import sources
from zscape.models.data.sources import KNOWN, find_idx, home, known, load
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (12, 6, 5), np.uint8)
LABELS = np.arange(12, dtype=np.uint8) % 3


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZSCAPE_HOME", str(tmp_path_factory.mktemp("home")))


def write_idx(path: Path, array: np.ndarray) -> None:
    data = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


@pytest.mark.parametrize("names", ["train-{}-{}-ubyte", "train-{}-{}-ubyte.gz", "train-{}.{}-ubyte", "train-{}.{}-ubyte.gz"])
def test_a_folder_of_idx_files(tmp_path: Path, names: str) -> None:
    write_idx(tmp_path / names.format("images", "idx3"), IMAGES)
    write_idx(tmp_path / names.format("labels", "idx1"), LABELS)
    dataset = load(str(tmp_path))
    np.testing.assert_array_equal(dataset.images[..., 0], IMAGES)
    np.testing.assert_array_equal(dataset.labels, LABELS)
    assert dataset.class_names == ("0", "1", "2")
    assert dataset.name == tmp_path.name


def test_idx_files_must_belong_together(tmp_path: Path) -> None:
    write_idx(tmp_path / "train-images-idx3-ubyte", IMAGES)
    with pytest.raises(ZscapeError, match="train-labels"):
        load(str(tmp_path))
    write_idx(tmp_path / "train-labels-idx1-ubyte", LABELS[:-1])
    with pytest.raises(ZscapeError, match="11 labels for 12"):
        load(str(tmp_path))


def test_the_embedded_digits() -> None:
    digits = load("digits")
    assert digits.images.shape == (5000, 28, 28, 1)
    assert list(np.bincount(digits.labels)) == [500] * 10
    assert digits.class_names == tuple("0123456789")
    assert digits.licence
    assert len({image.tobytes() for image in digits.images}) == 5000


def test_known_files_are_recognised_wherever_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses
    import hashlib

    write_idx(tmp_path / "train-images-idx3-ubyte.gz", IMAGES)
    write_idx(tmp_path / "train-labels-idx1-ubyte", LABELS)
    digest = hashlib.sha256((tmp_path / "train-labels-idx1-ubyte").read_bytes()).hexdigest()
    clothes = dataclasses.replace(KNOWN["fashion-mnist"], labels_sha256=digest)
    monkeypatch.setitem(sources.KNOWN, "fashion-mnist", clothes)
    dataset = load(str(tmp_path))
    assert (dataset.name, dataset.class_names, dataset.licence) == ("fashion-mnist", clothes.class_names, "MIT")


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
def test_names_are_found_at_home_or_in_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import dataclasses

    monkeypatch.setitem(sources.KNOWN, name, dataclasses.replace(KNOWN[name], system_folders=(tmp_path / "system",)))
    with pytest.raises(ZscapeError, match=f"zscape data fetch {name}"):
        load(name)
    entry = next(entry for entry in known() if entry.name == name)
    assert (entry.here, entry.path, entry.count) == (False, home(name), 60_000)
    for folder in (tmp_path / "system", home(name)):
        folder.mkdir(parents=True)
        write_idx(folder / "train-images-idx3-ubyte.gz", IMAGES)
        write_idx(folder / "train-labels-idx1-ubyte.gz", LABELS)
        assert len(load(name)) == 12
        entry = next(entry for entry in known() if entry.name == name)
        assert (entry.here, entry.path) == (True, folder)


def test_home_is_the_persons_cache_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZSCAPE_HOME")
    assert "zscape" in home("mnist").parts
    assert home("mnist").name == "mnist"


def test_the_embedded_digits_are_listed() -> None:
    assert next(entry for entry in known() if entry.name == "digits").here


def save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(pixels).save(path)


def test_a_folder_of_classes(tmp_path: Path) -> None:
    for name, level in (("cats", 10), ("dogs", 200)):
        for index in range(3):
            save(tmp_path / name / f"{index}.png", np.full((8, 9), level + index, np.uint8))
    (tmp_path / "empty").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "cats" / "notes.txt").write_text("not a picture")
    dataset = load(str(tmp_path))
    assert dataset.class_names == ("cats", "dogs")
    assert dataset.images.shape == (6, 8, 9, 1)
    assert dataset.images[:, 0, 0, 0].tolist() == [10, 11, 12, 200, 201, 202]
    assert dataset.labels.tolist() == [0, 0, 0, 1, 1, 1]


def test_pictures_of_all_sizes_and_colours_become_one_size(tmp_path: Path) -> None:
    save(tmp_path / "a" / "1.png", np.full((300, 400), 90, np.uint8))
    save(tmp_path / "a" / "2.png", np.full((200, 200, 3), (1, 2, 3), np.uint8))
    save(tmp_path / "b" / "3.png", np.full((250, 190), 90, np.uint8))
    dataset = load(str(tmp_path))
    assert dataset.images.shape == (3, 128, 128, 3)
    assert dataset.images[1, 64, 64].tolist() == [1, 2, 3]


def test_a_folder_of_pictures_without_classes_is_one_class(tmp_path: Path) -> None:
    for index in (10, 9):
        save(tmp_path / f"{index}.png", np.full((8, 9), index, np.uint8))
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "empty").mkdir()
    dataset = load(str(tmp_path))
    assert (dataset.class_names, dataset.labels.tolist()) == (("all",), [0, 0])
    assert dataset.images[:, 0, 0, 0].tolist() == [9, 10]
    assert "1 file is not a picture" in dataset.warnings[0]


def test_a_bad_picture_is_left_out_and_named(tmp_path: Path) -> None:
    save(tmp_path / "a" / "1.png", np.zeros((8, 8), np.uint8))
    (tmp_path / "a" / "text.png").write_text("hello")
    data = load(str(tmp_path))
    assert len(data) == 1
    assert any("text.png" in line for line in data.warnings)


def test_npz(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    save_arrays(path, images=IMAGES / 255.0)
    plain = load(str(path))
    assert (plain.name, plain.class_names, plain.labels.tolist()) == ("mine", ("all",), [0] * 12)
    np.testing.assert_array_equal(plain.images[..., 0], IMAGES)
    save_arrays(path, images=IMAGES, labels=LABELS)
    assert load(str(path)).class_names == ("0", "1", "2")
    save_arrays(path, images=IMAGES, labels=LABELS, class_names=np.array(["x", "y", "z", "w"]))
    assert load(str(path)).class_names == ("x", "y", "z", "w")


@pytest.mark.parametrize(
    "labels", [LABELS[:-1], LABELS.astype(float), LABELS.astype(np.int8) - 1, LABELS.astype(np.int64) + 10**12, LABELS[:, None]]
)
def test_npz_with_wrong_labels(tmp_path: Path, labels: np.ndarray) -> None:
    save_arrays(tmp_path / "a.npz", images=IMAGES, labels=labels)
    with pytest.raises(ZscapeError, match=r"[Ll]abels|class"):
        load(str(tmp_path / "a.npz"))


def test_what_is_no_data_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    for spec in ("mnits", str(tmp_path), str(tmp_path / "a.txt")):
        with pytest.raises(ZscapeError, match="data set"):
            load(spec)


def test_pictures_of_16_bits_are_scaled_alike(tmp_path: Path) -> None:
    for number, highest in enumerate((200, 4000, 4200)):
        Image.fromarray(np.linspace(0, highest, 64).reshape(8, 8).astype(np.uint16)).save(tmp_path / f"{number}.png")
    (tmp_path / "3.png").write_bytes((tmp_path / "2.png").read_bytes()[:90])  # damaged: it is left out as usual
    data = load(str(tmp_path))
    assert data.images.max((1, 2, 3)).tolist() == [round(255 * highest / 65535) for highest in (200, 4000, 4200)]
    assert len(data.warnings) == 1


def test_an_empty_name_is_not_the_current_folder() -> None:
    with pytest.raises(ZscapeError, match="name of the data set is empty"):
        load("")


def test_a_folder_with_the_name_of_a_known_set_is_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not load("digits").warnings
    (tmp_path / "digits").mkdir()
    assert "give ./digits" in load("digits").warnings[0]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_class_whose_name_is_no_text_is_refused_before_training(tmp_path: Path) -> None:
    for name in (b"caf\xe9", b"tea"):
        folder = tmp_path / os.fsdecode(name)
        folder.mkdir()
        Image.new("L", (8, 8)).save(folder / "1.png")
    with pytest.raises(ZscapeError, match="is not Unicode text: rename it"):
        load(str(tmp_path))


def test_finding_nothing(tmp_path: Path) -> None:
    assert find_idx(tmp_path, "train-images") is None
