"""Unwritable output paths are reported before the work starts, and existing files are left alone."""

import numpy as np
import pytest

from zscape.app.cli.main import main
from zscape.models.errors import ZscapeError
from zscape.models.files import atomic
from zscape.models.files.atomic import check_place, replacing
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.npz import save_arrays


@pytest.fixture
def given(tmp_path):
    """A data set of four pictures, a picture, and a file where a folder is expected."""
    rows = np.random.default_rng(0).integers(0, 256, (4, 28, 28), np.uint8)
    save_arrays(tmp_path / "some.npz", images=rows, labels=np.arange(4), class_names=np.array([*"0123456789"]))
    (tmp_path / "file").write_text("a file")
    (tmp_path / "is-a-folder.png").mkdir()
    return tmp_path


CALLS = [
    ("map", "--data", "some.npz", "--out", "{}.npz"),
    ("map", "--generated", "20", "--out", "{}.png"),
    ("map", "--generated", "20", "--out", "file/projector"),
    ("neighbours", "--data", "some.npz", "--out", "{}.png"),
    ("directions", "--method", "pca", "--samples", "200", "--out", "{}.safetensors"),
    ("encode", "some.npz", "--out", "{}.npz"),
    ("restyle", "some.npz", "--out", "{}.png"),
    ("sample", "--count", "3", "--out", "{}.npz"),
    ("sweep", "class", "--out", "{}.png"),
    ("compare", "tiny", "tiny", "--out", "{}.png"),
    ("animate", "--ready", "random", "--even", "--out", "{}.mp4"),
    ("paint", "--empty", "--must", "some.png", "--out", "{}.png"),
]


@pytest.mark.parametrize("words", CALLS, ids=lambda words: " ".join(words[:2]))
def test_an_unwritable_place_is_reported_before_drawing(words, given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    drawn = []
    monkeypatch.setattr(GeneratorRunner, "draw", lambda *_: drawn.append(1))
    named = [str(tiny_model) if word == "tiny" else word.replace("{}", "file/x") for word in words]
    model = [] if words[0] == "compare" else ["--model", str(tiny_model)]
    before = sorted(given.rglob("*"))
    assert main([*named, *model]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "Cannot write file/" in said.err
    assert "Choose another folder." in said.err
    assert not drawn
    assert said.out == ""
    assert sorted(given.rglob("*")) == before


def test_a_folder_of_the_name_is_said(given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    assert main(["sweep", "class", "--model", str(tiny_model), "--out", "is-a-folder.png"]) == 1
    assert "it is a folder" in capsys.readouterr().err


def test_the_files_for_the_projector_do_not_go_among_other_files(given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    (given / "mine").mkdir()
    (given / "mine" / "sprite.png").write_bytes(b"a picture of mine")
    words = ["map", "--generated", "20", "--model", str(tiny_model), "--out"]
    assert main([*words, "mine"]) == 1
    assert "with other files in it" in capsys.readouterr().err
    assert (given / "mine" / "sprite.png").read_bytes() == b"a picture of mine"
    assert len([*(given / "mine").iterdir()]) == 1
    assert main([*words, "new"]) == 0
    assert main([*words, "new"]) == 0, "those for the projector are written anew"
    (given / "empty").mkdir()
    assert main([*words, "empty"]) == 0


def test_a_place_is_judged_without_making_anything(tmp_path, monkeypatch):
    check_place(tmp_path / "a" / "b" / "c.png")
    assert not [*tmp_path.iterdir()]
    with replacing(tmp_path / "a" / "b" / "c.png") as temporary:
        temporary.write_bytes(b"x")
    check_place(tmp_path / "a" / "b" / "c.png")
    with pytest.raises(ZscapeError, match="is a file, not a folder"):
        check_place(tmp_path / "a" / "b" / "c.png" / "d.png")
    monkeypatch.setattr(atomic.os, "access", lambda *_: False)
    with pytest.raises(ZscapeError, match="not yours to write to"):
        check_place(tmp_path / "x.png")


def test_one_picture_is_named_in_the_singular(given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    assert main(["map", "--generated", "1", "--model", str(tiny_model), "--out", "m.npz"]) == 0
    assert capsys.readouterr().out.startswith("1 picture of random points, mapped by pca of pixels, is at m.npz")


@pytest.mark.parametrize(
    "words",
    [
        ("animate", "--ready", "random", "--hold", "nan", "--out", "x.mp4"),
        ("animate", "--ready", "random", "--hold", "-1", "--out", "x.mp4"),
        ("directions", "--samples", "0", "--out", "x.safetensors"),
        ("directions", "--count", "0", "--out", "x.safetensors"),
        ("directions", "--method", "pairs", "--with", "a", "--without", "b", "--name", " ", "--out", "x.safetensors"),
    ],
)
def test_what_cannot_be_asked_for_is_wrong_usage(words, given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    assert main([*words, "--model", str(tiny_model)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_latents_with_a_hole_name_the_file_and_the_row(given, tiny_model, capsys, monkeypatch):
    monkeypatch.chdir(given)
    rows = np.zeros((3, 12), np.float32)
    rows[1, 4] = np.nan
    save_arrays(given / "z.npz", z=rows)
    assert main(["animate", "--points", "z.npz", "--model", str(tiny_model), "--out", "x.gif"]) == 1
    assert "z.npz: row 1 of z holds a number that is not finite" in capsys.readouterr().err


def test_a_tilde_in_a_path_is_the_home_folder(tmp_path, monkeypatch, capsys):
    """The shell expands a tilde only at the start of a word, not after --option=."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["sample", "--count", "1", "--out=~/one.png"]) == 0
    assert main(["encode", "~/one.png", "--out=~/one.npz", "--labels", "~/none.npz"]) == 1
    assert main(["encode", "~/one.png", "--out=~/one.npz"]) == 0
    assert main(["sample", "--count", "1", "--model=~/one.npz", "--out=~/two.png"]) == 1
    assert "one.npz holds arrays" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.npz", "one.png"]
    assert main(["encode", "", "--out", "two.npz"]) == 2  # empty text is not the current folder
    assert "A path is empty" in capsys.readouterr().err
