"""Training an encoder that classifies, for a generator with attribute coordinates, and starting from an encoder."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.functional import one_hot

from zscape.models.data.dataset import Dataset
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.encoding import encode, to_float
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.encoder import train_encoder
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.gan.attribute_coordinates import AttributeCoordinates
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig(
    "tiny",
    "projection",
    MODEL,
    "bars",
    steps=4,
    batch=8,
    attribute_weight=0.03,
    attribute_coordinates={"brightness": 1},
    publish_seconds=0,
)
SETTINGS = EncoderSettings(
    batch=16, learning_rate=2e-2, latent_weight=0.0, class_weight=1.0, attribute_weight=1.0, save_seconds=1e9
)
"""Without training on drawn images, which is half of each step: this tests what is learned from real ones."""
STEPS = 40


def bars(count=200):
    """Vertical or horizontal bars, from dim to bright."""
    labels = np.arange(count) % 2
    images = np.zeros((count, 28, 28, 1), np.uint8)
    brightness = np.random.RandomState(0).randint(40, 256, count)
    for image, label, value in zip(images, labels, brightness, strict=True):
        image[(slice(4, 24), slice(10, 18)) if label else (slice(10, 18), slice(4, 24))] = value
    return Dataset("bars", images, labels.astype(np.int64), ("lying", "standing"), "ours")


@pytest.fixture(scope="module")
def model_path(tmp_path_factory):
    return finish(train(CONFIG, bars(), tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="module")
def trained(model_path, tmp_path_factory):
    return finish(train_encoder(model_path, bars(), tmp_path_factory.mktemp("encoder"), steps=STEPS, settings=SETTINGS))


def test_the_class_is_learned_and_measured_in_the_same_pass(trained):
    spec = load_model(trained).spec
    assert spec.measures["encoder_class_accuracy"] > 0.9
    assert "in the same pass" in spec.notes["encoder_mse_auto"]


def test_attribute_coordinates_say_what_is_measured_on_the_picture(model_path, trained, tmp_path):
    settings = replace(SETTINGS, attribute_weight=0.0)
    unasked = finish(train_encoder(model_path, bars(), tmp_path, steps=STEPS, settings=settings))
    data = bars()
    attributes = AttributeCoordinates({"brightness": 1}, data, 2, torch.device("cpu"))
    far = []
    for path in (trained, unasked):
        z = finish(encode(load_model(path), data.images, data.labels, device="cpu")).z
        far.append(attributes.loss(to_float(data.images), torch.from_numpy(z), one_hot(torch.from_numpy(data.labels), 2).float()))
    assert far[0] < 0.5 * far[1]


def test_a_model_with_an_encoder_goes_on_with_it(trained, tmp_path):
    path = finish(
        train_encoder(trained, bars(), tmp_path, steps=1, settings=replace(SETTINGS, latent_weight=0.1, learning_rate=1e-9))
    )
    before, after = load_model(trained), load_model(path)
    for name, tensor in after.encoder.state_dict().items():
        np.testing.assert_allclose(tensor, before.encoder.state_dict()[name], atol=1e-6)
    assert after.spec.recorded["encoder"]["before"] == before.spec.recorded["encoder"]
