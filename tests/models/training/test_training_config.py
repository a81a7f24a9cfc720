"""Presets and config files: their contents, and the messages about invalid ones."""

from pathlib import Path

import pytest

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.training.config import TrainConfig, load_config
from zscape.models.training.presets import presets, summaries


@pytest.mark.parametrize("name", presets())
def test_every_preset_builds_a_model(name):
    config = load_config(name)
    model = config.built(10)
    assert config.name == name
    assert config.family in FAMILIES
    assert model.classes in (1, 10)
    assert model.z_size > 0
    assert presets()[name].stem == name


def test_the_classic_preset_is_the_recipe_of_the_papers():
    config = load_config("mnist-dcgan")
    assert (config.learning_rate, config.beta1, config.smoothing) == (2e-4, 0.5, 0.9)
    model = config.built(10)
    assert (model.z_size, model.size, model.channels, model.hidden, model.generator_maps[0]) == (100, 28, 1, 1024, 128)
    assert load_config("unconditional-dcgan").built(10).classes == 1


def test_overrides_are_put_in_and_none_stands_for_as_it_is():
    config = load_config("mnist-dcgan", {"steps": 7, "seed": None})
    assert (config.steps, config.seed) == (7, load_config("mnist-dcgan").seed)


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


def test_a_file_of_ones_own_is_named_after_itself(tmp_path):
    path = written(tmp_path, 'family = "dcgan"\nsteps = 12\n[model]\nz_size = 8\n')
    for source in (path, str(path)):
        config = load_config(source)
        assert (config.name, config.steps, config.built(4).z_size, config.built(4).classes) == ("mine", 12, 8, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('family = "dcgan"\nstep = 3', "'step'"),
        ('family = "dcgan"\nsteps = "many"', "steps"),
        ('family = "dcgan"\nsteps = 0', "steps is 0"),
        ('family = "dcgan"\nlearning_rate = nan', "learning_rate is nan"),
        ('family = "dcgan"\nlearning_rate = 11', "learning_rate"),
        ('family = "dcgan"\nsmoothing = 1.5', "smoothing"),
        ('family = "dcgan"\nbatch = 1', "batch"),
        ('family = "dcgan"\nname = ""', "name"),
        ('family = "magic"', "'magic'"),
        ('family = "dcgan"\n[model]\nsize = 29', "29"),
        ('family = "dcgan"\n[model]\ndepth = 2', "'depth'"),
        ('family = "dcgan"\n[model]\nz_size = 1.5', "z_size"),
        ("steps = 3", "family"),
        ("family = ", "TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, said):
    with pytest.raises(ZscapeError, match=said) as caught:
        load_config(written(tmp_path, text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "said"), [("mnist-classic", "mnist-dcgan"), ("gone.toml", "Cannot read"), (Path("a.txt"), "preset")]
)
def test_what_is_not_there_is_said(source, said):
    with pytest.raises(ZscapeError, match=said):
        load_config(source)


def test_every_preset_says_in_its_first_line_what_it_makes():
    for name, summary in summaries().items():
        assert presets()[name].read_text("utf-8").startswith(f'summary = "{summary}"\n')
        assert summary.endswith(".")
        assert load_config(name).summary == summary


def test_every_preset_knows_its_pace():
    assert all(load_config(name).pace > 0 for name in presets())


def test_settings_of_earlier_versions_are_read_under_their_names_of_today(tmp_path):
    old = load_config(written(tmp_path, 'family = "dcgan"\nknob_weight = 0.5\n[knobs]\nslant = 3\n'))
    new = load_config(written(tmp_path, 'family = "dcgan"\nattribute_weight = 0.5\n[attribute_coordinates]\nslant = 3\n'))
    assert old == new
    assert (new.attribute_coordinates, new.attribute_weight) == ({"slant": 3}, 0.5)


def test_a_coordinate_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(ZscapeError, match="'slant' must be one of z, from 0 to 7"):
        load_config(written(tmp_path, 'family = "dcgan"\n[model]\nz_size = 8\n[attribute_coordinates]\nslant = 8\n'))


def test_only_what_a_run_depends_on_is_fixed():
    one = TrainConfig("a", "dcgan", data="x", steps=3, save_seconds=1, publish_seconds=2, summary="s", pace=9)
    two = TrainConfig("b", "dcgan", data="y", steps=9)
    assert one.fixed == two.fixed
    assert TrainConfig("a", "dcgan", batch=32).fixed != one.fixed
