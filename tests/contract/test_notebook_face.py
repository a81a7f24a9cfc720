"""`import zscape`: the names, shapes and types that a notebook relies on."""

import subprocess
import sys
import warnings
from itertools import pairwise

import numpy as np
import pytest
import torch
from networks import INPUTS, Net, Styled, wrapped
from PIL import Image

import zscape
from zscape.models.data.sources import load
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.images import save_png


def test_it_is_light_until_a_model_or_a_window_is_asked_for():
    code = (
        "import sys, zscape; heavy = {'torch', 'numpy', 'PySide6', 'PIL', 'msgspec'} & set(sys.modules); assert not heavy, heavy;"
        "zscape.models(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_models_there_are_are_listed_by_name():
    assert next(iter(zscape.models())) == "mnist"
    assert [name for name in dir(zscape) if not name.startswith("__")] == sorted(zscape.__all__)
    assert zscape.models()["mnist"].class_names == tuple("0123456789")
    with pytest.raises(zscape.ZscapeError, match="mnist-dcgan"):
        zscape.open("nothing of the kind")


def test_a_model_says_what_it_takes(mnist):
    assert mnist.inputs == (zscape.Latent("z", 64), zscape.Classes("class", tuple("0123456789")))
    assert mnist.image_shape == (28, 28, 1)
    assert "mnist" in repr(mnist)


def test_points_and_images(mnist):
    points = mnist.points(9, classes=[3], seed=1, truncation=0.8)
    assert points["z"].shape == (9, 64)
    assert points["z"].dtype == np.float32
    assert (points["class"].argmax(1) == 3).all()
    images = mnist.draw(points)
    assert images.shape == (9, 28, 28, 1)
    assert images.dtype == np.uint8
    assert np.array_equal(images, mnist.sample(9, classes=["3"], seed=1, truncation=0.8))
    assert mnist.points(12)["class"].argmax(1).tolist() == [*range(10), 0, 1]
    np.testing.assert_allclose(points["z"], 0.8 * mnist.points(9, seed=1)["z"])
    half = mnist.points(2, values={"class": [0.0] * 8 + [0.5, 0.5]})
    assert half["class"][0].tolist()[8:] == [0.5, 0.5]


def test_points_can_be_changed_by_hand(mnist):
    points = dict(mnist.points(4, seed=2))
    points["z"] = points["z"] * 0
    assert len({image.tobytes() for image in mnist.draw(points)}) == 4, "classes in turn"
    for bad in ({"z": points["z"]}, {**points, "odd": points["z"]}, {**points, "z": points["z"][:, :5]}, {}):
        with pytest.raises(zscape.ZscapeError):
            mnist.draw(bad)


def test_pictures_are_found_again(mnist, tmp_path):
    digits = load("digits").images[::700]
    found = mnist.encode(digits, refine=5)
    assert found.points["z"].shape == (len(digits), 64)
    assert found.labels.shape == found.mse.shape == (len(digits),)
    assert found.reconstruction.shape == digits.shape
    assert found.mse.mean() < 0.03
    assert np.array_equal(mnist.draw(found.points), found.reconstruction)
    restyled = mnist.restyle(digits)
    assert restyled.shape == (len(digits), 10, 28, 28, 1)
    save_png(tmp_path / "d.png", digits[0])
    picture = Image.fromarray(digits[0, ..., 0])
    for given in (tmp_path / "d.png", str(tmp_path / "d.png"), picture, [picture], digits[0, ..., 0]):
        again = mnist.encode(given)
        assert np.array_equal(again.labels, found.labels[:1])
    for bad in ([], np.zeros((2, 28, 28)), tmp_path / "none.png"):
        with pytest.raises(zscape.ZscapeError):
            mnist.encode(bad)


@pytest.mark.parametrize("kind", ["class", "style", "analogy", "plane"])
def test_sheets(mnist, kind):
    sheet = mnist.sweep(kind, seed=1, rows=3, **({"columns": 4} if kind in ("class", "style") else {}))
    assert sheet.dtype == np.uint8
    assert sheet.shape[0] == 3
    assert sheet.shape[2:] == (28, 28, 1)


def test_frames(mnist):
    stops = [mnist.points(1, classes=[3], seed=seed) for seed in (1, 2)]
    frames = list(mnist.animate(stops, seconds=2, fps=30))
    assert len(frames) == 60
    assert frames[0].shape == (28, 28, 1)
    assert np.array_equal(frames[0], mnist.draw(stops[0])[0])
    assert np.array_equal(frames[-1], mnist.draw(stops[1])[0])
    moved = [np.abs(b.astype(int) - a).mean() for a, b in pairwise(frames)]
    assert max(moved) < 12, "no jump"
    with pytest.raises(zscape.ZscapeError, match="two or more"):
        mnist.animate(stops[:1])
    both = mnist.points(2, classes=[3, 5], seed=1)
    through = list(mnist.animate(both, seconds=1, fps=4))
    assert np.array_equal(np.stack(through)[[0, -1]], mnist.draw(both))
    with pytest.raises(zscape.ZscapeError, match="Points must be a dictionary, name of an input"):
        mnist.animate([3, 5])


def test_frames_with_easing_hold_and_loop(mnist):
    stops = [mnist.points(1, classes=[3], seed=seed) for seed in (1, 2)]
    held = list(mnist.animate(stops, seconds=2, fps=10, hold=0.5, easing="smooth"))
    assert all(np.array_equal(frame, held[0]) for frame in held[:5])
    assert not np.array_equal(held[8], held[0])
    assert all(np.array_equal(frame, mnist.draw(stops[1])[0]) for frame in held[-5:])
    looped = list(mnist.animate(stops, seconds=2, fps=15, loop=True))
    steps = [np.abs(b.astype(int) - a).mean() for a, b in pairwise([*looped, looped[0]])]
    assert steps[-1] < 1.5 * max(steps[:-1]), "the end meets the beginning as closely as neighbours meet"
    assert all(np.array_equal(a, b) for a, b in zip(looped, mnist.animate(stops, seconds=2, fps=15, loop=True), strict=True))
    for bad in ({"easing": "wobbly"}, {"way": "round"}, {"hold": 1.0}, {"hold": float("nan")}, {"seconds": float("nan")}):
        with pytest.raises(zscape.ZscapeError):
            mnist.animate(stops, **{"seconds": 2.0, **bad})


def test_directions_of_ones_own_are_known_moved_along_and_handed_on_as_a_file(tmp_path):
    mine, file = wrapped(), tmp_path / "own.safetensors"
    vector = np.arange(16.0)
    assert list(mine.add_direction("up", vector)) == ["up"]
    points = mine.points(3, seed=1)
    moved = mine.move(points, "up", [0, 1, -2])
    np.testing.assert_allclose(moved["z"] - points["z"], np.outer([0, 1, -2], vector), atol=1e-5)
    for bad in ((points, "up", [1, 2]), (points, "up", "far"), (points, "up", float("nan")), (points, "down", 1)):
        with pytest.raises(zscape.ZscapeError):
            mine.move(*bad)
    for name, numbers in (("short", vector[:3]), ("odd", vector * np.nan)):
        with pytest.raises(zscape.ZscapeError, match=name):
            mine.add_direction(name, numbers)
    mine.save_directions(file)
    again = wrapped()
    assert again.open_directions(file)["up"] == mine.directions["up"]
    for other in (zscape.open("mnist"), zscape.wrap(Net().eval(), INPUTS, (0, 1), "another")):
        with pytest.raises(zscape.ZscapeError, match="another model than"):
            other.open_directions(file)
    with pytest.raises(zscape.ZscapeError, match="is a folder"):
        again.open_directions(tmp_path)


def test_what_is_kept_may_be_one_name_and_styles_move_in_chosen_layers(mnist):
    points = mnist.points(2, seed=1)
    one, several = (mnist.move(points, "slant", 1.0, keep=keep)["z"] for keep in ("stroke width", ["stroke width"]))
    assert np.array_equal(one, several)
    with pytest.raises(zscape.ZscapeError, match="no layers"):
        mnist.move(points, "slant", 1.0, layers="coarse")
    styled = zscape.wrap(Styled().eval(), [zscape.Latent("z", 4), zscape.Styles("w", 3, 2), zscape.Noise("noise", (1, 4, 4))])
    styled.add_direction("brighter", [1, 1])
    given = styled.points(2, seed=1)
    assert (styled.move(given, "brighter", 1, layers=[0, 2])["w"] - given["w"]).round(4)[:, :, 0].tolist() == [[1, 0, 1]] * 2
    known = [
        styled.add_direction(f"in {each!r}", [1, 1], layers=each)[f"in {each!r}"].layers for each in ("coarse", 2, [0, 2], "")
    ]
    assert known == [(0,), (2,), (0, 2), ()]


def test_numpy_numbers_single_classes_and_torch_devices_are_accepted_too(mnist):
    one = mnist.points(np.int64(1), classes="7", seed=np.uint8(3))
    assert np.array_equal(one["z"], mnist.points(1, classes=[7], seed=3)["z"])
    assert one["class"].argmax() == mnist.points(1, values={"class": np.int64(7)})["class"].argmax() == 7
    assert zscape.Latent("z", np.int64(4)) == zscape.Latent("z", 4)
    assert np.array_equal(zscape.open("mnist", torch.device("cpu")).sample(1, seed=1), mnist.sample(1, seed=1))


def test_points_made_for_another_model_are_told():
    other = zscape.open("fashion-mnist", device="cpu")
    points, mnist = other.points(1, seed=1), zscape.open("mnist", device="cpu")
    with pytest.warns(UserWarning, match=r"made for the model 'fashion-mnist': in 'mnist' they are something else\.$"):
        mnist.draw(points)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for fine in (
            dict(points),
            mnist.points(1),
            mnist.move(mnist.points(1), "slant", 1.0),
            mnist.encode(mnist.sample(1)).points,
        ):
            mnist.draw(fine)


def test_pictures_of_pil_are_read_as_their_files_are(mnist, tmp_path):
    """Also those with palettes, transparency or a camera orientation."""
    digit = Image.fromarray(mnist.sample(1, seed=1)[0, ..., 0])
    clear = Image.new("RGBA", (28, 28))
    clear.paste(Image.new("RGBA", (28, 28), "white"), mask=digit)
    for name, picture in (("p.gif", digit.convert("P")), ("a.png", clear)):
        picture.save(tmp_path / name)
        assert np.array_equal(mnist.encode(picture).points["z"], mnist.encode(tmp_path / name).points["z"])


def test_a_direction_is_named_or_given_itself_and_none_is_nothing(mnist):
    points, slant = mnist.points(2, classes=None, seed=1), mnist.directions["slant"]
    assert np.array_equal(mnist.move(points, slant, 1.0)["z"], mnist.move(points, "slant", 1.0, keep=None)["z"])
    sheets = [mnist.sweep("direction", direction=each, columns=3) for each in (slant, "slant")]
    assert np.array_equal(*sheets)


def test_results_are_shown_by_their_shapes(mnist):
    points = mnist.points(2)
    found, near = mnist.encode(mnist.draw(points)), mnist.neighbours(points, count=3, generated=20)
    assert repr(points) == "<2 points: z [2, 64], class [2, 10]>"
    assert repr(found).startswith(f"Found(points={points!r}, labels=int64 [2], reconstruction=uint8 [2, 28, 28, 1], ")
    assert "distances=float64 [2, 3], images=uint8 [2, 3, 28, 28, 1]" in repr(near)
    assert all(len(repr(each)) < 1000 for each in (found, near, mnist.map(generated=20)))
    assert len(repr(mnist.directions)) < 1500
    assert all(len(repr(spec)) < 150 for spec in zscape.models().values())


def test_encoding_leaves_the_networks_of_the_model_alone(mnist):
    inner = mnist.inner
    before = [parameter.data_ptr() for parameter in inner.encoder.parameters()]
    mnist.encode(load("digits").images[:2])
    assert [parameter.data_ptr() for parameter in inner.encoder.parameters()] == before
    assert all(parameter.device.type == "cpu" for parameter in inner.generator.parameters())


def test_a_second_drawing_makes_no_second_runner(mnist, monkeypatch):
    image = load("digits").images[:1]
    mnist.encode(image)
    made = []
    monkeypatch.setattr(GeneratorRunner, "__init__", lambda self, *given: made.append(given))
    mnist.encode(image)
    assert made == []


def test_neighbours_say_where_random_points_stand_in_for_the_data():
    mine = wrapped()
    with pytest.warns(UserWarning, match="The data of mine are not here: the nearest of 5,000 random points"):
        found = mine.neighbours(mine.points(1), count=2)
    assert found.distances.shape == (1, 2)
