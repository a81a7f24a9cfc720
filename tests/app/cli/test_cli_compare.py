"""`zscape compare`: two models side by side, and a run over its checkpoints."""

import av
import numpy as np
import pytest
from PIL import Image
from run_models import tiny, write_run

from zscape.app.cli.main import main
from zscape.models.files.checkpoint import save_model


def compare(*words):
    return main(["compare", *map(str, words)])


def grey(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"))


@pytest.fixture
def pair(tmp_path):
    paths = tmp_path / "white.safetensors", tmp_path / "black.safetensors"
    for path, level in zip(paths, (1.0, -1.0), strict=True):
        save_model(path, tiny(1, level))
    return paths


def test_two_models_stand_side_by_side_with_their_difference(pair, tmp_path, capsys):
    assert compare(*pair, "--classes", "3,5", "--out", tmp_path / "both.png") == 0
    said = capsys.readouterr().out
    assert "100.0 % on average" in said
    assert "both.png" in said
    picture = grey(tmp_path / "both.png")
    height, width = picture.shape
    assert (width / 3, height / 2) == (28 * 7, 28 * 7)
    assert [int(picture[10, width * place // 6]) for place in (1, 3, 5)] == pytest.approx([255, 0, 245], abs=6)


def test_pictures_of_another_size_are_shown_without_a_difference(pair, tmp_path, capsys):
    assert compare("letters", pair[0], "--out", tmp_path / "both.png") == 0
    said = capsys.readouterr()
    assert "Pictures of 64 × 64 and of 28 × 28 pixels have no difference to show." in said.out
    assert "its latent has 8 numbers, not 64" in said.err
    picture = grey(tmp_path / "both.png")
    assert picture.shape[1] == 2 * picture.shape[0]


def test_a_run_as_a_contact_sheet(tmp_path, capsys):
    run = write_run(tmp_path / "my-run")
    (run / "checkpoints" / "step-00000150.safetensors").write_bytes(b"half")
    assert compare(run, "--size", "56x56", "--out", tmp_path / "ages.png") == 0
    assert "Left out: step-00000150.safetensors" in capsys.readouterr().err
    sheet = grey(tmp_path / "ages.png")
    assert [int(sheet[44, 44 + 72 * place]) for place in range(3)] == pytest.approx([0, 128, 255], abs=1)


def test_a_run_as_a_film(tmp_path, capsys):
    run = write_run(tmp_path / "my-run")
    assert compare(run, "--size", "64x64", "--seconds", "1.2", "--fps", "10", "--out", tmp_path / "ages.mp4") == 0
    with av.open(str(tmp_path / "ages.mp4")) as film:
        levels = [int(frame.to_ndarray(format="gray")[16, 32]) for frame in film.decode(video=0)]
    assert len(levels) == 12
    assert [levels[place] for place in (0, 5, 11)] == pytest.approx([0, 128, 255], abs=12)
    assert compare(run, "--seconds", "nan", "--out", tmp_path / "never.mp4") == 1
    assert "a film cannot last nan s" in capsys.readouterr().err
    assert not (tmp_path / "never.mp4").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("mnist", "faces", "letters"),
        ("mnist", "faces", "--out", "x.mp4"),
        ("mnist",),
        ("mnist", "faces", "--truncation", "nan"),
        ("mnist", "faces", "--scale", "3"),
        ("mnist", "--size", "0x4"),
    ],
)
def test_wrong_usage_exits_2(words, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert compare(*words, *(() if "--out" in words else ("--out", "x.png"))) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.glob("x.*"))


def test_a_folder_without_models_is_one_line(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert compare(tmp_path / "empty", "--out", tmp_path / "x.png") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "There is no model in" in said
