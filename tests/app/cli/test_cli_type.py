"""`zscape type`, and `zscape restyle` from one letter to a font: letters as type on the command line."""

from pathlib import Path
from xml.etree import ElementTree

import letters_model
import numpy as np
import pytest
from command_line import fails
from odd_fonts import LETTERS
from PIL import Image, ImageFont

from zscape.app.cli.main import main
from zscape.models.files import checkpoint, library
from zscape.models.media.film.film_file import timeline_in


@pytest.fixture(autouse=True)
def model(monkeypatch):
    """The model that every call opens: one of letters, or what a test puts in its place."""
    found = {"model": letters_model.model_of()}
    monkeypatch.setattr(library, "find", lambda name: Path(name))
    monkeypatch.setattr(checkpoint, "load_model", lambda path: found["model"])
    return found


@pytest.fixture
def letter(tmp_path):
    """A slanted R, black on white, three times as large as the model's pictures."""
    picture = Image.fromarray(255 - letters_model.pictures()[1][LETTERS.index("R")])
    picture.resize((192, 192), Image.Resampling.BICUBIC).save(tmp_path / "R.png")
    return str(tmp_path / "R.png")


def test_a_word_becomes_a_picture_outlines_or_a_font(tmp_path, capsys) -> None:
    for suffix in ("png", "svg", "otf"):
        out, tall = tmp_path / f"word.{suffix}", ["--height", "90"] if suffix == "png" else []
        assert main(["type", "Word", "--seed", "3", "--device", "cpu", *tall, "--out", str(out)]) == 0
        assert capsys.readouterr().out == f"Word is at {out}\n"
    with Image.open(tmp_path / "word.png") as picture:
        assert picture.height == 90
        assert picture.width > 180
        assert picture.getextrema() == (0, 255)
    root = ElementTree.parse(tmp_path / "word.svg").getroot()
    assert sum(each.tag.endswith("path") for each in root) == 4
    font = ImageFont.truetype(str(tmp_path / "word.otf"), 40)
    assert font.getname()[0] == "word"
    assert font.getlength("WORD") == font.getlength("word") > 60


def test_the_seed_is_the_style(tmp_path) -> None:
    drawn = []
    for number, seed in enumerate(("1", "2", "1")):
        out = tmp_path / f"{number}.png"
        assert main(["type", "ABC", "--seed", seed, "--device", "cpu", "--out", str(out)]) == 0
        drawn.append(out.read_bytes())
    assert drawn[0] == drawn[2] != drawn[1]


def test_a_word_like_a_letter(tmp_path, letter) -> None:
    out = tmp_path / "like.otf"
    assert main(["type", "ABC", "--like", letter, "--device", "cpu", "--out", str(out)]) == 0
    from fontTools.ttLib import TTFont

    assert TTFont(out)["post"].italicAngle < -8


def test_restyle_makes_a_font_and_outlines_of_one_letter(tmp_path, letter) -> None:
    for suffix in ("otf", "svg", "png"):
        words = ["restyle", letter, "--model", "letters", "--device", "cpu", "--out", str(tmp_path / f"mine.{suffix}")]
        assert main(words) == 0
    font = ImageFont.truetype(str(tmp_path / "mine.otf"), 100)
    assert font.getname()[0] == "mine"
    root = ElementTree.parse(tmp_path / "mine.svg").getroot()
    assert sum(each.tag.endswith("path") for each in root) == 26
    with Image.open(tmp_path / "mine.png") as picture:  # 28 tiles in seven columns
        assert picture.width > picture.height > picture.width / 3


def test_a_word_moves_to_other_styles(tmp_path) -> None:
    out = tmp_path / "word.gif"
    words = [
        "type",
        "ON",
        "--to",
        "4",
        "7",
        "--seconds",
        "0.4",
        "--fps",
        "20",
        "--height",
        "40",
        "--device",
        "cpu",
        "--out",
        str(out),
    ]
    assert main(words) == 0
    assert len(dict(timeline_in(out)[0].tracks)["z"]) > 2, "there and back"
    with Image.open(out) as moving:
        assert moving.n_frames == 8
        assert moving.height == 40


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["type", "A1", "--out", "x.png"], 1, "'1' is not among the letters"),
        (["type", "", "--out", "x.png"], 1, "1 to 500 characters"),
        (["type", "A", "--out", "x.gif"], 2, "or give --to a seed"),
        (["type", "A", "--to", "2", "--out", "x.png"], 2, ".gif or"),
        (["type", "A", "--to", "2", "--seconds", "0", "--out", "x.gif"], 2, "--seconds"),
        (["type", "A", "--height", "2", "--out", "x.png"], 1, "8 to 4,000"),
        (["type", "A", "--like", "gone.png", "--out", "x.png"], 1, "gone.png"),
        (["type", "A", "--truncation", "nan", "--out", "x.png"], 2, "--truncation"),
    ],
)
def test_wrong_calls_are_fails_and_write_nothing(tmp_path, capsys, monkeypatch, words, code, said) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in fails(capsys, code, *words, "--device", "cpu")
    assert not list(tmp_path.glob("x.*"))


def test_a_model_of_other_things_makes_no_type(tmp_path, capsys, model, letter) -> None:
    model["model"] = letters_model.model_of("AB", ("coat", "bag"))
    out = tmp_path / "x.otf"
    assert "single letters" in fails(capsys, 1, "type", "A", "--out", out)
    assert "single letters" in fails(capsys, 1, "restyle", letter, "--out", out)
    assert not out.exists()


def test_type_is_made_of_one_picture(tmp_path, capsys) -> None:
    pictures = tmp_path / "two.npz"
    np.savez(pictures, images=letters_model.pictures()[0][:2])
    assert "there are 2" in fails(capsys, 2, "restyle", pictures, "--out", tmp_path / "x.otf", "--device", "cpu")
    assert "there are 2" in fails(capsys, 2, "type", "A", "--like", pictures, "--out", tmp_path / "x.png", "--device", "cpu")
