"""`zscape data make`: data sets of letters and faces from the command line."""

import json

import pytest
from command_line import fails
from odd_fonts import folder_of, save, without

from zscape.app.cli.main import main
from zscape.models.data.sources import load


def test_letters_of_a_folder_of_fonts(tmp_path, capsys) -> None:
    folder_of(tmp_path / "fonts")
    save(without("B"), tmp_path / "fonts" / "odd.ttf")
    out = tmp_path / "l.npz"
    words = [
        "data",
        "make",
        "letters",
        "--fonts",
        str(tmp_path / "fonts"),
        "--alphabet",
        "A-C",
        "--size",
        "32",
        "--out",
        str(out),
    ]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert said == f"18 pictures of 3 letters in 6 fonts are at {out}. 1 font was left out: 1 without all the letters.\n"
    data = load(str(out))
    assert data.image_shape == (1, 32, 32)
    assert data.class_names == ("A", "B", "C")
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["count"], told["left_out"]) == (18, {"without all the letters": 1})


def test_letters_are_varied(tmp_path, capsys) -> None:
    folder_of(tmp_path / "fonts")
    out, varied = tmp_path / "l.npz", tmp_path / "v.npz"
    made = ["data", "make", "letters", "--fonts", str(tmp_path / "fonts"), "--alphabet", "A-C", "--size", "32", "--out", str(out)]
    assert main(made) == 0
    capsys.readouterr()
    assert main(["data", "vary", str(out), "--times", "2", "--out", str(varied)]) == 0
    assert capsys.readouterr().out == f"54 pictures of 18 fonts are at {varied}.\n"
    read = load(str(varied))
    assert read.groups is not None
    assert len(set(read.groups.tolist())) == 18


def test_faces(tmp_path, capsys) -> None:
    pytest.importorskip("python_avatars")
    pytest.importorskip("resvg_py")
    out = tmp_path / "f.npz"
    assert main(["data", "make", "faces", "--count", "20", "--seed", "3", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"20 pictures of 2 people are at {out}.\n"
    assert load(str(out)).image_shape == (3, 64, 64)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["make"], "Say what to make"),
        (["make", "cats", "--out", "x.npz"], "Say what to make"),
        (["make", "letters"], "needs --out X.npz"),
        (["make", "letters", "--out", "x.png"], "needs --out X.npz"),
        (["make", "faces", "--out", "x.npz"], "needs --count N"),
        (["make", "faces", "--count", "5", "--fonts", "x", "--out", "x.npz"], "--fonts does not belong"),
        (["make", "letters", "--count", "5", "--out", "x.npz"], "--count does not belong"),
        (["vary", "--out", "x.npz"], "Say which letters to vary"),
        (["vary", "x.npz"], "needs --out X.npz"),
        (["vary", "x.npz", "--count", "5", "--out", "y.npz"], "--count does not belong"),
        (["list", "--out", "x.npz"], "--out belongs to `zscape data make`"),
    ],
)
def test_wrong_usage_is_fails(capsys, words, said) -> None:
    assert said in fails(capsys, 2, "data", *words)


def test_a_folder_without_fonts_is_fails_and_nothing_is_written(tmp_path, capsys) -> None:
    out = tmp_path / "l.npz"
    out.write_bytes(b"kept")
    (tmp_path / "empty").mkdir()
    for place, what in ((tmp_path / "empty", "no font is there"), (tmp_path / "gone", "is not there")):
        assert what in fails(capsys, 1, "data", "make", "letters", "--fonts", str(place), "--out", str(out))
    assert out.read_bytes() == b"kept"
