"""`import zscape`: what cannot be is refused in one line, which says what there is."""

from pathlib import Path

import numpy as np
import pytest
import torch

import zscape


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda model: model.map(generated=5, by="foo"), "choose from pixels, latent"),
        (lambda model: model.neighbours(model.points(1), generated=5, by="foo"), "choose from pixels, latent"),
        (lambda model: model.sweep("class", keep=["slant"]), "keep is for sheets of direction and plane, not of class"),
        (lambda model: model.sweep("plane", keep="slant"), "keep of a plane goes with its two directions"),
        (lambda model: model.sweep("analogy", columns=4), "columns is for sheets of class, style, mixing, "),
        (lambda model: model.sweep("class", classes=[3]), "classes is for sheets of analogy, "),
        (lambda model: model.sweep("style", temperature=0.5), "temperature is for sheets of candidates, not of style"),
        (lambda model: model.sweep("plain", way="lerp"), "no sweep 'plain'"),
        (lambda model: model.draw({**model.points(2), "z": np.full((2, 64), np.nan)}), "'z' holds numbers that are not finite"),
        (
            lambda model: model.sample(1, values={"unit edits": [{"layer": "a", "units": [1], "gian": 0}]}),
            "there is no 'gian', but",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "call",
)
def test_what_there_is_not_is_told_with_what_there_is(mnist, call, said):
    with pytest.raises(zscape.ZscapeError, match=said):
        call(mnist)


