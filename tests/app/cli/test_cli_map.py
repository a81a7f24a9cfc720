"""`zscape map` and `zscape neighbours`: what they write and print."""

import json
from pathlib import Path

import numpy as np
import pytest
from command_line import CONFIG, fails, write_model
from PIL import Image

import zscape
from zscape.app.cli.main import main
from zscape.models.files.checkpoint import save_model
from zscape.models.files.header import read_spec
from zscape.models.maps.files.map_file import load_map
from zscape.models.media.npz import save_arrays


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model") / "tiny.safetensors")


def test_a_map_is_saved_and_written_in_other_forms(model, tmp_path, capsys):
    saved = tmp_path / "m.npz"
    assert main(["map", "--model", model, "--data", "digits", "--count", "60", "--out", str(saved)]) == 0
    assert "60 pictures of the data digits, mapped by pca of pixels" in capsys.readouterr().out
    assert len(load_map(saved, read_spec(Path(model)), "digits")) == 60
    for name in ("m.csv", "m.png", "projector"):
        assert main(["map", "--model", model, "--map", str(saved), "--out", str(tmp_path / name)]) == 0
    assert len((tmp_path / "m.csv").read_text("utf-8").splitlines()) == 61
    assert (tmp_path / "projector" / "projector_config.pbtxt").is_file()
    with Image.open(tmp_path / "m.png") as picture:
        pixels = np.asarray(picture)
    dots, legend = pixels[: pixels.shape[1]], pixels[pixels.shape[1] :]
    assert 1000 < (dots < 250).any(2).sum() < 10_000  # 60 dots on white
    named = {tuple(colour) for colour in legend.reshape(-1, 3).tolist()}
    assert {tuple(colour) for colour in dots.reshape(-1, 3).tolist()} <= named  # and white
    assert (40, 40, 40) in named  # the colour of the names
    words = ["map", "--model", model, "--map", str(saved), "--colour", "stroke width", "--out", str(tmp_path / "w.png")]
    assert main(words) == 0
    with Image.open(tmp_path / "w.png") as picture:
        scale = np.asarray(picture)[picture.width :]
    assert len({tuple(colour) for colour in scale.reshape(-1, 3).tolist() if len(set(colour)) == 3}) > 100
    assert "is a map of the data 'digits', not of 'mnist'" in fails(
        capsys, 1, "map", "--model", model, "--map", str(saved), "--data", "mnist", "--out", str(tmp_path / "x.csv")
    )
    assert not (tmp_path / "x.csv").exists()


def test_generated_pictures_are_mapped(model, tmp_path, capsys):
    out = tmp_path / "m.csv"
    assert main(["map", "--model", model, "--generated", "40", "--out", str(out)]) == 0
    assert len(out.read_text("utf-8").splitlines()) == 41


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--out", "m.gif"], "must end in .npz"),
        (["--out", "m.npz", "--data", "digits", "--generated", "9"], "one or the other"),
        (["--out", "m.npz", "--map", "x.npz", "--by", "latent"], "is a map already"),
    ],
)
def test_wrong_usage_is_told(model, capsys, words, line):
    assert line in fails(capsys, 2, "map", "--model", model, *words)


