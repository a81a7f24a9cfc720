"""Files of the first format can still be opened and draw the same pixels, within one grey level, because processors differ."""

import json
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from recipes import columns_of

from zscape.app.state.clipboard import recipe_from_json
from zscape.app.state.session_file import load as load_session
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.restyle.state import RestyleState
from zscape.app.views.style_sweep.state import StyleSweepState
from zscape.models.data.sources import load as load_data
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.runner import GeneratorRunner, to_uint8
from zscape.models.inputs.plain import recipe_of
from zscape.models.media.grids import grid
from zscape.models.media.images import read_image
from zscape.models.progress import finish
from zscape.models.sweeps import Analogy, ClassSweep, Plane, StyleSweep
from zscape.models.sweeps.single import ClassRow
from zscape.models.timeline.ready_made import usual
from zscape.models.training.config import load_config
from zscape.models.training.encoder import EncoderSettings, train_encoder
from zscape.models.training.train import train

FIRST = Path(__file__).parents[1] / "fixtures" / "format1"
MODELS = ("mnist", "fashion-mnist", "mnist-dcgan")
P = recipe_of({"seeds": [[51, 1.0]], "overrides": [[0, 1.25]], "classes": [0, 0, 0, 1.0, 0, 0, 0, 0, 0, 0]})
Q = recipe_of({"seeds": [[15, 1.0], [7, 0.5]], "truncation": 0.8})
MOVED = 0.3
"""The share of the loop at which the moving sheets were drawn."""


@cache
def runner_of(name):
    return GeneratorRunner(load_model(find(name)), "cpu")


def stored(size):
    numbers = np.random.RandomState(4).standard_normal(size).astype(np.float32).tolist()
    return recipe_of({"seeds": [], "latent": numbers, "classes": [0, 0, 0.5, 0.5, 0, 0, 0, 0, 0, 0]})


def sheets(size):
    r = stored(size)
    return {
        "class": ClassSweep(P, columns=4),
        "style": StyleSweep(P, Q, columns=4),
        "analogy": Analogy(P, Q, r, size=5),
        "plane": Plane(P, size=4),
        "class-moved": ClassSweep(P, columns=2),
        "style-moved": StyleSweep(P, Q, columns=3),
        "analogy-moved": Analogy(P, Q, r, size=3),
        "plane-moved": Plane(P, size=3),
    }


def drawn(runner, sweep):
    points = sweep.points(runner.model.space)
    return grid(runner.draw(points).images, points.rows, points.columns)


def same(picture, name):
    """Whether `picture` is that of the fixture, within one grey level."""
    wanted = read_image(FIRST / name)
    wanted = np.broadcast_to(wanted, picture.shape)
    return np.abs(picture.astype(int) - wanted).max() <= 1


@pytest.mark.parametrize("kind", sheets(4))
@pytest.mark.parametrize("name", MODELS)
def test_every_sheet_of_every_bundled_model_is_what_it_was(name, kind):
    runner = runner_of(name)
    sweep = sheets(runner.model.spec.z_size)[kind]
    if kind.endswith("moved"):
        sweep = usual(sweep, runner.model.space, 1.0).sweep(sweep, MOVED, runner.model.space)
    assert same(drawn(runner, sweep), f"sheet-{name}-{kind}.png")


@pytest.mark.parametrize("name", ["session.zscape.json", "exported.png", "exported.gif", "exported.webp", "exported.mp4"])
def test_a_session_or_an_exported_picture_draws_what_it_drew(name):
    saved, runner = load_session(FIRST / name), runner_of("mnist")
    scene = saved.scene
    style, arithmetic = scene.view(StyleSweepState), scene.view(ArithmeticState)
    assert same(drawn(runner, ClassSweep(scene.point, columns_of(scene))), "sheet-mnist-class.png")
    assert same(drawn(runner, StyleSweep(scene.point, style.target, style.columns)), "sheet-mnist-style.png")
    assert same(drawn(runner, Analogy(arithmetic.a, arithmetic.b, arithmetic.c, 5)), "sheet-mnist-analogy.png")
    assert same(drawn(runner, ClassRow(scene.view(RestyleState).given.found)), "restyled.png")
    assert scene.shelf == (P, Q, stored(64))


def test_a_recipe_that_was_copied_is_one_when_pasted():
    assert recipe_from_json((FIRST / "recipe.json").read_text()) == Q


def test_latents_go_to_the_shelf(start):
    window = start("mnist")
    window.opener.open_file(FIRST / "latents.npz")
    with np.load(FIRST / "latents.npz") as arrays:
        wanted = [tuple(row) for row in arrays["z"].tolist()]
    assert [each.get("z").numbers for each in window.session.scene.shelf] == wanted


def digits():
    return load_data("digits").subset(range(0, 5000, 25))


@pytest.mark.parametrize("family", ["dcgan", "projection"])
def test_a_half_finished_run_is_resumed_to_what_an_unbroken_one_gives(monkeypatch, family, tmp_path):
    monkeypatch.setattr("zscape.models.training.train.FINAL_BATCHES", 64)  # the number when the fixture was made
    out = tmp_path / "run"
    shutil.copytree(FIRST / f"run-{family}", out)
    config = load_config(out / "config.toml")
    path = finish(train(config, digits(), out, resume=True))
    model = load_model(path)
    z, c = torch.randn(20, 6, generator=torch.Generator().manual_seed(0)), torch.eye(10)[torch.arange(20) % 10]
    picture = grid(to_uint8(model.generator({"z": z, "class": c})), 2, 10)
    wanted = np.broadcast_to(read_image(out / "finished.png"), picture.shape)
    assert model.spec.step == 12
    assert np.abs(picture.astype(int) - wanted).max() <= 3  # differences between processors grow with the steps
    assert model.spec.coordinates == ({} if family == "dcgan" else {"slant": 0, "stroke width": 1})


@pytest.mark.parametrize("family", ["dcgan", "projection"])
def test_a_half_finished_encoder_is_resumed_to_what_an_unbroken_run_gives(family, tmp_path):
    source, out = FIRST / f"encoder-run-{family}", tmp_path / "run"
    out.mkdir()
    for name in ("run.safetensors", "model.safetensors"):
        shutil.copy(source / name, out / name)
    data, settings = digits(), EncoderSettings(batch=8, steps=10)
    path = finish(train_encoder(source / "generator.safetensors", data, out, 10, "cpu", resume=True, settings=settings))
    x = torch.from_numpy(data.images[:8]).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.no_grad():
        z = load_model(path).encoder(x, torch.eye(10)[torch.from_numpy(data.labels[:8])])
    with np.load(source / "finished.npz") as finished:
        np.testing.assert_allclose(z.numpy(), finished["z"], atol=0.02)


def test_the_files_say_that_they_are_of_the_first_format():
    assert json.loads((FIRST / "session.zscape.json").read_text())["format"] == 1
