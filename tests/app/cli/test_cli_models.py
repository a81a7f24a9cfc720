"""`zscape models`: the list, and the details of one model."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from zscape.app.cli.main import main
from zscape.app.cli.table import shortened, table
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.files.library import listing


@pytest.fixture
def trained(home, tiny_model):
    """trained(folder, **changes): writes a copy of the tiny model to the folder of trained models."""

    def save(folder, **changes):
        model = load_model(tiny_model)
        model.spec = replace(model.spec, **changes)
        path = home / "models" / folder / "model.safetensors"
        save_model(path, model)
        return path

    return save


def test_the_list_has_a_line_a_model(trained, capsys):
    trained("mine")
    assert main(["models"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["NAME", "FAMILY", "PICTURES", "CLASSES", "LATENT", "ENCODER", "DATA", "ORIGIN"]
    assert lines[1].split() == ["mnist", "projection", "28x28", "grey", "10", "64", "yes", "mnist", "bundled"]
    assert lines[-1].split() == ["mine", "dcgan", "28x28", "grey", "10", "12", "yes", "noise", "trained"]


@pytest.mark.parametrize("name", ["n" * 200, "字" * 60, "a\nb\x1b[31m" + "c" * 120])
def test_the_list_fits_a_hundred_columns(trained, capsys, name):
    from rich.cells import cell_len

    trained(name.replace("\n", "")[:80], data=name)
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    assert max(map(cell_len, out.splitlines())) <= 100
    assert "…" in out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 1 + len(listing())  # one line for each, however unusual its name is


def test_a_model_without_encoder_says_so(trained, tiny_model, home, capsys):
    model = load_model(tiny_model)
    model.encoder = None
    path = home / "models" / "bare" / "model.safetensors"
    save_model(path, model)
    assert main(["models"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[6] == "no"
    assert main(["models", "bare"]) == 0
    assert "train-encoder" in capsys.readouterr().out


def test_one_model_is_told_with_its_measures_and_how_it_was_made(capsys):
    assert main(["models", "mnist"]) == 0
    out = capsys.readouterr().out
    said = " ".join(out.split())
    assert out.startswith("mnist (bundled): ")
    assert "class accuracy of restyled images: 99.88% 2,000 mnist pictures held out" in said
    assert "zscape train mnist-moments --data mnist --steps 24000" in said
    assert "seed 0" in said
    assert "72 min on 1 thread" in said
    assert "CC BY-SA 3.0" in said
    assert "slant (z 0), stroke width (z 1)" in said
    assert max(map(len, out.splitlines()[1:])) <= 100


def test_a_model_whose_file_records_little_or_nonsense_is_told_too(trained, capsys):
    path = trained("odd", recorded={"training": 3, "seconds": "long", "encoder": [], "command": "zscape train x"})
    assert main(["models", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("odd (trained): ")
    assert "zscape train x" in out
    assert "none yet" in out


def test_one_model_as_json_is_its_row_of_the_list(capsys):
    assert main(["models", "--json"]) == 0
    rows = {row["called"]: row for row in json.loads(capsys.readouterr().out)["models"]}
    assert main(["models", "mnist", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one == rows["mnist"]
    assert one["class_names"] == list("0123456789")
    assert one["encoder"] is True
    assert one["measures"]["restyled_class_accuracy"] > 0.99


def test_an_unknown_model_is_an_error_that_names_those_there_are(capsys):
    assert main(["models", "nobody"]) == 1
    assert "known: mnist" in capsys.readouterr().err


def test_a_damaged_model_is_said_to_be_damaged(capsys):
    from zscape.models.files.library import trained_folder

    file = trained_folder() / "mine" / "model.safetensors"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"cut")
    assert main(["models", "mine"]) == 1
    line = capsys.readouterr().err
    assert str(file) in line
    assert "known" not in line


@pytest.mark.parametrize(("text", "size", "shown"), [("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("字字字", 4, "字 …")])
def test_cells_are_filled_or_cut(text, size, shown):
    assert shortened(text, size) == shown


def test_cells_are_not_shortened_to_nothing(capsys):
    table([("a" * 30, "b" * 30)], 10, (0, 1))
    assert capsys.readouterr().out == f"{'a' * 7}…  {'b' * 7}…\n"


@pytest.mark.parametrize("encoding", ["ascii", "utf-8:strict"])
def test_a_name_that_the_terminal_cannot_show_is_escaped(trained, home, encoding):
    path = trained("\udcff-字", data="x")
    code = "from zscape.app.cli.main import entry; entry()"
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "ZSCAPE_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code, "models", str(path)], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert rb"\udcff-" in done.stdout
