"""The available models, by name."""

import pytest
from recipes import inputs

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGANConfig, DCGANGenerator
from zscape.models.files import library
from zscape.models.files.checkpoint import Model, save_model
from zscape.models.files.spec import Spec

CONFIG = DCGANConfig(z_size=2, classes=2, hidden=2, generator_maps=(2, 2), discriminator_maps=(2, 2))


def put(path, name):
    settings = {"z_size": 2, "classes": 2, "hidden": 2, "generator_maps": [2, 2], "discriminator_maps": [2, 2]}
    save_model(path, Model(Spec(name, "dcgan", settings, inputs(2, "ab"), (1, 28, 28)), DCGANGenerator(CONFIG)))
    return path


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    monkeypatch.setenv("ZSCAPE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(library, "BUNDLED", tmp_path / "bundled")
    return tmp_path


def test_without_models_there_is_no_default_and_the_message_says_how_to_get_one(places):
    assert library.listing() == []
    assert library.trained_folder() == places / "home" / "models"
    with pytest.raises(ZscapeError, match="zscape train"):
        library.default_name()
    with pytest.raises(ZscapeError, match="none yet"):
        library.find("anything")


def test_bundled_and_trained_models_are_listed_and_found_by_name_folder_or_path(places):
    bundled = put(places / "bundled" / "other.safetensors", "other")
    trained = put(library.trained_folder() / "run-2" / "model.safetensors", "mine")
    (places / "bundled" / "broken.safetensors").write_text("no model")
    (library.trained_folder() / "empty").mkdir()
    assert [(entry.called, entry.spec.name, entry.path, entry.origin) for entry in library.listing()] == [
        ("other", "other", bundled, "bundled"),
        ("run-2", "mine", trained, "trained"),
    ]
    assert library.default_name() == "other"
    assert library.find("other") == library.find(str(bundled)) == bundled
    assert library.find("mine") == library.find("run-2") == library.find(trained.parent) == trained
    with pytest.raises(ZscapeError, match=r"'nobody'.*other, run-2"):
        library.find("nobody")
    put(places / "bundled" / "broken.safetensors", "mended")
    assert [entry.called for entry in library.listing()] == ["mended", "other", "run-2"]


def test_of_two_runs_that_gave_one_name_each_is_found_by_what_lists_call_it(places):
    runs = [put(library.trained_folder() / name / "model.safetensors", "one") for name in ("one", "one-encoder")]
    assert [entry.called for entry in library.listing()] == ["one", "one-encoder"]
    assert [library.find(name) for name in ("one", "one-encoder")] == runs


def test_mnist_is_the_default_and_a_bundled_one_comes_first(places):
    put(places / "bundled" / "a.safetensors", "a")
    digits = put(places / "bundled" / "mnist.safetensors", "mnist")
    put(library.trained_folder() / "mnist" / "model.safetensors", "mnist")
    assert library.default_name() == "mnist"
    assert [entry.spec.name for entry in library.listing()] == ["mnist", "a", "mnist"]
    assert library.find("mnist") == digits


def test_the_persons_folder_is_the_systems_where_none_is_chosen(monkeypatch):
    monkeypatch.delenv("ZSCAPE_HOME")
    assert library.trained_folder().parts[-2:] == ("zscape", "models")
