"""Edits of units: their value in recipes, the layers of any network, and what is drawn."""

import json
from dataclasses import asdict

import numpy as np
import pytest
import torch
from recipes import inputs, kind, space
from torch import nn

import zscape
from zscape.app.state.scene import Scene, fit
from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model, load_model
from zscape.models.files.spec import Spec
from zscape.models.inference.films.frames import frames
from zscape.models.inference.inside.layers import find_layers
from zscape.models.inference.inside.unit_edits import changed
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.blending import between, combine
from zscape.models.inputs.plain import plain_value, value_of
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import AS_DRAWN, NOTHING, UNIT_EDITS, UNITS, Setting, UnitEdit, UnitsValue
from zscape.models.sweeps.single import Single
from zscape.models.timeline.edits import add_column
from zscape.models.timeline.text import plain_timeline, timeline_of
from zscape.models.timeline.timeline import Key, NumberKey, Timeline

SPACE = space(12)
EDITED = UnitsValue((UnitEdit("norms.1", (2, 0), gain=3.0), UnitEdit("norms.0", (1,), turn=90.0)))


@pytest.fixture
def runner(tiny_model):
    return GeneratorRunner(load_model(tiny_model), "cpu")


def drawn(runner, *values, root=3):
    recipes = [Recipe.seed(root) if each is None else Recipe.seed(root).with_value(UNIT_EDITS, each) for each in values]
    return runner.draw(resolve(recipes, runner.model.space, 1, len(recipes))).images


# The value


def test_the_same_edits_are_the_same_value_in_whatever_order():
    other = NOTHING.with_units("norms.0", [1], turn=90.0).with_units("norms.1", [0], gain=3.0).with_units("norms.1", [2], gain=3)
    assert other == EDITED
    assert hash(other) == hash(EDITED)
    assert EDITED.with_units("norms.1", [0, 2], gain=1.0).without("norms.0", [1]) == NOTHING
    assert UnitsValue((UnitEdit("a", (1,)),)) == NOTHING  # edits without effect are left out
    assert EDITED.of("norms.1") == {0: Setting(gain=3.0), 2: Setting(gain=3.0)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"gain": float("nan")}, "gain"),
        ({"gain": float("inf")}, "gain"),
        ({"right": 3.0}, "right"),
        ({"scale": 0.0}, "scale"),
        ({"turn": "much"}, "turn"),
        ({"units": ()}, "numbers of its units"),
        ({"units": (-1,)}, "numbers of its units"),
        ({"layer": ""}, "names the layer"),
    ],
)
def test_numbers_out_of_range_are_refused_in_a_line(changes, words):
    with pytest.raises(ZscapeError, match=words) as caught:
        UnitEdit(**{"layer": "a", "units": (0,), **changes})
    assert "\n" not in str(caught.value)


def test_a_unit_is_edited_once_and_the_strength_is_a_number():
    with pytest.raises(ZscapeError, match="edited twice"):
        UnitsValue((UnitEdit("a", (0, 1), gain=0), UnitEdit("a", (1,), gain=2)))
    with pytest.raises(ZscapeError, match="strength"):
        UnitsValue(strength=float("nan"))
    assert UnitsValue(strength=0.5) == NOTHING  # so that the next edit has full strength


def test_it_is_written_and_read_and_a_strange_one_is_refused():
    plain = json.loads(json.dumps(plain_value(EDITED)))
    assert value_of(UNIT_EDITS, plain) == EDITED
    with pytest.raises(ZscapeError, match="field"):
        value_of(UNIT_EDITS, {"kind": "unit edits", "code": "x"})
    with pytest.raises(ZscapeError):
        value_of(UNIT_EDITS, {"kind": "unit edits", "edits": [{"layer": "a", "units": [0], "gain": 1e9}]})


def test_values_between_and_of_others_are_weighted_unit_by_unit():
    off = Recipe.seed(1).with_value(UNIT_EDITS, NOTHING.with_units("a", [0], gain=0.0))
    turned = Recipe.seed(1).with_value(UNIT_EDITS, NOTHING.with_units("a", [1], turn=40.0))
    start, middle, end = (UNITS.said(each) for each in between(off, turned, [0, 0.25, 1], "slerp", SPACE))
    assert (start, end) == (UNITS.said(off), UNITS.said(turned))
    assert middle.of("a") == {0: Setting(gain=0.25), 1: Setting(turn=10.0)}
    (summed,) = combine([off, turned, Recipe.seed(2)], np.array([[0.5, 0.25, 0.25]]), True, SPACE)
    assert UNITS.said(summed).of("a") == {0: Setting(gain=0.5), 1: Setting(turn=10.0)}
    plain = between(Recipe.seed(1), Recipe.seed(2), [0.5], "slerp", SPACE)[0]
    assert plain.get(UNIT_EDITS) is None  # a recipe without edits gets none


