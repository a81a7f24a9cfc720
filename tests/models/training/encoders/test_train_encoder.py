"""Training an encoder: what it starts from, what it leaves unchanged, what it measures, and how it resumes."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from blobs import blobs

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model, save_model
from zscape.models.inference.runner import to_uint8
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.encoder import train_encoder
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "generator_maps": [6, 4], "discriminator_maps": [3, 4]}
CONFIG = TrainConfig("tiny", "dcgan", MODEL, "blobs", steps=8, batch=8, learning_rate=5e-3, publish_seconds=0)
SETTINGS = EncoderSettings(batch=8, learning_rate=1e-2, save_seconds=1e9)


@pytest.fixture(scope="module")
def model_path(tmp_path_factory):
    return finish(train(CONFIG, blobs(60), tmp_path_factory.mktemp("model")))


def start(model_path, out, steps=6, resume=False, settings=SETTINGS):
    return train_encoder(model_path, blobs(60), out, steps=steps, resume=resume, settings=settings)


def state(path):
    model = load_model(path)
    return {f"{part}.{name}": tensor for part, module in model.parts.items() for name, tensor in module.state_dict().items()}


def same(one, two):
    return one.keys() == two.keys() and all(torch.equal(tensor, two[name]) for name, tensor in one.items())


@pytest.fixture(scope="module")
def unbroken(model_path, tmp_path_factory):
    return finish(start(model_path, tmp_path_factory.mktemp("unbroken")))


def test_the_encoder_joins_the_model_with_its_measures_and_changes_nothing_else(model_path, unbroken):
    given, found = load_model(model_path), load_model(unbroken)
    assert found.encoder is not None
    without = {name: tensor for name, tensor in state(unbroken).items() if not name.startswith("encoder.")}
    assert same(without, state(model_path))
    assert {"encoder_mse", "encoder_mse_auto", "encoder_class_accuracy"} == found.spec.measures.keys()
    assert found.spec.notes.keys() == found.spec.measures.keys()
    assert "6 blobs images held out" in found.spec.notes["encoder_mse"]
    assert 0 <= found.spec.measures["encoder_mse_auto"] <= found.spec.measures["encoder_mse"] + 1e-9
    record = found.spec.recorded
    assert record["training"] == given.spec.recorded["training"]
    assert record["encoder"]["command"] == "zscape train-encoder --model tiny --steps 6"
    assert record["encoder"]["step"] == 6


def test_it_learns_to_find_what_the_generator_drew(model_path, tmp_path):
    model = load_model(model_path)
    for part in (model.generator.linear, model.generator.project, *model.generator.ups):
        part.weight.mul_(8)  # so that pictures differ, like those of a trained generator
    save_model(tmp_path / "lively.safetensors", model)
    labels = np.arange(400) % 2
    z = torch.randn(400, 3, generator=torch.Generator().manual_seed(1))
    drawn = Dataset("drawn", to_uint8(model.generator({"z": z, "class": torch.eye(2)[labels]})), labels, ("left", "right"))
    work = train_encoder(tmp_path / "lively.safetensors", drawn, tmp_path / "out", steps=90, settings=replace(SETTINGS, batch=32))
    figures = [sign.figures for sign in work if "mse" in sign.figures]
    assert np.mean([sign["mse"] for sign in figures[-5:]]) < 0.7 * np.mean([sign["mse"] for sign in figures[:3]])


@pytest.mark.parametrize("signs", [1, 2, 5, 12])
def test_closed_anywhere_and_resumed_it_ends_with_the_weights_of_an_unbroken_run(model_path, unbroken, tmp_path, signs):
    work = start(model_path, tmp_path)
    for _ in range(signs):
        next(work)
    work.close()
    assert load_model(tmp_path / "model.safetensors").encoder is not None
    finish(start(model_path, tmp_path, resume=True))
    assert same(state(tmp_path / "model.safetensors"), state(unbroken))


def test_it_can_begin_with_the_encoder_of_another_model_and_says_so(model_path, unbroken, tmp_path):
    slow = replace(SETTINGS, learning_rate=1e-9)
    work = train_encoder(model_path, blobs(60), tmp_path / "on", steps=2, settings=slow, begin=unbroken)
    next(work)
    work.close()
    path = finish(train_encoder(model_path, blobs(60), tmp_path / "on", steps=2, settings=slow, resume=True))
    before, after = load_model(unbroken), load_model(path)
    for one, two in zip(before.encoder.parameters(), after.encoder.parameters(), strict=True):
        torch.testing.assert_close(one, two, atol=1e-6, rtol=0)
    record = after.spec.recorded["encoder"]
    assert record["start"] == before.spec.sha256
    assert record["command"] == "zscape train-encoder --model tiny --steps 2 --start tiny"
    assert record["before"] == before.spec.recorded["encoder"]


def test_a_warm_start_without_an_encoder_or_of_another_shape_is_refused(model_path, unbroken, tmp_path):
    with pytest.raises(ZscapeError, match="holds no encoder"):
        next(train_encoder(model_path, blobs(60), tmp_path / "a", steps=1, begin=model_path))
    wider = replace(CONFIG, model={**MODEL, "z_size": 4}, steps=1)
    other = finish(train(wider, blobs(60), tmp_path / "wider"))
    with pytest.raises(ZscapeError, match="not of the family and shape"):
        next(train_encoder(other, blobs(60), tmp_path / "b", steps=1, begin=unbroken))


def test_the_latent_term_can_be_left_out(model_path, tmp_path):
    signs = list(start(model_path, tmp_path, steps=2, settings=replace(SETTINGS, latent_weight=0.0)))
    assert not any("latent" in sign.figures for sign in signs)


def test_what_cannot_be_trained_is_said(model_path, unbroken, tmp_path):
    bare = load_model(model_path)
    bare.discriminator = None
    save_model(tmp_path / "bare.safetensors", bare)
    with pytest.raises(ZscapeError, match="no discriminator"):
        next(start(tmp_path / "bare.safetensors", tmp_path / "a"))
    with pytest.raises(ZscapeError, match="tiny draws left, right; blobs has a, b, c"):
        next(train_encoder(model_path, blobs(60, names=("a", "b", "c")), tmp_path / "b"))
    with pytest.raises(ZscapeError, match="already holds a run"):
        next(start(model_path, unbroken.parent))
    with pytest.raises(ZscapeError, match="batch = 8, not 4"):
        next(start(model_path, unbroken.parent, resume=True, settings=replace(SETTINGS, batch=4)))
    other = load_model(model_path)
    other.generator.linear.weight.mul_(2)
    save_model(tmp_path / "other.safetensors", other)
    with pytest.raises(ZscapeError, match="model = "):
        next(start(tmp_path / "other.safetensors", unbroken.parent, resume=True))


def test_data_with_other_class_names_is_refused_and_the_same_in_another_order_is_put_in_order(model_path, tmp_path):
    other = blobs(60, names=("one", "two"))
    with pytest.raises(ZscapeError, match="tiny draws left, right; blobs has one, two"):
        next(train_encoder(model_path, other, tmp_path / "a"))
    assert not (tmp_path / "a").exists()
    turned = replace(blobs(60), labels=1 - blobs(60).labels, class_names=("right", "left"))
    paths = [finish(train_encoder(model_path, data, tmp_path / data.class_names[0], 2)) for data in (blobs(60), turned)]
    assert same(*map(state, paths))


def test_a_model_that_no_run_there_has_written_is_left_alone(model_path, tmp_path):
    shutil.copy(model_path, tmp_path / "model.safetensors")
    before = (tmp_path / "model.safetensors").read_bytes()
    with pytest.raises(ZscapeError, match="holds a model that is not of a run there") as caught:
        next(start(model_path, tmp_path))
    assert "\n" not in str(caught.value)
    assert (tmp_path / "model.safetensors").read_bytes() == before


def test_a_loss_that_is_no_number_stops_the_run(model_path, tmp_path):
    with pytest.raises(ZscapeError, match="learning_rate"):
        finish(start(model_path, tmp_path, settings=replace(SETTINGS, learning_rate=1e30)))
