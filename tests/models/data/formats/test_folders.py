"""Folders of pictures: which files count, in what order, and what is said about the rest."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.given_pictures import read_inputs
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.media.folders import folders_in, left_out, natural_key, picture_files


def save(path, kind="PNG", level=100, size=(8, 8), **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    Image.new("L", size, level).save(buffer, kind, **options)
    path.write_bytes(buffer.getvalue())


@pytest.mark.parametrize(
    "names",
    [
        ["1", "2", "3", "10", "11", "12"],
        ["a1b2", "a1b10", "a2b1", "b"],
        ["01", "1", "2"],
        ["", "0", "x"],
        ["class 9", "Class 10", "class 11"],
        ["९", "१०", "²"],
    ],
)
def test_names_are_sorted_as_people_number_them(names):
    assert sorted(set(names), key=natural_key) == names


def test_pictures_are_told_by_content_or_by_name(tmp_path):
    save(tmp_path / "b.jfif", "JPEG")
    save(tmp_path / "a")
    save(tmp_path / "c.dat", "WEBP")
    for name in ("d.PNG", ".hidden.png", "notes.txt", "Thumbs.db"):
        (tmp_path / name).touch()
    (tmp_path / "sub.png").mkdir()
    files = picture_files(tmp_path)
    assert [path.name for path in files.pictures] == ["a", "b.jfif", "c.dat", "d.PNG"]
    assert [path.name for path in files.others] == ["notes.txt"]
    assert [path.name for path in folders_in(tmp_path)] == ["sub.png"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(ZscapeError, match="cannot be read"):
        picture_files(tmp_path / "gone")


def test_what_was_left_out_is_counted_by_kind():
    assert left_out([], "data") == ""
    assert left_out([Path("a.txt")], "data") == "data: 1 file is not a picture and was left out (1 .txt)."
    files = [Path(name) for name in ("a.txt", "b.TXT", "c.csv", "d", "e.x", "f.y")]
    assert left_out(files, "data") == (
        "data: 6 files are not pictures and were left out (2 .txt, 1 .csv, 1 without a suffix, 1 .x, ...)."
    )


def test_classes_of_a_folder_come_in_natural_order(tmp_path):
    for number in range(1, 13):
        save(tmp_path / str(number) / "0.png", level=number)
    data = load(str(tmp_path))
    assert data.class_names == tuple(map(str, range(1, 13)))
    assert data.images[:, 0, 0, 0].tolist() == list(range(1, 13))
    assert data.warnings == ()


def test_pictures_with_odd_suffixes_are_used(tmp_path):
    save(tmp_path / "0" / "0.png")
    save(tmp_path / "1" / "0.jfif", "JPEG")
    save(tmp_path / "1" / "1.picture", "BMP")
    data = load(str(tmp_path))
    assert data.labels.tolist() == [0, 1, 1]
    assert data.warnings == ()


def test_what_a_folder_leaves_out_is_said_before_training(tmp_path):
    save(tmp_path / "zero" / "0.png")
    save(tmp_path / "one" / "0.png")
    (tmp_path / "one" / "notes.txt").write_text("hello")
    (tmp_path / "two").mkdir()
    save(tmp_path / "loose.png")
    said = data_warnings(load(str(tmp_path)), (1, 8, 8))
    assert "the folder two has no pictures and is left out" in said
    assert "1 file is not a picture and was left out (1 .txt)" in said
    assert "1 picture beside the folders of the classes was left out" in said


def test_photographs_are_measured_upright(tmp_path):
    upright = Image.Exif()
    upright[0x0112] = 6
    for number in range(2):
        save(tmp_path / "a" / f"{number}.jpg", "JPEG", size=(40, 24), exif=upright)
    assert load(str(tmp_path)).image_shape == (1, 40, 24)


def test_a_folder_to_encode_says_what_it_left_out(tmp_path):
    for name in ("10.png", "9.png"):
        save(tmp_path / name, size=(28, 28), level=0)
    (tmp_path / "readme.md").write_text("hello")
    inputs = read_inputs(tmp_path, (1, 28, 28))
    assert inputs.names == ("9.png", "10.png")
    assert inputs.warnings == (f"{tmp_path}: 1 file is not a picture and was left out (1 .md).",)


def test_images_of_0_and_1_are_black_and_white():
    images = load(str(Path(__file__).parents[3] / "fixtures" / "data" / "uint8-0-1.npz")).images
    assert set(np.unique(images)) == {0, 255}
