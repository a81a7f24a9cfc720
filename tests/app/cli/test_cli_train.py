"""Training from the command line: a generator, then its encoder."""

import shlex
import signal

import numpy as np
import pytest
from command_line import fails
from PIL import Image

from zscape.app.cli.main import main
from zscape.models.files.header import read_spec
from zscape.models.training.trainer import Clock

SMALL = """
family = "dcgan"
data = "digits"
batch = 8
save_seconds = 3600.0
publish_seconds = 1e-6
[model]
hidden = 8
z_size = 4
generator_maps = [4, 4]
discriminator_maps = [4, 4]
"""


@pytest.fixture
def data(tmp_path):
    """The file of a few pictures: reading all digits, and measuring with them, takes longer than these trainings."""
    path = tmp_path / "mine.npz"
    np.savez(path, images=np.random.RandomState(0).randint(0, 255, (40, 28, 28)).astype(np.uint8), labels=np.arange(40) % 10)
    return path


def test_training_from_a_config_then_its_encoder_then_a_picture(data, tmp_path, capsys, monkeypatch):
    drawn = []
    monkeypatch.setattr("zscape.models.training.train.draw_sheet", lambda *_: drawn.append(1))
    config, out = tmp_path / "small.toml", tmp_path / "run"
    config.write_text(SMALL.replace("digits", data.as_posix()))
    assert main(["train", str(config), "--steps", "2", "--out", str(out)]) == 0
    assert main(["train", str(config), "--steps", "3", "--out", str(out), "--resume"]) == 0
    assert not drawn  # on the command line nobody sees the sheets that the window shows
    model = out / "model.safetensors"
    assert main(["train-encoder", "--model", str(model), "--steps", "2", "--out", str(tmp_path / "encoder")]) == 0
    encoded = capsys.readouterr().out.strip().splitlines()[-1].removeprefix("The model is at ")
    picture = tmp_path / "d.png"
    Image.fromarray(np.eye(28, dtype=np.uint8) * 255).save(picture)
    assert main(["restyle", str(picture), "--model", encoded, "--out", str(tmp_path / "r.png")]) == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])  # the last: its terminal was closed
def test_a_stopped_run_tells_the_command_that_continues_it(data, tmp_path, capsys, monkeypatch, name):
    if not hasattr(signal, name):
        pytest.skip("this system has no such signal")
    config, out = tmp_path / "my config.toml", tmp_path / "run"
    config.write_text(SMALL)
    figures = Clock.figures

    def interrupted(clock, step, steps):
        signal.raise_signal(getattr(signal, name))
        return figures(clock, step, steps)

    with monkeypatch.context() as patch:
        patch.setattr(Clock, "figures", interrupted)
        said = fails(capsys, 1, "train", str(config), "--data", str(data), "--steps", "3", "--out", str(out))
    words = shlex.split(said.partition("Go on with: ")[2])
    assert words[0] == "zscape"
    assert main(words[1:]) == 0
    assert read_spec(out / "model.safetensors").step == 3


def test_an_encoder_finds_the_data_its_model_was_trained_on(data, tmp_path, monkeypatch, capsys):
    config = tmp_path / "small.toml"
    config.write_text(SMALL.replace("digits", data.name))
    monkeypatch.chdir(tmp_path)
    assert main(["train", str(config), "--steps", "2", "--out", "run"]) == 0
    monkeypatch.chdir("/")
    words = ["train-encoder", "--model", str(tmp_path / "run"), "--steps", "2"]
    assert main([*words, "--out", str(tmp_path / "encoder")]) == 0
    assert f"--data {data}" in read_spec(tmp_path / "run" / "model.safetensors").recorded["command"]
    data.unlink()
    capsys.readouterr()
    assert str(data) in fails(capsys, 1, *words, "--out", str(tmp_path / "other"))


def test_a_name_that_is_no_folder_needs_one(data, tmp_path, capsys):
    config = tmp_path / "small.toml"
    config.write_text('name = "../escaped"' + SMALL.replace("digits", data.as_posix()))
    assert "not the name of a folder" in fails(capsys, 1, "train", str(config), "--steps", "1")
