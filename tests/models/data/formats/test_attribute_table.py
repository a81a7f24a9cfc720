"""Attributes of a folder's pictures, from a table beside it."""

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError

CELEBA = """4
Bald Smiling Young
000001.jpg -1  1  1
000002.jpg  1 -1  1
000003.jpg -1 -1  1
000004.jpg  1  1  1
"""


def pictures(folder, *names) -> None:
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (8, 8), 10 * number + 5).save(path)


@pytest.mark.parametrize("place", ["faces/list_attr_celeba.txt", "list_attr_celeba.txt"])
def test_celeba_beside_a_folder_of_pictures(tmp_path, place) -> None:
    pictures(tmp_path / "faces", *(f"00000{n}.jpg" for n in (1, 2, 3, 4)))
    (tmp_path / place).write_text(CELEBA)
    data = load(str(tmp_path / "faces"))
    assert data.class_names == ("all",)
    assert list(data.attributes) == ["Bald", "Smiling", "Young"]
    assert data.attributes["Bald"].tolist() == [0, 1, 0, 1]
    assert data.attributes["Smiling"].tolist() == [1, 0, 0, 1]
    assert data.attributes["Young"].tolist() == [1, 1, 1, 1]
    assert data.warnings == ()


def test_pictures_of_another_format_are_found_by_their_names(tmp_path) -> None:
    pictures(tmp_path / "faces", "000004.png", "000002.png")
    (tmp_path / "list_attr_celeba.txt").write_text(CELEBA)
    data = load(str(tmp_path / "faces"))
    assert data.attributes["Smiling"].tolist() == [0, 1]  # in natural order: 2, 4
    assert data.warnings == ("list_attr_celeba.txt: 2 of 4 rows are about pictures that are not there.",)


