"""`zscape animate` writes films of exactly the given size and length, which contain their timeline."""

import json
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image

from zscape.app.cli.main import main
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import default_name, find
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_file import film_texts, timeline_in
from zscape.models.media.metadata import read_metadata
from zscape.models.progress import finish
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.mark_edits import add_card
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.text import plain_timeline, read_timeline, timeline_text
from zscape.models.timeline.timeline import NumberKey, Timeline


@pytest.fixture(scope="module")
def timeline():
    space = load_model(find(default_name())).space
    return animate_shelf([Recipe.seed(1), Recipe.seed(2)], space, leg=0.3, hold=0.2, loop=True)


@pytest.fixture
def file(timeline, tmp_path):
    (tmp_path / "film.json").write_text(timeline_text(timeline))
    return tmp_path / "film.json"


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
def test_the_film_has_the_size_rate_and_length_and_its_timeline(file, timeline, tmp_path, suffix):
    out = tmp_path / f"film{suffix}"
    assert main(["animate", str(file), "--out", str(out), "--fps", "10", "--size", "128x96"]) == 0
    if suffix == ".mp4":
        with av.open(str(out)) as film:
            stream = film.streams.video[0]
            assert (stream.width, stream.height, stream.average_rate) == (128, 96, 10)
            assert sum(1 for _ in film.decode(stream)) == 10
    else:
        with Image.open(out) as film:
            assert (film.size, film.n_frames, film.info["duration"]) == ((128, 96), 10, 100)
    assert read_timeline(read_metadata(out)["timeline"]) == timeline


def test_the_same_film_has_the_same_bytes(file, tmp_path):
    for name in ("a.mp4", "b.mp4"):
        assert main(["animate", str(file), "--out", str(tmp_path / name), "--fps", "10", "--size", "64x64"]) == 0
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    for source, name in ((file, "frames"), (tmp_path / "frames", "c.mp4")):  # a folder of pictures contains its timeline too
        assert main(["animate", str(source), "--out", str(tmp_path / name), "--fps", "10", "--size", "64x64"]) == 0
    assert timeline_in(tmp_path / "c.mp4") == timeline_in(tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--size", "127x96"], 2, "even width and height, such as 128x96"),
        (["--size", "big"], 2, "512x512"),
        (["--fps", "0"], 2, "frames a second"),
        (["--hold", "1"], 2, "--hold is for --shelf SESSION and --points X.npz."),
        (["--seed", "3"], 2, "--seed is for --ready"),
        (["--dither", "ordered"], 2, "--dither is for a .gif."),
        (["--quality", "80"], 2, "--quality is for a .webp."),
        (["--columns", "3"], 2, "--columns is for a contact sheet"),
    ],
)
def test_bad_options_are_one_line(file, tmp_path, capsys, options, code, said):
    assert main(["animate", str(file), "--out", str(tmp_path / "x.mp4"), *options]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "x.mp4").exists()


def test_a_file_that_is_no_timeline_is_one_line(tmp_path, capsys):
    (tmp_path / "no.json").write_text("[]")
    assert main(["animate", str(tmp_path / "no.json"), "--out", str(tmp_path / "x.mp4")]) == 1
    assert "not a timeline in a format" in capsys.readouterr().err


def test_a_track_of_another_sheet_is_one_line_and_leaves_nothing(timeline, tmp_path, capsys):
    odd = replace(timeline, sheet=(("start", (NumberKey(0.0, 1.0),)),))  # of a class sweep; this sheet is one picture
    (tmp_path / "odd.json").write_text(timeline_text(odd))
    assert main(["animate", str(tmp_path / "odd.json"), "--out", str(tmp_path / "x.mp4")]) == 1
    assert "moves 'start' of another kind of sheet" in capsys.readouterr().err
    assert not (tmp_path / "x.mp4").exists()


def test_the_film_has_the_timelines_text(timeline, tmp_path):
    titled = add_card(timeline, Mark(0.0, 0.5, "Title", "card", background="#203040"))
    (tmp_path / "film.json").write_text(timeline_text(titled))
    out = tmp_path / "film"
    assert main(["animate", str(tmp_path / "film.json"), "--out", str(out), "--fps", "10", "--size", "64x48"]) == 0
    corners = [Image.open(path).convert("RGB").getpixel((0, 0)) for path in sorted(out.iterdir())]
    assert len(corners) == 15
    assert [each == (32, 48, 64) for each in corners] == [True] * 5 + [False] * 10


def test_a_timeline_of_another_model_is_drawn_and_that_is_said(timeline, tmp_path, capsys):
    (tmp_path / "film.json").write_text(json.dumps({**plain_timeline(timeline), "model": "gone"}))
    out = ["--out", str(tmp_path / "x.gif"), "--size", "32x32", "--fps", "10"]
    assert main(["animate", str(tmp_path / "film.json"), "--model", default_name(), *out]) == 0
    error = capsys.readouterr().err
    assert f"film.json was made with the model 'gone': in '{default_name()}' its points show something else." in error


def test_a_film_without_a_suitable_model_is_refused(timeline, file, tiny_model, tmp_path, capsys):
    film = tmp_path / "film.gif"
    frames = [np.zeros((4, 4, 3), np.uint8)] * 2
    finish(write_animation(film, frames, 10, metadata=film_texts(timeline, "gone")))
    numbers = timeline.base.with_value("z", LatentValue((), numbers=(0.5, 1.0)))
    (tmp_path / "other.json").write_text(timeline_text(Timeline(1.0, numbers)))
    for line, said in (
        ([str(film)], "is a film of the model 'gone'"),
        ([str(tmp_path / "other.json"), "--model", str(tiny_model)], "other.json"),
    ):
        assert main(["animate", *line, "--out", str(tmp_path / "x.mp4")]) == 1
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1
    assert not (tmp_path / "x.mp4").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plain: plain["tracks"]["z"].reverse(), "out of order"),
        (lambda plain: plain["tracks"]["z"][0].update(time=float("nan")), "NaN is not a number"),
        (lambda plain: plain.update(seconds=0), "0 seconds"),
        (lambda plain: plain.update(seconds=35_999), "1,079,970 frames; 1 to 100,000"),
    ],
)
def test_a_timeline_that_is_wrong_is_one_line(timeline, tmp_path, capsys, change, said):
    plain = json.loads(timeline_text(timeline))
    change(plain)
    (tmp_path / "odd.json").write_text(json.dumps(plain))
    assert main(["animate", str(tmp_path / "odd.json"), "--out", str(tmp_path / "x.mp4")]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
