"""Style mixing: which layers each tile takes, and the message for models without styles."""

import numpy as np
import pytest
import torch
from recipes import inputs

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.asked import sweep_of
from zscape.models.sweeps.style_mixing import StyleMixing
from zscape.models.timeline.ready_made import usual

SPACE = Space((*inputs(5, tuple("abc")), Styles("w", 8, 7)))
SETTINGS = {"z_size": 5, "w_size": 7, "mapping": 2, "classes": 3, "maps": (8, 6, 4, 4), "features": (4, 4, 6, 6), "hidden": 8}
DONORS, SOURCES = (Recipe.seed(11), Recipe.seed(12)), (Recipe.seed(2),)


@pytest.fixture(scope="module")
def runner():
    family = FAMILIES["stylegan2"]
    config = family.config(size=32, noise=False, **SETTINGS)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator = family.generator(config).eval()
    spec = Spec("styled", "stylegan2", SETTINGS, SPACE.inputs, config.image_shape)
    return GeneratorRunner(Model(spec, generator), "cpu")


def test_each_tile_has_the_chosen_layers_of_its_column_and_the_others_of_its_row(runner):
    sweep = StyleMixing(Recipe.seed(1), SOURCES, DONORS, layers=(0, 1, 5))
    points = sweep.points(SPACE)
    assert (points.rows, points.columns) == (3, 3)
    w = runner.with_styles(points)["w"].reshape(3, 3, 8, 7)
    mixed, kept = [0, 1, 5], [2, 3, 4, 6, 7]
    for row in (1, 2):
        for column in (1, 2):
            np.testing.assert_allclose(w[row, column, mixed], w[0, column, mixed], atol=1e-6)
            np.testing.assert_allclose(w[row, column, kept], w[row, 0, kept], atol=1e-6)
    assert np.abs(w[1, 0] - w[2, 0]).max() > 0.01


@pytest.mark.parametrize("zone", ["coarse", "middle", "fine"])
def test_a_zone_is_its_layers(zone, runner):
    by_zone = StyleMixing(Recipe.seed(1), SOURCES, DONORS, zone)
    by_hand = StyleMixing(Recipe.seed(1), SOURCES, DONORS, layers=SPACE.styles.zone(zone))
    assert np.array_equal(runner.draw(by_zone.points(SPACE)).images, runner.draw(by_hand.points(SPACE)).images)


def test_the_corner_is_the_mean_style_and_points_without_a_class_have_the_centres(runner):
    classes = SPACE.input("class")
    centre = Recipe.seed(1).with_value("class", classes.only(2))
    points = runner.with_styles(StyleMixing(centre, SOURCES, DONORS).points(SPACE))
    assert (points["class"].argmax(1) == 2).all()
    other = runner.with_styles(
        StyleMixing(centre.with_value("z", Recipe.seed(9).value(SPACE.input("z"))), SOURCES, DONORS).points(SPACE)
    )
    np.testing.assert_allclose(points["w"][0], other["w"][0], atol=1e-6)


def test_less_weight_blends_and_its_loop_begins_and_ends_with_all_of_it(runner):
    sweep = StyleMixing(Recipe.seed(1), SOURCES, DONORS, weight=0.0)
    w = runner.with_styles(sweep.points(SPACE))["w"].reshape(3, 3, 8, 7)
    np.testing.assert_allclose(w[1, 1], w[1, 0], atol=1e-6)
    whole = StyleMixing(Recipe.seed(1), SOURCES, DONORS)
    timeline = usual(whole, SPACE, 2.0)
    assert timeline.sweep(whole, 0.0, SPACE) == timeline.sweep(whole, 2.0, SPACE) == whole
    assert timeline.sweep(whole, 1.0, SPACE).weight == 0


def test_it_is_asked_for_by_rows_columns_seeds_and_layers():
    sweep = sweep_of("mixing", SPACE, (5, 6, 7), rows=2, columns=2, layers="0, 3")
    assert (sweep.centre, sweep.sources) == (Recipe.seed(5), (Recipe.seed(6),))
    assert sweep.donors[0] == Recipe.seed(7)
    assert sweep.layers == (0, 3)
    assert sweep_of("mixing", SPACE, layers="fine").zone == "fine"
    for wrong in ("99", "top", "1,,2"):
        with pytest.raises(ZscapeError, match="coarse"):
            sweep_of("mixing", SPACE, layers=wrong)


def test_a_model_without_styles_has_none_to_mix():
    with pytest.raises(ZscapeError, match="styles"):
        sweep_of("mixing", Space(inputs(5, tuple("abc")))).recipes(Space(inputs(5, tuple("abc"))))
