"""Strips along directions, planes and sheets between kept points, from the command line."""

import numpy as np
import pytest
from command_line import fails
from recipes import inputs

from zscape.app.cli.main import main
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import save
from zscape.models.data.attributes import measure
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.latent_draw import draw
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.npz import load_arrays


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