@pytest.mark.parametrize(
    "text",
    [
        "file,height,glasses\na/1.png,1.5,yes\na/2.png,-2e1,no\nb/1.png,3,TRUE\n",
        "file;height;glasses\r\na/1.png;1,5;1\r\n\r\na/2.png;-20;0\r\nb/1.png;3;1\r\n",
        "file\theight\tglasses\na\\1.png\t1.5\t1\n./a/2.png\t-20\t0\nb/1.png\t3\t1\nother.png\t9\t0",
        '"file","height","glasses"\n"b/1.png","3.0","1"\n"a/1.png","1.5","1"\n"a/2.png","-20","0"\n',
    ],
    ids=["commas", "semicolons", "tabs", "quotes"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_separator_and_with_any_mark(tmp_path, text, encoding) -> None:
    pictures(tmp_path / "d", "a/1.png", "a/2.png", "b/1.png")
    (tmp_path / "d.csv").write_bytes(text.encode(encoding))
    data = load(str(tmp_path / "d"))
    assert data.class_names == ("a", "b")
    assert data.attributes["height"].tolist() == [1.5, -20, 3]
    assert data.attributes["glasses"].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no attributes"),
        ("file,age\n", "has no attributes"),
        ("file\n1.png\n", "has no attributes"),
        ("file,age\n1.png,3\n2.png,nan\n", r"line 3: 'age' is 'nan'"),
        ("file,age\n1.png,3\n2.png,\n", r"line 3: 'age' is empty"),
        ("file,age\n1.png,inf\n2.png,1\n", r"line 2: 'age' is 'inf'"),
        ("file,hair\n1.png,blond\n2.png,red\n", r"line 2: 'hair' is 'blond'; write a number"),
        ("file,age\n1.png,3\n", r"1 of 2 pictures have no row, for one 2\.png"),
        ("file,age\nx.png,3\ny.png,4\n", r"2 of 2 pictures have no row.*first row is about 'x\.png'"),
        ("file,age\n1.png,3\n1.png,4\n2.png,1\n", r"'1\.png' has 2 rows"),
        ("file,age,age\n1.png,3,3\n2.png,4,4\n", "'age' occurs twice"),
        ("file,age\n1.png,3,7\n2.png,4\n", "line 2 has 3 values, not 2"),
        ('file,age\n1.png,"3\n2.png,4\n', "attributes.csv is damaged"),
    ],
)
def test_a_table_that_does_not_fit_is_one_clear_line(tmp_path, text, said) -> None:
    pictures(tmp_path, "1.png", "2.png")
    (tmp_path / "attributes.csv").write_text(text)
    with pytest.raises(ZscapeError, match=said) as raised:
        load(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_bytes_that_are_no_text_are_refused(tmp_path) -> None:
    pictures(tmp_path, "1.png")
    (tmp_path / "attributes.csv").write_bytes(b"file,age\n1.png,\xff\x81\n")
    with pytest.raises(ZscapeError, match="is not text in UTF-8"):
        load(str(tmp_path))


@pytest.mark.parametrize("text", ["5\nBald\n1.png 1\n", "Bald\n", "1\n"])
def test_a_list_of_celeba_that_is_cut_short_is_refused(tmp_path, text) -> None:
    pictures(tmp_path, "1.png")
    (tmp_path / "list_attr_celeba.txt").write_text(text)
    with pytest.raises(ZscapeError, match=r"cut short|has no rows"):
        load(str(tmp_path))


def test_a_name_that_two_classes_have_needs_its_folder(tmp_path) -> None:
    pictures(tmp_path / "d", "a/1.png", "b/1.png")
    (tmp_path / "d.csv").write_text("file,age\n1.png,3\n")
    with pytest.raises(ZscapeError, match=r"1\.png stands for 2 pictures; write the folder before it, as a/1\.png"):
        load(str(tmp_path / "d"))


@pytest.mark.parametrize("rows", ["a/1.png,3\nb/1.png,4\n", "a/1.png,3\nb/1.png,4\nd/1.png,5\n"])
def test_a_row_about_a_picture_of_another_folder_is_not_taken(tmp_path, rows) -> None:
    pictures(tmp_path / "d", "a/1.png", "b/1.png", "c/1.png")
    (tmp_path / "d.csv").write_text("file,age\n" + rows)
    with pytest.raises(ZscapeError, match=r"1 of 3 pictures have no row, for one c/1\.png"):
        load(str(tmp_path / "d"))


def test_rows_may_name_folders_from_further_up_and_other_suffixes(tmp_path) -> None:
    pictures(tmp_path / "d", "a/1.png", "b/1.png")
    (tmp_path / "d.csv").write_text("file,age\nd/b/1.jpg,4\nd/a/1.png,3\n")
    assert load(str(tmp_path / "d")).attributes["age"].tolist() == [3, 4]


def test_the_values_reach_the_parts_of_a_split(tmp_path) -> None:
    names = [f"{n}.png" for n in range(9)]
    pictures(tmp_path, *names)
    (tmp_path / "attributes.csv").write_text("file,n\n" + "".join(f"{n}.png,{n}\n" for n in range(9)))
    data = load(str(tmp_path))
    for part in data.split(4, 0):
        np.testing.assert_array_equal(part.attributes["n"] * 10 + 5, part.images[:, 0, 0, 0])


def test_a_column_of_names_makes_groups(tmp_path) -> None:
    pictures(tmp_path / "d", "a/1.png", "a/2.png", "b/1.png", "b/2.png")
    (tmp_path / "d.csv").write_text("file,Person,age\na/1.png,Ada,1\na/2.png,Bo,2\nb/1.png,Ada,1\nb/2.png,Bo,2\n")
    data = load(str(tmp_path / "d"))
    assert data.groups is not None
    assert data.groups.tolist() == [0, 1, 0, 1]
    assert list(data.attributes) == ["age"]
    (tmp_path / "d.csv").write_text("file,group\na/1.png,x\na/2.png,\nb/1.png,x\nb/2.png,y\n")
    with pytest.raises(ZscapeError, match="line 3: 'group' is empty"):
        load(str(tmp_path / "d"))
