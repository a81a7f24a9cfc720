"""`zscape animate` through kept points, points of a file, and ready-made ones: exact length, reproducible to the byte."""

import av
import numpy as np
import pytest
from command_line import instead
from recipes import recipe

from zscape.app.cli.main import main
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import save
from zscape.app.state.shelf_state import with_points, with_shelf
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.npz import save_arrays

POINTS = tuple(recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3))
FAST = ["--fps", "10", "--size", "64x64"]


@pytest.fixture
def session(tmp_path, tiny_model):
    save(tmp_path / "s.json", SessionFile(str(tiny_model), "image", scene=Scene(shelf=POINTS)))
    return tmp_path / "s.json"


@pytest.fixture
def latents(tmp_path):
    save_arrays(
        tmp_path / "z.npz", z=np.random.default_rng(0).normal(size=(3, 12)).astype(np.float32), labels=np.array([1, 2, 3])
    )
    return tmp_path / "z.npz"


def count(path):
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0))


def test_one_of_several_shelves_is_taken_by_name(tmp_path, tiny_model):
    scene = with_shelf(with_points(with_shelf(Scene(shelf=POINTS[:1]), "second"), POINTS[1:]), "Shelf")
    save(tmp_path / "s.json", SessionFile(str(tiny_model), "image", scene=scene))
    out, asked = tmp_path / "a.gif", ["animate", "--shelf", str(tmp_path / "s.json"), "--seconds", "0.5"]
    assert main([*asked, "--shelf-name", "second", "--out", str(out), *FAST]) == 0
    assert timeline_in(out)[0].base == POINTS[1]
    assert main([*asked, "--out", str(tmp_path / "b.gif"), *FAST]) == 1  # the current shelf has a single point


def test_through_the_shelf_of_a_session(session, tmp_path):
    out = tmp_path / "a.mp4"
    assert main(["animate", "--shelf", str(session), "--seconds", "3", "--hold", "0.5", "--loop", "--out", str(out), *FAST]) == 0
    timeline, made = timeline_in(out)
    assert (count(out), timeline.seconds, timeline.loop, made.name) == (30, 3.0, True, "tiny")
    assert timeline.base == POINTS[0]


def test_through_the_points_of_a_file_twice_the_same_bytes(latents, tiny_model, tmp_path):
    for suffix in (".mp4", ".gif", ".webm"):
        for name in "ab":
            line = ["animate", "--points", str(latents), "--model", str(tiny_model), "--way", "lerp", "--easing", "0.42,0,1,1"]
            assert main([*line, "--seconds", "1", "--out", str(tmp_path / f"{name}{suffix}"), *FAST]) == 0
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_along_a_curve_through_the_points(latents, tiny_model, tmp_path):
    line = ["animate", "--points", str(latents), "--model", str(tiny_model), "--way", "spline", "--easing", "linear"]
    assert main([*line, "--seconds", "1", "--loop", "--out", str(tmp_path / "a.gif"), *FAST]) == 0
    timeline, _ = timeline_in(tmp_path / "a.gif")
    assert {key.way for _, keys in timeline.tracks for key in keys} == {"spline"}


@pytest.mark.parametrize("ready", ["classes", "random", "noise"])
def test_ready_made(ready, tiny_model, tmp_path):
    line = ["animate", "--ready", ready, "--seed", "4", "--model", str(tiny_model), "--seconds", "1"]
    assert main([*line, "--out", str(tmp_path / "a.gif"), *FAST]) == 0
    assert timeline_in(tmp_path / "a.gif")[0].seconds == 1


def test_even_change_is_measured_and_travels(tiny_model, tmp_path):
    line = ["animate", "--ready", "random", "--model", str(tiny_model), "--seconds", "1"]
    for name, more in (("a", []), ("b", ["--even"]), ("c", ["--even"])):
        assert main([*line, *more, "--out", str(tmp_path / f"{name}.gif"), *FAST]) == 0
    plain, even, again = ((tmp_path / f"{name}.gif").read_bytes() for name in "abc")
    assert plain != even == again
    assert [timeline_in(tmp_path / f"{name}.gif")[0].even for name in "ab"] == [False, True]
    tracks = [timeline_in(tmp_path / f"{name}.gif")[0].tracks for name in "ab"]
    assert tracks[0] == tracks[1]


