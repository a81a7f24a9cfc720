"""Heat maps: their values, and that they come coarse first and then finer."""

import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest
import torch
from recipes import DIGITS, inputs

from zscape.models.data.attributes import measure
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.reference_classifier import classifier_file, load_classifier
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.heatmap.choices import choices
from zscape.models.heatmap.maker import HeatMaker, HeatProgress
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import finish
from zscape.models.sweeps.pads import ClassesPad, DirectionsPad

SIZE = 8
X = Direction("x", "z", (2.0, *(0.0,) * 7))
Y = Direction("y", "z", (0.0, 1.0, *(0.0,) * 6), provenance={"normal": [0, 3.0] + [0] * 6, "sd": 2.0})
SLANT = Direction("slant", "z", (0.0, 0.0, 1.0, *(0.0,) * 5))
PAD = DirectionsPad("x", "y")
VIEW = (1.0, 0.0, 4.0)
NODES = 9


@pytest.fixture(scope="module")
def model():
    family = FAMILIES["dcgan"]
    config = family.config(z_size=SIZE, hidden=16, generator_maps=(4, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        parts = family.generator(config), family.encoder(config), family.discriminator(config)
    with torch.no_grad():
        for parameter in parts[0].parameters():
            parameter.mul_(6)
    networks = [part.eval().requires_grad_(False) for part in parts]
    spec = Spec("tiny", "dcgan", msgspec.to_builtins(config), inputs(SIZE), (1, 28, 28), data="digits")
    return Model(spec, networks[0], networks[1], networks[2], (X, Y, SLANT))


def made(model, name, pad=PAD, view=VIEW, base=None):
    base = base or pad.base(Recipe.seed(4), model.space)
    return finish(HeatMaker("cpu").draw(model, name, pad, base, view, NODES))


def points(model, pad=PAD, view=VIEW):
    """The points of all nodes."""
    side = np.linspace(-0.5, 0.5, NODES)
    places = [(view[0] + view[2] * x, view[1] - view[2] * y) for y in side for x in side]
    return resolve(pad.recipes(pad.base(Recipe.seed(4), model.space), places, model.space), model.space, NODES, NODES)


def test_the_density_of_the_prior_is_that_of_the_normal_distribution(model):
    z = points(model)["z"].astype(np.float64)
    wanted = -0.5 * (z**2).sum(1) - SIZE / 2 * math.log(2 * math.pi)
    np.testing.assert_allclose(made(model, "prior").values.ravel(), wanted, rtol=1e-5)


def test_attributes_are_measured_on_the_pictures_or_estimated_from_the_latent(model):
    images = GeneratorRunner(model, "cpu").draw(points(model)).images
    np.testing.assert_allclose(made(model, "attribute slant").values.ravel(), measure(images)["slant"], atol=1e-5)
    np.testing.assert_allclose(made(model, "attribute y").values.ravel(), 1.5 * points(model)["z"][:, 1], atol=1e-5)
    with pytest.raises(ZscapeError, match="no such heat map"):
        made(model, "attribute x")


def test_the_opinion_and_the_certainty_are_those_of_the_networks(model):
    every = points(model)
    x = torch.from_numpy(GeneratorRunner(model, "cpu").draw(every).images).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.inference_mode():
        opinion = model.discriminator(x, torch.from_numpy(every["class"])).numpy()
        network = load_classifier(classifier_file(DIGITS, (1, 28, 28))).network
        sure = network.decide(network.features(x)).softmax(1).amax(1).numpy()
    np.testing.assert_allclose(made(model, "discriminator").values.ravel(), opinion, atol=1e-4)
    np.testing.assert_allclose(made(model, "certainty").values.ravel(), sure, atol=1e-4)


def test_the_density_of_the_data_is_the_distance_to_what_the_encoder_finds(model):
    heat = made(model, "data")
    assert np.isfinite(heat.values).all()
    assert heat.values.min() > 0
    middle, edge = heat.values[4, 2], heat.values[4, 8]  # x = 0 and x = 3, which is 6 away from all data
    assert middle < edge


def test_it_comes_coarse_first_and_every_node_is_reached_once(model):
    seen = [
        each for each in HeatMaker("cpu").draw(model, "prior", PAD, Recipe.seed(4), VIEW, 33) if isinstance(each, HeatProgress)
    ]
    assert [each.done for each in seen] == sorted({each.done for each in seen})
    assert seen[-1].done == seen[-1].total == 33 * 33
    assert seen[0].done < 33 * 33 / 10
    assert np.isfinite(seen[0].heat.values).all(), "all of the square has a colour at once"
    assert len(np.unique(seen[0].heat.values)) < len(np.unique(seen[-1].heat.values))
    whole = finish(HeatMaker("cpu").draw(model, "prior", PAD, Recipe.seed(4), VIEW, 33))
    np.testing.assert_array_equal(seen[-1].heat.values, whole.values)
    assert whole.low < whole.high


def test_beyond_a_polygon_there_is_nothing(model):
    values = made(model, "discriminator", ClassesPad((0, 1, 2, 3)), (0.0, 0.0, 2.0)).values
    assert np.isnan(values[0, 0])
    assert np.isfinite(values[4]).all()
    assert np.isfinite(values).sum() == 1 + 3 + 5 + 7 + 9 + 7 + 5 + 3 + 1, "a square that stands on its corner"


def test_what_a_model_lacks_is_said(model):
    bare = replace(model, encoder=None, discriminator=None, spec=replace(model.spec, data="elsewhere"))
    said = {each.name: each.lacks for each in choices(bare)}
    assert "no discriminator" in said["discriminator"]
    assert "encoder" in said["data"]
    assert not said["prior"]
    far = {each.name: each.lacks for each in choices(replace(model, spec=replace(model.spec, data="elsewhere")))}
    assert "not here" in far["data"]
    other = replace(model.spec, inputs=inputs(SIZE, tuple("abcdefghij")))
    assert "no classifier" in {each.name: each.lacks for each in choices(replace(model, spec=other))}["certainty"]
    with pytest.raises(ZscapeError, match="no discriminator"):
        made(bare, "discriminator")


def test_one_maker_takes_over_other_directions_of_its_model(model):
    maker = HeatMaker("cpu")
    first = finish(maker.draw(model, "prior", PAD, Recipe.seed(4), VIEW, NODES))
    other = replace(model, directions=(replace(X, vector=(0.5, *(0.0,) * 7)), Y))
    second = finish(maker.draw(other, "prior", PAD, Recipe.seed(4), VIEW, NODES))
    assert np.ptp(second.values) < np.ptp(first.values)