def test_the_nearest_of_a_picture_of_the_data_is_itself(model, tmp_path, capsys):
    saved, sheet = tmp_path / "m.npz", tmp_path / "n.png"
    assert main(["map", "--model", model, "--data", "digits", "--count", "400", "--out", str(saved)]) == 0
    pictures = load_map(saved).collection.images
    Image.fromarray(pictures[33, ..., 0]).save(tmp_path / "one.png")
    capsys.readouterr()
    call = ["neighbours", str(tmp_path / "one.png"), "--model", model, "--map", str(saved), "--count", "3", "--out", str(sheet)]
    assert main([*call, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["neighbours"][0]
    assert found["places"][0] == 33
    assert found["distances"] == sorted(found["distances"])
    with Image.open(sheet) as picture:
        assert picture.size == (4 * 28 + 3 * 2, 28)


@pytest.mark.parametrize("by", ["pixels", "latent", "features", "discriminator"])
def test_neighbours_of_points_are_listed_by_each_likeness(model, capsys, by):
    call = [
        "neighbours",
        "--model",
        model,
        "--generated",
        "30",
        "--seed",
        "1",
        "2",
        "--classes",
        "3,5",
        "--count",
        "2",
        "--by",
        by,
    ]
    assert main(call) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("seed 1, 3")
    assert lines[3].startswith("seed 2, 5")


def test_a_saved_map_by_the_discriminator_opens_again(model, tmp_path, capsys):
    saved = tmp_path / "m.npz"
    words = ["map", "--model", model, "--data", "digits", "--count", "40", "--by", "discriminator", "--out", str(saved)]
    assert main(words) == 0
    again = load_map(saved, read_spec(Path(model)))
    assert again.likeness == "discriminator"
    assert again.collection.judged.shape == (40, CONFIG.hidden + CONFIG.classes)
    assert main(["neighbours", "--model", model, "--map", str(saved), "--by", "discriminator", "--count", "2"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_a_saved_map_names_its_model(tmp_path):
    saved = tmp_path / "m.npz"
    assert main(["map", "--model", "mnist-dcgan", "--generated", "20", "--out", str(saved)]) == 0
    assert main(["map", "--map", str(saved), "--out", str(tmp_path / "m.csv")]) == 0


def test_a_model_without_a_discriminator_is_told_in_fails(model, tmp_path, capsys):
    from dataclasses import replace

    from zscape.models.files.checkpoint import load_model

    bare = tmp_path / "bare.safetensors"
    save_model(bare, replace(load_model(Path(model)), discriminator=None))
    words = ["--model", str(bare), "--data", "digits", "--by", "discriminator"]
    assert "contains no discriminator" in fails(capsys, 1, "map", *words, "--out", str(tmp_path / "m.npz"))
    assert "contains no discriminator" in fails(capsys, 1, "neighbours", *words)
    assert not (tmp_path / "m.npz").exists()


def test_a_notice_says_if_data_and_model_share_no_class(model, tmp_path, capsys):
    images = np.random.default_rng(0).integers(0, 256, (6, 28, 28), dtype=np.uint8)
    data = tmp_path / "animals.npz"
    save_arrays(data, images=images, labels=np.arange(6) % 2, class_names=np.array(["fish", "fowl"]))
    said = "zscape: The classes of animals.npz (fish, fowl) are none of those that tiny draws (0, 1, 2 ...)."
    assert main(["neighbours", "--model", model, "--data", str(data), "--count", "2"]) == 0
    assert said in capsys.readouterr().err.splitlines()
    assert main(["map", "--model", model, "--data", str(data), "--out", str(tmp_path / "m.png")]) == 0
    assert said in capsys.readouterr().err.splitlines()
    with pytest.warns(UserWarning, match="none of those that tiny draws"):
        zscape.open(model).neighbours(images[:1], count=2, data=data)
    assert main(["neighbours", "--model", model, "--data", "digits", "--count", "2"]) == 0
    assert not capsys.readouterr().err


def test_neighbours_in_two_places_are_wrong_usage(model, capsys):
    assert "give one of them" in fails(capsys, 2, "neighbours", "--model", model, "--data", "digits", "--generated", "5")
    assert "must end in .png" in fails(capsys, 2, "neighbours", "--model", model, "--out", "x.gif")


def test_a_notebook_maps_and_finds_neighbours(model, tmp_path):
    import zscape

    opened = zscape.open(model)
    made = opened.map(data="digits", count=50, out=tmp_path / "m.csv")
    assert made.positions.shape == (50, 2)
    assert (tmp_path / "m.csv").is_file()
    points = opened.points(40, seed=0)
    found = opened.neighbours(points, count=3, generated=40)  # among the same pictures
    assert (found.distances[:, 0] == 0).all()
    assert (found.images[:, 0] == found.asked).all()
    assert found.images.shape == (40, 3, 28, 28, 1)
    assert (found.asked == opened.draw(points)).all()
    assert opened.neighbours(dict(points), count=3, generated=40, by="latent").places[:, 0].tolist() == list(range(40))
    assert opened.neighbours(found.asked[:2], count=4, data="digits").places.shape == (2, 4)
    with pytest.raises(zscape.ZscapeError, match="one of the two"):
        opened.map(data="digits", generated=5)