def test_a_film_is_read_again_and_made_longer(session, tiny_model, tmp_path):
    line = ["animate", "--shelf", str(session), "--seconds", "1", "--out", str(tmp_path / "a.webp"), *FAST]
    assert main(line) == 0
    again = ["animate", str(tmp_path / "a.webp"), "--model", str(tiny_model), "--seconds", "2", "--out", str(tmp_path / "b.mp4")]
    assert main([*again, *FAST]) == 0
    assert count(tmp_path / "b.mp4") == 20


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ([], 2, "Say what moves"),
        (["--shelf", "S", "--ready", "random"], 2, "Say what moves"),
        (["--ready", "random", "--shelf-name", "second"], 2, "--shelf-name is for --shelf"),
        (["--shelf", "S", "--shelf-name", "second"], 1, "no shelf 'second'; there are: Shelf"),
        (["--shelf", "S", "--easing", "wobbly"], 2, "no easing 'wobbly'"),
        (["--shelf", "S", "--seconds", "0"], 2, "--seconds must be above 0"),
        (["--shelf", "S", "--seconds", "nan"], 2, "--seconds must be above 0"),
        (["--shelf", "S", "--seconds", "1", "--hold", "1"], 1, "no time to move"),
        (["--shelf", "S", "--seconds", "30000", "--fps", "120"], 1, "3,600,000 frames; 1 to 100,000"),
        (["--shelf", "S", "--seconds", "0.001"], 1, "0 frames; 1 to 100,000"),
        (["--points", "S"], 1, "is not an .npz file"),
        (["--points", "ONE"], 1, "two kept points or more, here are 1"),
        (["--points", "WIDE"], 1, "needs rows of 12 numbers"),
        (["--shelf", "GONE"], 1, "is of the model 'gone'"),
        (["--shelf", "NONE"], 1, "Cannot read"),
    ],
)
def test_impossible_options_are_refused_and_keep_the_old_file(session, tiny_model, tmp_path, capsys, options, code, said):
    save_arrays(tmp_path / "one.npz", z=np.zeros((1, 12), np.float32))
    save_arrays(tmp_path / "wide.npz", z=np.zeros((3, 5), np.float32))
    save(tmp_path / "gone.json", SessionFile("gone", "image", scene=Scene(shelf=POINTS)))
    files = {"S": session, "ONE": tmp_path / "one.npz", "WIDE": tmp_path / "wide.npz", "GONE": tmp_path / "gone.json"}
    line = [str(files.get(word, word)) for word in options]
    model = ["--model", str(tiny_model)] if "GONE" not in options else []
    (tmp_path / "x.mp4").write_text("old")
    assert main(instead(["animate", "--out", str(tmp_path / "x.mp4"), "--fps", "10", *model], line)) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert (tmp_path / "x.mp4").read_text() == "old"


def test_a_contact_sheet_of_the_film(session, tiny_model, tmp_path, capsys):
    from PIL import Image

    line = [
        "animate",
        "--shelf",
        str(session),
        "--model",
        str(tiny_model),
        "--size",
        "64x64",
        "--pictures",
        "6",
        "--columns",
        "3",
    ]
    for suffix in (".png", ".svg", ".pdf"):
        assert main([*line, "--out", str(tmp_path / f"a{suffix}")]) == 0
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.size == (3 * 80 + 16, 2 * 100 + 16)
    assert timeline_in(tmp_path / "a.png")[0].seconds == 3.0
    assert (tmp_path / "a.svg").read_text().count("<image") == 6
    assert main([*line[:-3], "0", "--out", str(tmp_path / "b.pdf")]) == 2
    assert "1 to 400 frames" in capsys.readouterr().err
    assert not (tmp_path / "b.pdf").exists()


def test_a_gif_with_a_pattern_and_a_film_with_av1(session, tiny_model, tmp_path, capsys):
    line = ["animate", "--shelf", str(session), "--model", str(tiny_model), "--seconds", "1", *FAST]
    assert main([*line, "--dither", "ordered", "--out", str(tmp_path / "a.gif")]) == 0
    assert main([*line, "--codec", "av1", "--out", str(tmp_path / "a.webm")]) == 0
    assert count(tmp_path / "a.webm") == 10
    capsys.readouterr()
    assert main([*line, "--codec", "av1", "--out", str(tmp_path / "b.gif")]) == 2
    assert "AV1 goes into .mp4 and .webm only" in capsys.readouterr().err


@pytest.mark.parametrize("fps", ["24", "30", "60"])
def test_a_gif_lasts_as_long_as_it_was_asked_to_whatever_the_rate(session, tiny_model, tmp_path, fps):
    from PIL import Image

    line = ["animate", "--shelf", str(session), "--model", str(tiny_model), "--seconds", "1.2", "--size", "32x32", "--fps", fps]
    assert main([*line, "--out", str(tmp_path / "a.gif")]) == 0
    with Image.open(tmp_path / "a.gif") as film:
        lasts = 0
        for frame in range(film.n_frames):
            film.seek(frame)
            lasts += film.info["duration"]
    assert lasts == 1200
