"""The command line: what each verb writes, and what the user reads when something goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from command_line import fails, write_model
from PIL import Image

from zscape.app.cli.main import main
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.npz import load_arrays


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model") / "tiny.safetensors")


@pytest.fixture
def digits(tmp_path):
    path = tmp_path / "in.npz"
    images = np.random.RandomState(0).randint(0, 255, (5, 28, 28, 1)).astype(np.uint8)
    np.savez(path, images=images, labels=np.array([3, 1, 4, 1, 5]))
    return path


def test_a_sample_holds_so_many_of_each_class_and_is_the_same_each_time(model, tmp_path):
    out = tmp_path / "s.npz"
    assert main(["sample", "--model", model, "--per-class", "3", "--classes", "7,2", "--seed", "5", "--out", str(out)]) == 0
    first = load_arrays(out, "images", "labels", "z")
    assert first["images"].shape == (6, 28, 28, 1)
    assert first["images"].dtype == np.uint8
    assert first["labels"].tolist() == [7, 7, 7, 2, 2, 2]
    assert first["labels"].dtype == np.int64
    assert first["z"].shape == (6, 6)
    assert first["z"].dtype == np.float32
    assert main(["sample", "--model", model, "--per-class", "3", "--classes", "7,2", "--seed", "5", "--out", str(out)]) == 0
    assert np.array_equal(load_arrays(out, "images")["images"], first["images"])


def test_truncation_scales_the_latents_of_a_sample(model, tmp_path):
    for name, truncation in (("a.npz", "1"), ("b.npz", "0.5")):
        assert main(["sample", "--model", model, "--count", "4", "--truncation", truncation, "--out", str(tmp_path / name)]) == 0
    whole, half = (load_arrays(tmp_path / name, "z", "labels") for name in ("a.npz", "b.npz"))
    np.testing.assert_allclose(half["z"], whole["z"] / 2)
    assert half["labels"].tolist() == [0, 1, 2, 3]


def test_a_class_by_value_is_drawn_and_told_and_not_given_twice(model, tmp_path, capsys):
    out = tmp_path / "s.npz"
    words = ["sample", "--model", model, "--per-class", "3", "--set", "class=7", "--out", str(out)]
    assert main(words) == 0
    assert load_arrays(out, "labels")["labels"].tolist() == [7, 7, 7]
    assert "The class is given twice" in fails(capsys, 1, *words, "--classes", "2")
    line = fails(capsys, 1, "sample", "--model", model, "--count", "1", "--set", "z.0=1e300", "--out", str(out))
    assert "A point holds 1e+300" in line


def test_a_sample_as_a_picture_is_a_contact_sheet(model, tmp_path):
    assert main(["sample", "--model", model, "--count", "23", "--out", str(tmp_path / "s.png")]) == 0
    with Image.open(tmp_path / "s.png") as picture:
        assert picture.size == (280, 84)
        rest = np.asarray(picture)[-28:, 3 * 28 :]
    assert len(np.unique(rest)) == 1, "where there is no picture there is one colour"
    assert rest[0, 0].tolist() != [0, 0, 0], "that of what is round the pictures, which are grey noise"


@pytest.mark.parametrize(
    ("kind", "tiles"),
    [("class", 100), ("style", 100), ("analogy", 49), ("plane", 100), ("corners", 49), ("seeds", 49), ("polygon", 49)],
)
def test_every_sweep_can_be_arrays(model, tmp_path, kind, tiles):
    out = tmp_path / "c.npz"
    assert main(["sweep", kind, "--model", model, "--out", str(out)]) == 0
    arrays = load_arrays(out, "images", "labels", "z", "c")
    assert arrays["images"].shape == (tiles, 28, 28, 1)
    np.testing.assert_allclose(arrays["c"].sum(1), 1, atol=1e-5)


@pytest.mark.parametrize("suffix", [".png", ".gif", ".webp", ".apng", ".mp4", ".webm"])
def test_every_format_of_a_sweep_can_be_opened(model, tmp_path, suffix):
    import av

    out = tmp_path / f"c{suffix}"
    words = [
        "sweep",
        "style",
        "--model",
        model,
        "--rows",
        "2",
        "--columns",
        "3",
        "--seed",
        "4",
        "9",
        "--out",
        str(out),
    ]
    words += ["--seconds", "0.2"] if suffix != ".png" else []
    assert main(words) == 0
    if suffix != ".png":
        assert timeline_in(out)[1].said, "the film brings its timeline back, and says whose it is"
    if suffix in (".mp4", ".webm"):
        with av.open(str(out)) as video:
            assert sum(1 for _ in video.decode(video=0)) == 5
    else:
        with Image.open(out) as picture:
            # An untrained model hardly moves, and WebP merges equal frames.
            assert getattr(picture, "n_frames", 1) in {".png": (1,), ".webp": range(2, 6)}.get(suffix, (5,))
            assert picture.width * 2 == picture.height * 3


@pytest.mark.parametrize("labels", ["auto", "4", "file"])
def test_encode_writes_inputs_labels_latents_and_reconstructions(model, digits, tmp_path, labels):
    out = tmp_path / "e.npz"
    words = ["encode", str(digits), "--model", model, "--labels", str(digits) if labels == "file" else labels, "--out", str(out)]
    assert main(words) == 0
    arrays = load_arrays(out, "inputs", "labels", "z", "reconstruction")
    assert np.array_equal(arrays["inputs"], load_arrays(digits, "images")["images"])
    assert arrays["z"].shape == (5, 6)
    assert arrays["reconstruction"].shape == (5, 28, 28, 1)
    if labels != "auto":
        assert arrays["labels"].tolist() == ([4] * 5 if labels == "4" else [3, 1, 4, 1, 5])


def test_restyle_adds_every_class_and_the_given_class_is_the_reconstruction(model, digits, tmp_path):
    out = tmp_path / "r.npz"
    assert main(["restyle", str(digits), "--model", model, "--labels", str(digits), "--refine", "2", "--out", str(out)]) == 0
    arrays = load_arrays(out, "inputs", "labels", "z", "reconstruction", "images")
    assert arrays["images"].shape == (5, 10, 28, 28, 1)
    own = arrays["images"][np.arange(5), arrays["labels"]].astype(int)
    assert abs(own - arrays["reconstruction"]).max() <= 1


@pytest.mark.parametrize("verb", ["encode", "restyle"])
def test_it_says_where_it_wrote(model, digits, tmp_path, capsys, verb):
    out = tmp_path / "found.npz"
    assert main([verb, str(digits), "--model", str(model), "--out", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"at {out}")


def test_restyle_as_a_picture_has_a_row_an_input(model, digits, tmp_path):
    assert main(["restyle", str(digits), "--model", model, "--out", str(tmp_path / "r.png")]) == 0
    with Image.open(tmp_path / "r.png") as picture:
        assert picture.size == (2 * (12 * 30 - 2), 2 * (5 * 30 - 2))


def test_models_and_data_can_be_listed_for_scripts(capsys):
    assert main(["models", "--json"]) == 0
    assert "models" in json.loads(capsys.readouterr().out)
    assert main(["data", "list", "--json"]) == 0
    names = [row["name"] for row in json.loads(capsys.readouterr().out)["data"]]
    assert {"digits", "mnist", "fashion-mnist"} <= set(names)


def test_models_lists_what_was_trained(model, tmp_path, capsys):
    trained = tmp_path / "home" / "models" / "mine"
    trained.mkdir(parents=True)
    (trained / "model.safetensors").write_bytes(Path(model).read_bytes())
    assert main(["models"]) == 0
    assert "mine" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["sing"],
        ["sample", "--out", "x.npz"],
        ["sample", "--count", "3", "--per-class", "3", "--out", "x.npz"],
        ["sample", "--count", "three", "--out", "x.npz"],
        ["sample", "--count", "0", "--out", "x.npz"],
        ["sample", "--count", "3", "--out", "x.bmp"],
        ["sweep", "sideways", "--out", "x.png"],
        ["sweep", "class", "--rows", "0", "--out", "x.png"],
        ["sweep", "class", "--seed", "1", "2", "--out", "x.png"],
        ["sweep", "class", "--fps", "0", "--out", "x.gif"],
        ["encode", "x.png", "--out", "x.png"],
        ["train", "mnist-dcgan", "--steps", "0"],
        ["evaluate", "--samples", "0"],
        ["data", "fetch"],
        ["data"],
        ["sample"],
        ["sample", "--count", "3", "--out", "x.npz", "--nonsense"],
        ["screenshot", "--view", "image", "--size", "big", "--out", "x.png"],
    ],
)
def test_wrong_usage_exits_2(words, model, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if words[0] in ("sample", "sweep", "encode"):
        words = [words[0], *words[1:], "--model", model]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("zscape: ")
    assert said.count("\n") == 1
    assert not list(tmp_path.glob("x.*"))


def test_errors_exit_with_1(model, digits, tmp_path, capsys):
    empty, text, pickle = tmp_path / "empty", tmp_path / "text.png", tmp_path / "model.pt"
    empty.mkdir()
    text.write_text("not a picture")
    pickle.write_bytes(b"\x80\x04\x95cos\nsystem\n.")
    out = ["--out", str(tmp_path / "x.npz")]
    sample = ["sample", "--count", "3", *out]
    assert "no-such-model" in fails(capsys, 1, *sample, "--model", "no-such-model")
    assert "program" in fails(capsys, 1, *sample, "--model", str(pickle))
    assert "12" in fails(capsys, 1, *sample, "--model", model, "--classes", "12")
    assert "Seed" in fails(capsys, 1, *sample, "--model", model, "--seed", "-1")
    assert "quantum" in fails(capsys, 1, *sample, "--model", model, "--device", "quantum")
    assert "text.png" in fails(capsys, 1, "encode", str(text), "--model", model, *out)
    assert "empty" in fails(capsys, 1, "encode", str(empty), "--model", model, *out)
    assert "missing.png" in fails(capsys, 1, "encode", str(tmp_path / "missing.png"), "--model", model, *out)
    picture = tmp_path / "d.png"
    Image.fromarray(np.eye(28, dtype=np.uint8) * 255).save(picture)
    assert "in.npz" in fails(capsys, 1, "encode", str(picture), "--model", model, "--labels", str(digits), *out)
    assert "no class 'x'" in fails(capsys, 1, "encode", str(picture), "--model", model, "--labels", "x", *out)
    assert not (tmp_path / "x.npz").exists()


def test_a_file_that_cannot_be_written_leaves_the_old_one(model, tmp_path, capsys):
    folder = tmp_path / "out.npz"
    folder.mkdir()
    assert "out.npz" in fails(capsys, 1, "sample", "--count", "3", "--model", model, "--out", str(folder))
    assert list(tmp_path.glob("*out.npz*")) == [folder]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_with_a_closed_stream_the_work_is_done(model, tmp_path, monkeypatch, stream):
    monkeypatch.setattr(sys, stream, None)
    try:
        assert main(["sample", "--model", model, "--count", "3", "--out", str(tmp_path / "s.png")]) == 0
    finally:
        getattr(sys, stream).close()
    assert (tmp_path / "s.png").stat().st_size > 100


def test_in_a_very_narrow_terminal_the_help_has_lines_that_can_be_read(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "4")
    assert main(["sample", "--help"]) == 0
    assert 30 < max(map(len, capsys.readouterr().out.splitlines())) < 60


def test_a_current_folder_that_was_deleted_is_said_in_one_line(tmp_path, monkeypatch, capsys):
    def gone():
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "cwd", gone)
    assert "current folder" in fails(capsys, 1, "sample", "--count", 3, "--out", tmp_path / "s.png")


def test_debug_adds_the_traceback(model, capsys):
    assert main(["--debug", "sample", "--count", "3", "--model", "no-such-model", "--out", "x.npz"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_the_command_line_imports_no_qt():
    code = "import sys, zscape.app.cli.verbs; sys.exit(any(name.startswith(('PySide6', 'torch')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False).returncode == 0