def test_the_strength_is_one_number_that_moves_all_of_them():
    half = UNITS.with_scalar(EDITED, "strength", 0.5)
    assert half.applied().of("norms.1")[0] == Setting(gain=2.0)
    assert UNITS.with_scalar(EDITED, "strength", 0.0).applied() == NOTHING
    assert UNITS.scalar(half, "strength") == 0.5


def test_a_column_of_keys_has_edits_where_the_point_has_some():
    z = SPACE.inputs[0]
    timeline = Timeline(2.0, Recipe.seed(1), (("z", (Key(0.0, z.default(1)),)),))
    assert UNIT_EDITS not in dict(add_column(timeline, 1.0, Recipe.seed(2), SPACE).tracks)
    moved = add_column(timeline, 1.0, Recipe.seed(2).with_value(UNIT_EDITS, EDITED), SPACE)
    assert UNITS.said(moved.at(0.0, SPACE)) == NOTHING
    assert UNITS.said(moved.at(1.0, SPACE)) == EDITED
    assert 1 < UNITS.said(moved.at(0.5, SPACE)).of("norms.1")[0].gain < 3


def test_points_and_what_is_made_of_them_keep_the_edits():
    recipes = [Recipe.seed(1), Recipe.seed(2).with_value(UNIT_EDITS, EDITED)]
    points = resolve(recipes, SPACE, 1, 2)
    assert points.units == (NOTHING, EDITED)
    assert points.part(slice(1, 2)).units == (EDITED,)
    many = sample(SPACE, 5, values={UNIT_EDITS: EDITED})
    assert many.recipes[3].get(UNIT_EDITS) == EDITED
    assert set(many.units) == {EDITED}
    assert resolve(recipes[:1], SPACE, 1, 1).units == ()


def test_a_scene_for_another_kind_of_model_has_its_units_as_drawn():
    edited = Recipe.seed(4).with_value(UNIT_EDITS, EDITED)
    scene = Scene(edited, (edited,), timeline=Timeline(1.0, edited))
    mine = kind(12, 10, "0123456789")
    assert fit(scene, mine, mine) == scene
    fitted = fit(scene, kind(20, 10, "0123456789"), mine)
    assert fitted.point == fitted.timeline.base == Recipe.seed(4)
    other = fit(scene, kind(12, 3, "abc"), mine)
    assert (other.point, other.shelf, other.timeline) == (Recipe.seed(4), (), None)


# Layers


def named(network, size=4):
    return [(each.name, each.units) for each in find_layers(network, lambda: network(torch.zeros(2, size)))]


def test_a_layer_is_what_comes_after_the_norm_and_the_activation():
    network = nn.Sequential(
        nn.Linear(4, 8 * 16),
        nn.Unflatten(1, (8, 4, 4)),
        nn.Conv2d(8, 6, 3, padding=1),
        nn.BatchNorm2d(6),
        nn.ReLU(inplace=True),
        nn.Upsample(scale_factor=2),
        nn.Conv2d(6, 6, 3, padding=1),
        nn.Conv2d(6, 3, 3, padding=1),
        nn.Tanh(),
    ).eval()
    assert named(network) == [("4", 6), ("6", 6)]


