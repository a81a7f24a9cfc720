"""Coordinates for attributes that are given as numbers with the data."""

import numpy as np
import pytest
import torch
from torch.nn.functional import one_hot

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.attribute_coordinates import AttributeCoordinates
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig("tiny", "projection", MODEL, "d", steps=2, batch=4, attribute_coordinates={"height": 1}, publish_seconds=0)


def bars(count=300):
    """Bars at known heights, in two classes of width."""
    random = np.random.RandomState(0)
    height, labels = random.randint(0, 22, count), np.arange(count) % 2
    images = np.zeros((count, 28, 28, 1), np.uint8)
    for image, top, label in zip(images, height, labels, strict=True):
        image[top : top + 6, 4 : 14 + 10 * label] = 220
    return Dataset("bars", images, labels.astype(np.int64), ("short", "long"), attributes={"height": height * 10.0})


@pytest.fixture(autouse=True)
def soon_read(monkeypatch):
    """Reading an attribute of bars takes fewer training steps than of real pictures."""
    monkeypatch.setattr("zscape.models.training.classifiers.attribute_reader.STEPS", 50)


def test_what_is_given_is_read_from_pictures_and_asked_for():
    data = bars()
    coordinates = AttributeCoordinates({"height": 0}, data, 2, torch.device("cpu"))
    finish(coordinates.prepare())
    x = (torch.from_numpy(data.images).permute(0, 3, 1, 2) / 127.5 - 1).requires_grad_()
    labels = torch.from_numpy(data.labels)
    true = coordinates.score("height", torch.from_numpy(data.attributes["height"]).float(), labels)
    near = coordinates.loss(x, true[:, None], one_hot(labels, 2).float())
    far = coordinates.loss(x, -true[:, None], one_hot(labels, 2).float())
    assert near < 0.1 * far
    near.backward()
    assert x.grad.abs().sum() > 0


def test_a_generator_is_trained_on_them_and_its_file_names_the_coordinate(tmp_path, monkeypatch):
    monkeypatch.setattr("zscape.models.training.classifiers.attribute_reader.STEPS", 3)
    labels = [sign.label for sign in train(CONFIG, bars(), tmp_path)]
    assert "Learning to read the attributes" in labels
    assert load_model(tmp_path / "model.safetensors").spec.coordinates == {"height": 1}


def test_they_are_read_from_an_npz_and_follow_their_pictures(tmp_path):
    data = bars(40)
    values = np.stack([data.attributes["height"], np.arange(40.0)], 1)
    save_arrays(
        tmp_path / "d.npz",
        images=data.images,
        labels=data.labels,
        attributes=values,
        attribute_names=np.array(["height", "order"]),
    )
    read = load(str(tmp_path / "d.npz"))
    some, held = read.split(10, 1)
    for part in (read, some, held, read.fit((1, 20, 20))):
        order = part.attributes["order"].astype(int)
        np.testing.assert_array_equal(part.labels, data.labels[order])
        np.testing.assert_array_equal(part.attributes["height"], data.attributes["height"][order])


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"attributes": np.zeros((4, 1))}, "with 0 names"),
        ({"attributes": np.zeros((3, 1)), "attribute_names": np.array(["a"])}, r"\[4, A\]"),
        ({"attributes": np.zeros((4, 2)), "attribute_names": np.array(["a", "a"])}, "different"),
        ({"attributes": np.full((4, 1), np.nan), "attribute_names": np.array(["a"])}, "finite"),
    ],
    ids=["no names", "count", "twice", "nan"],
)
def test_attributes_that_do_not_fit_are_refused(tmp_path, arrays, said):
    save_arrays(tmp_path / "d.npz", images=np.zeros((4, 28, 28), np.uint8), **arrays)
    with pytest.raises(ZscapeError, match=said):
        load(str(tmp_path / "d.npz"))


def test_an_attribute_that_is_neither_measured_nor_given_is_refused(tmp_path):
    data = bars(20)
    with pytest.raises(ZscapeError, match=r"it can be .*aspect, height"):
        AttributeCoordinates({"mood": 0}, data, 2, torch.device("cpu"))
