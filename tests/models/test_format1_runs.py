"""Runs that an earlier version began are resumed and end where an unbroken run of that version did."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.encoding import to_float
from zscape.models.inference.runner import to_uint8
from zscape.models.media.images import read_image
from zscape.models.training.config import load_config
from zscape.models.training.encoder import train_encoder
from zscape.models.training.encoder_settings import EncoderSettings
from zscape.models.training.run_file import load_run, save_run
from zscape.models.training.train import train

FIXTURES = Path(__file__).parents[1] / "fixtures" / "format1"
FAMILIES = ("dcgan", "projection")


@pytest.fixture(scope="module")
def data():
    return load("digits").subset(np.arange(0, 5000, 25))


def copied(name, tmp_path):
    return Path(shutil.copytree(FIXTURES / name, tmp_path / name))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_generators_run_goes_on_to_the_same_pictures(tmp_path, data, family):
    folder = copied(f"run-{family}", tmp_path)
    config = load_config(folder / "config.toml", {"name": family})
    signs = list(train(config, data, folder, resume=True))
    assert signs[0].done == 6  # half of it was there
    model = load_model(folder / "model.safetensors")
    assert model.spec.step == config.steps
    assert model.spec.coordinates == ({"slant": 0, "stroke width": 1} if family == "projection" else {})
    z = torch.randn(20, 6, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        images = to_uint8(model.generator({"z": z, "class": torch.eye(10)[torch.arange(20) % 10]}))
    grid = images.reshape(2, 10, 28, 28).transpose(0, 2, 1, 3).reshape(56, 280).astype(int)
    wanted = read_image(folder / "finished.png").reshape(56, 280, -1)[:, :, 0].astype(int)
    assert np.abs(grid - wanted).max() <= 4
    assert wanted.std() > 1


@pytest.mark.parametrize("family", FAMILIES)
def test_an_encoders_run_goes_on_to_the_same_latents(tmp_path, data, family):
    folder = copied(f"encoder-run-{family}", tmp_path)
    settings = EncoderSettings(batch=8)
    work = train_encoder(folder / "generator.safetensors", data, folder, 10, resume=True, settings=settings)
    signs = [sign for sign in work if sign.label == "Training the encoder"]
    assert signs[-1].done == 10
    model = load_model(folder / "model.safetensors")
    assert model.spec.recorded["encoder"]["step"] == 10
    assert "encoder_mse" in model.spec.measures
    x, c = to_float(data.images[:8]), torch.eye(10)[torch.from_numpy(data.labels[:8])]
    with torch.no_grad():
        z = model.encoder(x, c).numpy()
    wanted = np.load(folder / "finished.npz")["z"]
    np.testing.assert_allclose(z, wanted, atol=0.02)
    assert wanted.std() > 0.02


def test_another_run_is_still_told_apart_by_the_settings_that_were_renamed(tmp_path, data):
    folder = copied("run-projection", tmp_path)
    config = load_config(folder / "config.toml", {"name": "projection", "attribute_weight": 0.5})
    with pytest.raises(ZscapeError, match=r"attribute_weight = 0\.03, not 0\.5"):
        next(train(config, data, folder, resume=True))


def test_tensors_that_were_renamed_are_found(tmp_path):
    save_run(tmp_path / "run.safetensors", {"moments/lack": torch.ones(2), "moments/mean": torch.zeros(2)}, {}, 1.0)
    found, _ = load_run(tmp_path / "run.safetensors", {})
    assert found.keys() == {"moments/cov_gradient", "moments/mean"}
