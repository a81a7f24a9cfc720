"""Looking inside a network: maps as colours, the discriminator's gradient, and the effects of units on attributes."""

import numpy as np
import pytest
import torch

from zscape.models.data.attributes import measure
from zscape.models.directions.unit_effects import CHANGE, attributes_of, unit_effects
from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.inference.inside.look_inside import BELOW, LookInside, coloured, smaller
from zscape.models.inference.inside.opinion import opinion
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.units import NOTHING, UNIT_EDITS
from zscape.models.progress import finish


@pytest.fixture
def model(tiny_model):
    model = load_model(tiny_model)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model.discriminator = FAMILIES["dcgan"].discriminator(model.generator.config).eval().requires_grad_(False)
    return model


def points_of(model, value=NOTHING):
    return resolve([Recipe.seed(3).with_value(UNIT_EDITS, value)], model.space, 1, 1)


def test_numbers_above_0_are_white_below_are_blue_and_none_is_black():
    colours = coloured(np.array([[[2.0, -2.0], [0.0, 1.0]]], np.float32))
    assert colours.shape == (1, 2, 2, 4)
    assert tuple(colours[0, 0, 0]) == (255, 255, 255, 255)
    assert tuple(colours[0, 0, 1, :3]) == BELOW
    assert not colours[0, 1, 0, :3].any()
    assert 120 < colours[0, 1, 1, 0] < 135
    assert not coloured(np.zeros((2, 3, 3), np.float32))[..., :3].any()


def test_maps_of_large_layers_are_made_smaller():
    maps = torch.arange(4096.0).view(1, 64, 64).expand(1024, 64, 64)
    small = smaller(maps)
    assert small.shape == (1024, 32, 32)
    assert small[0, 0, 0] == (0 + 1 + 64 + 65) / 4
    assert smaller(maps[:8]).shape == (8, 64, 64)


def test_a_look_tells_the_layers_and_shows_the_maps_after_the_edits(model):
    runner = GeneratorRunner(model, "cpu")
    batch, seen = LookInside()(runner, points_of(model))
    assert np.array_equal(batch.images, runner.draw(points_of(model)).images)
    assert [each.name for each in seen.layers] == ["norms.0", "norms.1"]
    assert (seen.layer.name, seen.maps.shape, seen.opinion) == ("norms.1", (4, 14, 14, 4), None)
    edited = points_of(model, NOTHING.with_units("norms.0", [5], gain=0.0))
    batch, off = LookInside("norms.0")(runner, edited)
    assert np.array_equal(batch.images, runner.draw(edited).images)
    assert not off.maps[5, ..., :3].any()
    assert off.activity[5] == 0
    assert off.activity[[0, 1, 2, 3, 4, 6, 7]].all()
    assert LookInside("of another model")(runner, points_of(model))[1].layer.name == "norms.1"


def test_a_look_that_takes_long_does_no_more_once_it_is_to_stop(model, monkeypatch):
    runner, answers = GeneratorRunner(model, "cpu"), []
    for limit, said, complete in ((1e9, [], True), (0, [False, False], True), (0, [True], False), (0, [False, True], False)):
        monkeypatch.setattr("zscape.models.inference.inside.look_inside.LONGEST", limit)
        answers[:] = reversed(said)
        batch, seen = LookInside("norms.0", judged=True)(runner, points_of(model), answers.pop)
        assert not answers, "it was asked so often"
        assert (batch.complete, seen.opinion is not None, len(seen.maps)) == (complete, complete, 8)
        assert np.abs(batch.images.astype(int) - runner.draw(points_of(model)).images).max() <= 1


def test_the_gradient_is_that_of_the_logit_by_each_pixel(model):
    runner = GeneratorRunner(model, "cpu")
    points = sample(model.space, 2, 1)
    tensors, images = runner.tensors(points), runner.draw(points).images
    found = opinion(model, images, tensors)
    assert found.gradient.shape == (2, 28, 28)
    x = torch.from_numpy(images).permute(0, 3, 1, 2).double() / 127.5 - 1
    judge, c = model.discriminator.double(), tensors["class"].double()
    y, z = np.unravel_index(np.abs(found.gradient[1]).argmax(), (28, 28))
    step = torch.zeros_like(x)
    step[1, 0, y, z] = 1e-4
    slope = (judge(x + step, c) - judge(x - step, c))[1].item() / 2e-4
    assert found.gradient[1, y, z] == pytest.approx(slope, rel=1e-2)
    model.discriminator.float()
    assert judge(x.float(), c.float())[0].item() == pytest.approx(found.logits[0], abs=1e-4)
    model.discriminator = None
    assert opinion(model, images, tensors) is None


def test_a_unit_does_what_is_gone_when_it_is_off(model):
    with torch.no_grad():  # unit 2 has no output
        model.generator.ups[1].weight[2] = 0
    runner = GeneratorRunner(model, "cpu")
    assert attributes_of(model) == ["slant", "stroke width", "brightness", "area", "aspect"]
    found = finish(unit_effects(model, "norms.1", "cpu", tried=5))
    assert set(found.effects) == {CHANGE, *attributes_of(model)}
    change = found.effects[CHANGE]
    assert change[2] == 0
    assert (change[[0, 1, 3]] > 0).all()
    points = runner.with_styles(sample(model.space, 5, 0))
    bright = runner.draw(points).images.mean()
    for unit in (0, 1, 3):
        value = NOTHING.with_units("norms.1", [unit], gain=0.0)
        without = runner.draw(sample(model.space, 5, 0, values={UNIT_EDITS: value})).images.mean()
        assert np.sign(bright - without) == np.sign(found.effects["brightness"][unit]) != 0
    again = finish(unit_effects(model, "norms.1", "cpu", tried=5))
    assert all(np.array_equal(found.effects[name], again.effects[name]) for name in found.effects)
    with pytest.raises(ZscapeError, match="no layer"):
        finish(unit_effects(model, "norms.7", "cpu"))


def test_units_that_widen_strokes_are_those_without_which_other_digits_are_thinner():
    model = load_model(find("mnist"))
    found = finish(unit_effects(model, "norms.2", "cpu")).effects["stroke width"]
    runner = GeneratorRunner(model, "cpu")

    def width(units):
        value = NOTHING.with_units("norms.2", units, gain=0.0)
        points = sample(model.space, 100, 77, values={UNIT_EDITS: value})
        return measure(runner.draw(points).images)["stroke width"]

    plain = width([])
    ranked = [int(unit) for unit in np.argsort(-found)]
    without = {
        name: (width(units) - plain).mean() / plain.std() for name, units in (("most", ranked[:8]), ("least", ranked[-8:]))
    }
    assert without["most"] < -0.7
    assert without["least"] > 0.3
