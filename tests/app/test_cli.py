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
from recipes import inputs

from zscape.app.cli.main import main
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import save
from zscape.models.data.attributes import measure
from zscape.models.files.header import read_spec
from zscape.models.inputs.classes import ClassesValue
from zscape.models.inputs.latent_draw import draw
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.film_file import timeline_in
from zscape.models.media.npz import load_arrays


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model") / "tiny.safetensors")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZSCAPE_HOME", str(tmp_path / "home"))


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


SMALL = """
family = "dcgan"
data = "digits"
batch = 8
save_seconds = 3600.0
publish_seconds = 0.0
[model]
hidden = 8
z_size = 4
generator_maps = [4, 4]
discriminator_maps = [4, 4]
"""


def test_training_from_a_config_then_its_encoder_then_a_picture(tmp_path, capsys):
    config, out = tmp_path / "small.toml", tmp_path / "run"
    config.write_text(SMALL)
    assert main(["train", str(config), "--steps", "2", "--out", str(out)]) == 0
    assert main(["train", str(config), "--steps", "3", "--out", str(out), "--resume"]) == 0
    model = out / "model.safetensors"
    assert main(["train-encoder", "--model", str(model), "--steps", "2", "--out", str(tmp_path / "encoder")]) == 0
    encoded = capsys.readouterr().out.strip().splitlines()[-1].removeprefix("The model is at ")
    picture = tmp_path / "d.png"
    Image.fromarray(np.eye(28, dtype=np.uint8) * 255).save(picture)
    assert main(["restyle", str(picture), "--model", encoded, "--out", str(tmp_path / "r.png")]) == 0


def test_an_encoder_finds_the_data_its_model_was_trained_on(tmp_path, monkeypatch, capsys):
    config, data = tmp_path / "small.toml", tmp_path / "mine.npz"
    config.write_text(SMALL)
    np.savez(data, images=np.random.RandomState(0).randint(0, 255, (40, 28, 28)).astype(np.uint8), labels=np.arange(40) % 10)
    monkeypatch.chdir(tmp_path)
    assert main(["train", str(config), "--data", "mine.npz", "--steps", "2", "--out", "run"]) == 0
    monkeypatch.chdir("/")
    words = ["train-encoder", "--model", str(tmp_path / "run"), "--steps", "2"]
    assert main([*words, "--out", str(tmp_path / "encoder")]) == 0
    assert f"--data {data}" in read_spec(tmp_path / "run" / "model.safetensors").recorded["command"]
    data.unlink()
    capsys.readouterr()
    assert str(data) in fails(capsys, 1, *words, "--out", str(tmp_path / "other"))


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


def test_what_goes_wrong_is_fails_and_exit_1(model, digits, tmp_path, capsys):
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


