"""`zscape evaluate` from the command line."""

import json
import shutil
import sys
from dataclasses import replace

import numpy as np
import pytest

from zscape.app.cli.main import main
from zscape.models.evaluation import run
from zscape.models.files.header import read_spec

QUICK = ("--quick", "--samples", "100")


@pytest.fixture(autouse=True)
def few_inputs(monkeypatch):
    """Evaluate the encoder on few pictures: its accuracy is tested with the models."""
    monkeypatch.setattr(run, "QUICK", replace(run.QUICK, inputs=20, refined=10, steps=20))


@pytest.fixture
def stripes(tmp_path):
    """120 pictures of a kind without a reference classifier, small enough to be quick."""
    random = np.random.default_rng(0)
    path = tmp_path / "stripes.npz"
    labels = np.arange(120) % 10
    images = random.integers(0, 120, (120, 28, 28, 1)).astype(np.uint8) * (labels[:, None, None, None] > 4)
    np.savez(path, images=images, labels=labels)
    return str(path)


def test_the_table_has_the_figures_real_ones_beside_them_and_their_conditions(tiny_model, stripes, capsys):
    assert main(["evaluate", "--model", str(tiny_model), "--data", stripes, *QUICK]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["tiny", "real"]
    chi = next(line for line in lines if line.startswith("chi-square of pixel histograms"))
    assert len(chi.split()) == 6
    assert any("100 samples (10 a class, truncation 1) against 24 stripes pictures held out" in line for line in lines)
    assert any(line.strip().startswith("class accuracy: the mnist classifier") for line in lines)  # no classifier knows stripes


def test_json_is_one_object_with_every_figure(tiny_model, stripes, capsys):
    words = ["evaluate", "--json", "--model", str(tiny_model), "--data", stripes, "--truncation", "0.7", "--seed", "3", *QUICK]
    assert main(words) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["model"] == "tiny"
    assert report["conditions"]["truncation"] == 0.7
    assert report["conditions"]["seed"] == 3
    assert report["figures"]["chi_square"].keys() == {"value", "real", "conditions"}
    assert "precision" in report["left_out"]


def test_record_writes_the_measures_where_models_shows_them(tiny_model, stripes, tmp_path, capsys):
    path = tmp_path / "home" / "models" / "mine" / "model.safetensors"
    path.parent.mkdir(parents=True)
    shutil.copy(tiny_model, path)
    assert main(["evaluate", "--record", "--model", str(path), "--data", stripes, *QUICK]) == 0
    captured = capsys.readouterr()
    assert str(path) in captured.err
    assert "variety_least" in read_spec(path).measures
    assert main(["models", "mine"]) == 0
    assert "100 samples (10 a class, truncation 1)" in " ".join(capsys.readouterr().out.split())


def test_data_that_is_not_here_is_replaced_by_the_digits_and_that_is_said(tiny_model, capsys):
    assert main(["evaluate", "--model", str(tiny_model), *QUICK]) == 0
    captured = capsys.readouterr()
    assert "tiny was trained on noise, which is not here: it is measured on digits." in captured.err
    assert "Frechet distance" not in captured.out.split("Conditions")[0]  # a hundred samples are too few for it
    assert "it takes 256 pictures" in captured.out


@pytest.mark.parametrize(
    ("code", "words", "says"),
    [
        (2, ("--samples", "5"), "from 100 to 200,000"),
        (2, ("--truncation", "0"), "truncation"),
        (2, ("--seed", "-1"), "Seed"),
        (1, ("--data", "nowhere"), "nowhere"),
        (1, ("--model", "nobody"), "nobody"),
    ],
)
def test_wrong_words_are_said_in_one_line(tiny_model, capsys, code, words, says):
    model = () if "--model" in words else ("--model", str(tiny_model))
    assert main(["evaluate", *model, *words]) == code
    line = capsys.readouterr().err.strip()
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("images", "says"),
    [(np.full((200, 28, 28, 1), np.nan, np.float32), "pixels must be"), (np.zeros((10, 28, 28, 1), np.uint8), "10")],
)
def test_data_that_measures_nothing_is_refused(tiny_model, tmp_path, capsys, images, says):
    np.savez(tmp_path / "bad.npz", images=images, labels=np.arange(len(images)) % 10)
    assert main(["evaluate", "--model", str(tiny_model), "--data", str(tmp_path / "bad.npz")]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("terminal", [True, False])
def test_on_a_terminal_the_first_word_comes_before_anything_is_loaded(terminal, monkeypatch, tmp_path, capsys):
    """Not in a file or a pipe, so that the output for other programs stays as it was."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert main(["evaluate", "--model", str(tmp_path / "none.safetensors")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 + terminal
    assert (lines[0] == "zscape: loading\u2026") is terminal