ASKED = {
    "not a seed": lambda model: model.points(1, seed=1.5),
    "count is": lambda model: model.points(2.5),
    "no class '37'": lambda model: model.points(1, classes="37"),
    "no input 'pose': it takes z, class": lambda model: model.points(1, values={"pose": 1}),
    "must be a dictionary": lambda model: model.points(1, values=[1]),
    "cannot be": lambda model: model.sample(1, values={"class": [1, "a"]}),
    "number of columns": lambda model: model.sweep("class", columns=2.5),
    "no way": lambda model: model.sweep("style", way="straight"),
    "truncation is": lambda model: model.sweep("class", truncation="low"),
    "no point": lambda model: model.draw({"z": np.zeros((0, 64)), "class": np.zeros((0, 10))}),
    "not finite": lambda model: model.draw({"z": np.full((1, 64), np.nan), "class": np.eye(10)[:1]}),
    "Points must be a dictionary": lambda model: model.draw(np.zeros((1, 64))),
    "frame rate": lambda model: model.animate([model.points(1)] * 2, fps="fast"),
    "no class 'x'": lambda model: model.encode(np.zeros((28, 28), np.uint8) + np.eye(28, dtype=np.uint8) * 255, labels=["x"]),
    "steps of refinement": lambda model: model.restyle(np.eye(28, dtype=np.uint8) * 255, refine=-1),
    "not made by 'mds': choose from pca, tsne, umap-like": lambda model: model.map(generated=10, method="mds"),
    "not compared by 'colour'": lambda model: model.neighbours(model.points(1), generated=10, by="colour"),
    "A point holds 1e\\+30": lambda model: model.draw({"z": np.full((1, 64), 1e30), "class": np.eye(10)[:1]}),
    "A point holds 1e\\+09": lambda model: model.points(1, values={"z": [1e9] * 64}),
    "at most a million": lambda model: model.move(model.points(1), "slant", 1e30),
    "The class is given twice": lambda model: model.sweep("plane", classes=3, values={"class": 5}),
    "Points must be numbers": lambda model: model.draw({"z": torch.zeros(1, 64, requires_grad=True), "class": [[1]]}),
    "Pictures are an array, .*: Can't call numpy": lambda model: model.encode(torch.zeros(1, 28, 28, requires_grad=True)),
    "no sweep \\['class'\\]": lambda model: model.sweep(["class"]),
    "No weights are given for 'class'": lambda model: model.points(1, values={"class": []}),
    "keep_style is for refine": lambda model: model.encode(np.eye(28, dtype=np.uint8) * 255, keep_style=False),
    "count is for pictures of data": lambda model: model.map(generated=10, count=5),
    "count is for the methods 'pca'": lambda model: model.find_directions(count=3),
    "only_painted is for painting on": lambda model: model.paint(must=np.eye(28, dtype=np.uint8) * 255, only_painted=True),
    "rest is for painting without": lambda model: model.paint(must=np.eye(28, dtype=np.uint8) * 255, empty=True, rest=1),
    "empty is for painting without": lambda model: model.paint(*[np.eye(28, dtype=np.uint8) * 255] * 2, empty=True),
    "variant": lambda model: model.paint(must=np.eye(28, dtype=np.uint8) * 255, variant=-1),
    "amount": lambda model: model.move(model.points(1), "slant", "far"),
    "no theme": lambda model: zscape.screenshot(model, theme="pink"),
    "A window cannot be": lambda model: zscape.screenshot(model, size=(10**6, 10**6)),
    "end in .png": lambda model: zscape.screenshot(model, out="window.jpg"),
    "Device 'gpu'": lambda model: zscape.open("mnist", device="gpu"),
    "'z' must be numbers": lambda _: zscape.open("mnist-dcgan").draw(zscape.open("mnist").points(1)),
    "device is 0": lambda model: zscape.open("mnist", device=0),
    "no model 'mnits'": lambda model: zscape.explore("mnits"),
    "must be numbers, one for each": lambda model: model.add_direction("up", "high"),
    "no direction named 'up'": lambda model: model.save_directions("up.safetensors", "up"),
    "its layer and its units": lambda model: model.sample(1, values={"unit edits": [{"units": [1]}]}),
    "not a NoneType": lambda model: model.encode(None),
    "convert them, .astype": lambda model: model.encode(np.zeros((28, 28))),
    "name of a model": lambda model: zscape.open(model),
    "zscape.wrap makes": lambda model: zscape.explore(model.inner),
    "Give a model": lambda _: zscape.screenshot(5),
    "place of a picture is None": lambda model: zscape.screenshot(model, out=None),
    "file of directions is ''": lambda model: model.save_directions(""),
    "file of directions is None": lambda model: model.open_directions(None),
    "argument with_ is": lambda model: model.find_direction("lean", model.sample(2), model.sample(2)),
    "name of a direction is None": lambda model: model.add_direction(None, np.ones(64)),
    "name of a direction is 'a": lambda model: model.add_direction("a\nb", np.ones(64)),
    "no style layers": lambda model: model.add_direction("up", np.ones(64), layers="coarse"),
    "one direction at a time": lambda model: model.move(model.points(1), ["slant", "aspect"], 1.0),
    "data are a ndarray": lambda model: model.map(data=model.sample(1)),
    "with 5 as a name": lambda model: model.points(1, values={5: 1}),
    "points were given for z, class, names": lambda model: model.draw({**model.points(1), "names": np.array(["a.png"])}),
    "path of the pictures is empty": lambda model: model.encode(""),
    "complex numbers": lambda model: model.draw({"z": np.zeros((1, 64)) * 1j, "class": np.eye(10)[:1]}),
    "from 0 to 100,000": lambda model: model.encode(np.eye(28, dtype=np.uint8) * 255, refine=10**9),
    "no easing '1,2'": lambda model: model.animate(model.points(2), easing=[1, 2]),
    "is a folder without a model": lambda _: zscape.open(Path(__file__).parent),
    "name too long": lambda _: zscape.open("x" * 5000),
    "A class sweep shows several classes": lambda model: model.sweep("class", values={"class": 4}),
    "A polygon sweep shows several classes": lambda model: model.sweep("polygon", values={"class": 4}),
    "seeds would have no effect": lambda model: model.sweep("class", seed=9, values={"z": 4}),
    "An analogy sweep takes at most 3 seeds": lambda model: model.sweep("analogy", seed=[1, 2, 3, 4]),
    "1 labels and 2 units": lambda _: zscape.Numbers("p", ["x"], [(0, 1)], ["cm", "s"]),
    "units of 'p' must be a list of words": lambda _: zscape.Numbers("p", ["x"], [(0, 1)], "deg"),
    "'x' is not a seed": lambda _: zscape.Recipe.seed("x"),
}


@pytest.mark.parametrize("said", ASKED)
def test_an_argument_that_cannot_be_is_refused_in_one_line(mnist, said):
    with pytest.raises(zscape.ZscapeError, match=said) as caught:
        ASKED[said](mnist)
    assert "\n" not in str(caught.value)


def test_a_file_of_latents_is_not_opened_as_a_model(mnist, tmp_path):
    np.savez(tmp_path / "z.npz", **mnist.points(1))
    with pytest.raises(zscape.ZscapeError, match="holds arrays, such as pictures or latents, not a model"):
        zscape.open(tmp_path / "z.npz")