def test_modules_that_run_twice_and_pictures_are_no_layers():
    class Shared(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.again = nn.Linear(4, 5 * 9), nn.Conv2d(5, 5, 3, padding=1)
            self.last = nn.Conv2d(5, 1, 3, padding=1)

        def forward(self, z):
            x = self.first(z).view(-1, 5, 3, 3)
            return self.last(self.again(self.again(x)))

    assert named(Shared().eval()) == []


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_has_layers_of_maps_that_grow(name):
    family = FAMILIES[name]
    config = family.config(classes=3)
    generator = family.generator(config).eval()
    spec = Spec(name, name, asdict(config), family.inputs(config, tuple("abc")), config.image_shape)
    layers = GeneratorRunner(Model(spec, generator), "cpu").editable.layers
    assert len(layers) >= 2
    assert [each.height for each in layers] == sorted(each.height for each in layers)
    assert all(each.units > config.channels for each in layers)


# Drawing


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_draws_with_every_layer_edited(name):
    family = FAMILIES[name]
    config = family.config(classes=3)
    torch.manual_seed(0)
    generator = family.generator(config).eval()
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(3)
    spec = Spec(name, name, asdict(config), family.inputs(config, tuple("abc")), config.image_shape)
    runner = GeneratorRunner(Model(spec, generator), "cpu")
    layers = runner.editable.layers
    edits = [NOTHING.with_units(each.name, range(each.units), gain=0.0, turn=30.0) for each in layers]
    images = drawn(runner, NOTHING, *edits)
    assert all(not np.array_equal(images[0], each) for each in images[1:])


def test_a_film_moves_the_strength_of_edits(runner):
    off = Recipe.seed(3).with_value(UNIT_EDITS, NOTHING.with_units("norms.1", range(4), gain=0.0))
    keys = (NumberKey(0.0, 0.0), NumberKey(1.0, 1.0))
    timeline = Timeline(1.0, off, numbers=((UNIT_EDITS, "strength", keys),))
    first, middle, last = frames(runner, Single(off), timeline, 3)
    assert np.array_equal(first[..., :1], drawn(runner, NOTHING)[0])
    assert np.array_equal(last[..., :1], drawn(runner, UNITS.said(off))[0])
    assert not np.array_equal(middle, first)
    assert not np.array_equal(middle, last)
    assert timeline_of(plain_timeline(timeline)) == timeline


def test_a_picture_with_edits_differs_and_tiles_of_one_sheet_keep_their_own(runner):
    off = NOTHING.with_units("norms.1", range(4), gain=0.0)
    images = drawn(runner, None, off, EDITED, off)
    for place, value in enumerate((None, off, EDITED, off)):
        assert np.array_equal(images[place], drawn(runner, value)[0])
    assert len({each.tobytes() for each in images}) == 3
    assert np.array_equal(drawn(runner, UNITS.with_scalar(EDITED, "strength", 0.0))[0], drawn(runner, NOTHING)[0])


def test_a_unit_that_is_off_gives_nothing_and_the_others_what_they_did(runner):
    tensors = runner.tensors(resolve([Recipe.seed(3)], runner.model.space, 1, 1))
    _, before = runner.editable.maps(tensors, (), "norms.1")
    _, after = runner.editable.maps(tensors, (NOTHING.with_units("norms.1", [2], gain=0.0),), "norms.1")
    assert not after[:, 2].any()
    kept = [unit for unit in range(before.shape[1]) if unit != 2]
    assert torch.equal(before[:, kept], after[:, kept])
    assert before[:, 2].any()


def test_maps_are_moved_turned_and_scaled_about_their_middle():
    torch.manual_seed(0)
    maps = torch.randn(2, 3, 8, 8)
    assert torch.allclose(changed(maps, Setting(turn=90.0)), torch.rot90(maps, -1, (2, 3)), atol=1e-5)  # clockwise
    moved = changed(maps, Setting(right=0.25, down=-0.125))
    assert torch.allclose(moved[:, :, :-1, 2:], maps[:, :, 1:, :-2], atol=1e-5)
    assert not moved[:, :, :, :2].any()
    wide = torch.zeros(1, 1, 8, 16)
    wide[0, 0, 3:5, 7:9] = 1
    large = changed(wide, Setting(scale=2.0))
    assert float(large.sum()) == pytest.approx(16, rel=0.05)
    turned = changed(wide.roll(3, 3), Setting(turn=90.0, gain=2.0))  # non-square maps keep their proportions
    assert float(turned[0, 0, 6:8, 7:9].sum()) == pytest.approx(8, abs=1e-3)


@pytest.mark.parametrize(("layer", "unit"), [("norms.9", 0), ("norms.0", 999), ("", 0)])
def test_an_edit_of_another_model_is_one_line_and_the_next_picture_is_drawn(runner, layer, unit):
    before = drawn(runner, None)
    with pytest.raises(ZscapeError) as caught:
        drawn(runner, None, UnitsValue((UnitEdit(layer, (unit,), gain=0.0),)))
    assert "\n" not in str(caught.value)
    assert np.array_equal(drawn(runner, None), before)


def test_a_module_of_ones_own_can_be_edited_too():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 48), nn.Unflatten(1, (3, 4, 4)), nn.ConvTranspose2d(3, 6, 2, 2), nn.ReLU(True))
    net = nn.Sequential(*net, nn.Conv2d(6, 1, 3, padding=1), nn.Sigmoid()).eval()
    model = zscape.wrap(net, inputs=[zscape.Latent("z", 4)], image_range=(0, 1), name="mine")
    (layer,) = model.layers
    assert (layer.units, layer.height) == (6, 8)
    edits = [{"layer": layer.name, "units": range(6), "gain": 0}]
    plain, bare = model.sample(2, seed=1), model.sample(2, seed=1, values={UNIT_EDITS: edits})
    assert len(np.unique(plain)) > 5
    assert np.array_equal(bare[0], bare[1])  # the latent has no effect
    with pytest.raises(ZscapeError, match="cannot be called"):
        Space((*inputs(4), zscape.Latent(UNIT_EDITS, 3)))


def test_nothing_is_the_usual_setting():
    assert Setting() == AS_DRAWN
