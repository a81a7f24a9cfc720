"""Notices that a command prints beside its result: never before an error, which is exactly one line."""

import json

import numpy as np
import pytest
from PIL import Image
from run_models import tiny, write_run

from zscape.app.cli import notices
from zscape.app.cli.main import main
from zscape.app.cli.show import show
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import save
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import save_model
from zscape.models.files.header import read_spec
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.npz import save_arrays
from zscape.models.progress import Progress


@pytest.fixture
def nowhere(tmp_path):
    """A place where nothing can be written."""
    (tmp_path / "file").write_text("a file, no folder")
    return tmp_path / "file"


def one_line(capsys):
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def film_of_another(folder):
    """A timeline made with another model."""
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.library import default_name, find
    from zscape.models.timeline.edits import animate_shelf
    from zscape.models.timeline.text import plain_timeline

    space = load_model(find(default_name())).space
    timeline = animate_shelf([Recipe.seed(1), Recipe.seed(2)], space, leg=0.3, hold=0.2, loop=True)
    (folder / "film.json").write_text(json.dumps({**plain_timeline(timeline), "model": "gone"}))
    return str(folder / "film.json"), "--model", default_name(), "--size", "32x32", "--fps", "10"


def test_a_film_of_another_models_timeline_that_cannot_be_written(tmp_path, nowhere, capsys):
    words = film_of_another(tmp_path)
    assert main(["animate", *words, "--out", str(nowhere / "x.gif")]) == 1
    assert "made with" not in one_line(capsys)
    assert main(["animate", *words, "--out", str(tmp_path / "x.gif")]) == 0
    assert "was made with the model 'gone'" in one_line(capsys)


def test_a_comparison_with_a_note_that_cannot_be_written(tmp_path, nowhere, capsys):
    save_model(tmp_path / "tiny.safetensors", tiny(1, 0.0))
    assert main(["compare", "letters", str(tmp_path / "tiny.safetensors"), "--out", str(nowhere / "x.png")]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "its latent has" not in said.err
    assert said.out == ""


def test_a_run_with_a_hole_of_which_a_film_cannot_be_written(tmp_path, nowhere, capsys):
    run = write_run(tmp_path / "my-run")
    (run / "checkpoints" / "step-00000150.safetensors").write_bytes(b"half")
    assert main(["compare", str(run), "--size", "64x64", "--seconds", "1", "--out", str(nowhere / "x.mp4")]) == 1
    assert "Left out" not in one_line(capsys)


def test_pictures_with_a_warning_that_cannot_be_encoded(tiny_model, tmp_path, nowhere, capsys):
    (tmp_path / "some").mkdir()
    Image.fromarray(np.eye(28, dtype=np.uint8) * 255).save(tmp_path / "some" / "line.png")
    (tmp_path / "some" / "broken.png").write_bytes(b"no picture")
    words = ["encode", str(tmp_path / "some"), "--model", str(tiny_model), "--out"]
    assert main([*words, str(nowhere / "x.npz")]) == 1
    assert "broken.png" not in one_line(capsys)
    assert main([*words, str(tmp_path / "x.npz")]) == 0
    assert "broken.png" in capsys.readouterr().err


def test_kept_points_of_another_model_are_drawn_and_that_is_said(tiny_model, tmp_path, capsys):
    points = Scene(shelf=(Recipe.seed(1), Recipe.seed(2)))
    save(tmp_path / "s.zscape", SessionFile(scene=points, model="gone", view="image", kind=Kind(read_spec(tiny_model).inputs)))
    words = [
        "sweep",
        "corners",
        "--shelf",
        str(tmp_path / "s.zscape"),
        "--model",
        str(tiny_model),
        "--rows",
        "2",
    ]
    assert main([*words, "--out", str(tmp_path / "x.png")]) == 0
    assert "s.zscape was made with the model 'gone': in 'tiny' its points show something else." in one_line(capsys)
    assert main([*words, "--truncation", "50", "--classes", "77", "--out", str(tmp_path / "y.png")]) == 1
    assert "was made with" not in one_line(capsys)


def test_a_measure_on_other_data_that_fails(tiny_model, capsys):
    assert main(["evaluate", "--model", str(tiny_model), "--samples", "100", "--truncation", "nan"]) == 2
    one_line(capsys)
    assert main(["evaluate", "--model", str(tiny_model), "--samples", "100", "--device", "nonsense"]) == 1
    assert "was trained on" not in one_line(capsys)


def test_data_with_a_warning_of_which_a_training_fails(tmp_path, nowhere, capsys):
    images = np.zeros((40, 28, 28), np.uint8)
    save_arrays(tmp_path / "same.npz", images=images, labels=np.arange(40) % 10)
    assert main(["train", "digits-dcgan", "--data", str(tmp_path / "same.npz"), "--steps", "2", "--out", str(nowhere / "x")]) == 1
    one_line(capsys)


def noticing(fails):
    yield Progress(0, 1, "Working", notice="One of them was left out.")
    yield Progress(1, 1, "Working")
    if fails:
        raise ZscapeError("The disk is full.")


def test_a_notice_waits_for_the_result(capsys):
    with pytest.raises(ZscapeError):
        show(noticing(True))
    notices.forget()
    assert capsys.readouterr().err == ""
    show(noticing(False))
    assert capsys.readouterr().err == ""
    notices.tell()
    notices.tell()
    assert capsys.readouterr().err == "zscape: One of them was left out.\n"


def test_in_a_long_command_it_does_not_wait_for_the_end(capsys, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(notices.time, "monotonic", lambda: now[0])

    def long():
        yield from noticing(False)
        now[0] += notices.SOON
        yield Progress(1, 1, "Working")
        assert "zscape: One of them was left out." in capsys.readouterr().err.splitlines()

    show(long())
    notices.tell()
    assert "left out" not in capsys.readouterr().err