def test_debug_adds_the_traceback(model, capsys):
    assert main(["--debug", "sample", "--count", "3", "--model", "no-such-model", "--out", "x.npz"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_the_command_line_imports_no_qt():
    code = "import sys, zscape.app.cli.verbs; sys.exit(any(name.startswith(('PySide6', 'torch')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False).returncode == 0


def test_a_strip_along_a_direction(tmp_path, capsys):
    out = tmp_path / "strip.npz"
    words = ["sweep", "direction", "--model", "mnist", "--direction", "stroke width", "--columns", "5", "--out", str(out)]
    assert main([*words, "--rows", "2", "--extent", "2", "--classes", "3,8"]) == 0
    strip = load_arrays(out, "images", "labels")
    assert strip["labels"].tolist() == [3] * 5 + [8] * 5
    ink = strip["images"].mean((1, 2, 3)).reshape(2, 5)
    assert (np.diff(ink) > 0).all(), "thin to thick"
    assert "knows slant" in fails(capsys, 2, *words[:4], "--direction", "odd", "--out", str(out))


def test_a_strip_along_a_direction_of_a_file(tmp_path, capsys):
    file, out = tmp_path / "d.safetensors", tmp_path / "strip.npz"
    assert (
        main(["directions", "--model", "mnist-dcgan", "--method", "sefa", "--count", "2", "--samples", "200", "--out", str(file)])
        == 0
    )
    words = [
        "sweep",
        "direction",
        "--model",
        "mnist-dcgan",
        "--direction",
        "factor 2",
        "--directions",
        str(file),
        "--columns",
        "3",
    ]
    assert main([*words, "--out", str(out)]) == 0
    assert len(np.load(out)["images"]) == 3
    capsys.readouterr()
    words[3] = "mnist"
    assert "holds directions of mnist-dcgan" in fails(capsys, 1, *words, "--out", str(out))


def test_a_strip_along_a_direction_keeps_what_it_is_asked_to(tmp_path, capsys):
    out, slants = tmp_path / "strip.npz", []
    words = [
        "sweep",
        "direction",
        "--model",
        "mnist",
        "--direction",
        "component 2",
        "--columns",
        "2",
        "--rows",
        "5",
        "--out",
        str(out),
    ]
    for more in ([], ["--keep", "slant"]):
        assert main([*words, *more]) == 0
        slants.append(np.abs(np.diff(measure(load_arrays(out, "images")["images"])["slant"].reshape(5, 2))).mean())
    assert slants[1] < slants[0] / 2
    assert "odd" in fails(capsys, 2, *words, "--keep", "odd")


def test_a_plane_keeps_what_is_locked_also_where_that_is_an_axis(tmp_path):
    out, slants = tmp_path / "plane.npz", {}
    for axes, keep in (("component 3", ""), ("component 3", "slant"), ("slant", "slant")):
        words = ["sweep", "plane", "--model", "mnist", "--direction", "component 2", axes, "--rows", "5", "--seed", "4"]
        assert main([*words, *(["--keep", keep] if keep else []), "--extent", "1", "--out", str(out)]) == 0
        slants[axes, keep] = measure(load_arrays(out, "images")["images"])["slant"].reshape(5, 5)
    free, kept, axis = (np.abs(np.diff(each, axis=1)).mean() for each in slants.values())
    assert max(kept, axis) < free / 2, "on the way to the right it stays, also where it is what goes up"
    assert (np.diff(slants["slant", "slant"].mean(axis=1)) < 0).all(), "along its own way it moves"


@pytest.mark.parametrize(
    "words",
    [
        ("class", "--direction", "slant"),
        ("class", "--keep", "slant"),
        ("plane", "--keep", "slant"),
        ("corners", "--layers", "fine"),
        ("seeds", "--extent", "2"),
        ("plane", "--temperature", "0.5"),
        ("direction", "--way", "lerp"),
        ("triangle", "--columns", "3"),
        ("style", "--classes", "3"),
    ],
)
def test_an_option_without_a_meaning_for_a_sheet_is_refused(words, capsys):
    line = fails(capsys, 2, "sweep", *words, "--out", "x.png")
    assert words[1] in line
    assert f", not of {words[0]}." in line or "--direction X Y" in line


def test_a_plane_along_two_directions_and_a_sheet_between_kept_points(tmp_path, capsys):
    out = tmp_path / "pad.npz"
    plane = ["sweep", "plane", "--model", "mnist", "--direction", "slant", "stroke width", "--rows", "3", "--out", str(out)]
    assert main(plane) == 0
    ink = load_arrays(out, "images")["images"].mean((1, 2, 3)).reshape(3, 3)
    assert (np.diff(ink, axis=0) < 0).all(), "thick above, thin below"
    session = tmp_path / "kept.json"
    kept = tuple(Recipe({"class": ClassesValue(tuple(float(k == number) for k in range(10)))}, number) for number in (3, 4, 5))
    save(session, SessionFile("mnist", "image", Kind(inputs(64), True), Scene(shelf=kept)))
    assert main(["sweep", "corners", "--shelf", str(session), "--rows", "2", "--seed", "9", "--out", str(out)]) == 0
    arrays = load_arrays(out, "labels", "z")
    assert arrays["labels"].tolist() == [3, 4, 5, 0]
    np.testing.assert_allclose(arrays["z"][3], draw("z", 9, 64), atol=1e-5)
    save(session, SessionFile("mnist", "image", Kind(inputs(64), True), Scene()))
    assert "no points are kept" in fails(capsys, 1, "sweep", "corners", "--shelf", str(session), "--out", str(out))
