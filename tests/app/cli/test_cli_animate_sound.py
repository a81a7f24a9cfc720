"""`zscape animate` with sound: under the film, as long as the film, and driving what is shown."""

import av
import numpy as np
import pytest
from command_line import instead
from recipes import recipe
from sounds import tone, write_sound

from zscape.app.cli.main import main
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import save
from zscape.models.media.film.film_file import timeline_in

FAST = ["--fps", "10", "--size", "64x64"]


@pytest.fixture
def line(tmp_path, tiny_model):
    points = tuple(recipe(seeds=((seed, 1.0),)) for seed in (1, 2))
    save(tmp_path / "s.json", SessionFile(str(tiny_model), "image", scene=Scene(shelf=points)))
    write_sound(tmp_path / "a.wav", np.concatenate([np.zeros(22_050), tone(100, 1.0), np.zeros(11_025)]))
    shelf = ["--shelf", str(tmp_path / "s.json"), "--model", str(tiny_model)]
    return ["animate", *shelf, "--sound", str(tmp_path / "a.wav"), *FAST]


def test_the_film_is_as_long_as_the_sound_and_has_it(line, tmp_path):
    assert main([*line, "--whole-sound", "--out", str(tmp_path / "a.mp4")]) == 0
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == 25
        assert len(film.streams.audio) == 1


def test_the_film_contains_the_driven_timeline(line, tmp_path):
    for name in ("a.webm", "a.gif"):
        follow = ["--follow", "bass:class.7=0..1", "level:truncation=1..0.5"]
        assert main([*line, "--seconds", "2.5", "--easing", "hold", *follow, "--out", str(tmp_path / name)]) == 0
        timeline, _ = timeline_in(tmp_path / name)
        weights = dict(timeline.tracks)["class"]
        assert len(weights) == 26
        quiet, loud = ([key.value for key in weights if start < key.time < start + 0.8] for start in (0.1, 1.1))
        assert all(sum(value.weights[7:8]) == 0 for value in quiet)
        assert all(value.weights[7] / sum(value.weights) > 0.9 for value in loud)
        assert dict(timeline.tracks)["z"][15].value.truncation == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--out", "x.gif"], 2, "GIF has no sound"),
        (["--follow", "drums:truncation=0..1"], 2, "no curve 'drums'"),
        (["--follow", "bass:frown=0..1"], 1, "Nothing here is called 'frown'"),
        (["--follow", "bass:truncation=0..1", "--even"], 2, "--even is for films without --follow"),
        (["--sound", "gone.wav"], 1, "cannot be read as sound"),
        (["--sound", "s.json", "--whole-sound"], 1, "cannot be read as sound"),
    ],
)
def test_impossible_options_are_refused_and_write_nothing(line, tmp_path, capsys, monkeypatch, options, code, said):
    monkeypatch.chdir(tmp_path)
    before = sorted(each.name for each in tmp_path.iterdir())
    assert main(instead([*line, "--seconds", "1", "--out", "x.mp4"], options)) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_following_needs_a_sound(line, tmp_path, capsys):
    place = line.index("--sound")
    rest = [*line[:place], *line[place + 2 :], "--out", str(tmp_path / "x.mp4")]
    for option in (["--whole-sound"], ["--follow", "bass:truncation=0..1"]):
        assert main([*rest, *option]) == 2
        assert "need --sound" in capsys.readouterr().err
