"""Settings that have no effect are reported, in one line; all settings of the presets have one."""

from dataclasses import replace

import numpy as np
import pytest

from zscape.models.data.dataset import Dataset
from zscape.models.training.config import TrainConfig, load_config
from zscape.models.training.presets import presets
from zscape.models.training.train import train
from zscape.models.training.without_effect import without_effect

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig("tiny", "projection", MODEL, "d", steps=2, batch=4, publish_seconds=0)
STYLED = replace(
    CONFIG, family="stylegan2", model={"z_size": 5, "w_size": 7, "maps": [8, 6, 4, 4], "features": [4, 4, 6, 6], "size": 32}
)
IDLE = {
    "style_mixing": 0.9,
    "path_length_every": 4,
    "r1_every": 8,
    "attribute_weight": 0.1,
    "pair_noise": 0.2,
}


def test_usual_settings_are_silent():
    assert without_effect(CONFIG) == without_effect(STYLED) == ""


@pytest.mark.parametrize("name", presets())
def test_every_setting_of_a_preset_has_an_effect(name):
    assert without_effect(load_config(name)) == ""


@pytest.mark.parametrize(("name", "value"), IDLE.items(), ids=IDLE)
def test_a_setting_that_belongs_to_what_is_off_is_told(name, value):
    assert without_effect(replace(CONFIG, **{name: value})).startswith(f"This setting has no effect: {name} (")


def test_what_belongs_to_something_that_is_on_is_silent():
    on = replace(CONFIG, r1=1.0, attribute_coordinates={"slant": 0}, pair_weight=1.0)
    assert without_effect(replace(on, r1_every=8, attribute_weight=0.1, pair_noise=0.2)) == ""
    assert without_effect(replace(STYLED, style_mixing=0.9, path_length=1.0, path_length_every=4)) == ""
    assert without_effect(replace(CONFIG, objective="relativistic", smoothing=1.0)) == "", "no smoothing is asked for"
    assert "smoothing (the objective is relativistic)" in without_effect(replace(CONFIG, objective="relativistic", smoothing=0.8))


def test_it_is_said_before_the_first_step(tmp_path):
    images = np.random.RandomState(0).randint(0, 255, (40, 28, 28, 1)).astype(np.uint8)
    data = Dataset("few", images, np.arange(40) % 2, ("a", "b"))
    signs = list(train(replace(CONFIG, style_mixing=0.5, r1_every=4), data, tmp_path / "run"))
    wanted = "These settings have no effect: style_mixing (projection has no styles); r1_every (r1 and r2 are 0)."
    assert signs[0].notice == wanted
    assert [sign.notice for sign in signs if sign.notice] == [wanted]
