"""Warnings about unusual data before a run, which then goes on."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.encoder import train_encoder
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig("tiny", "projection", MODEL, "d", steps=2, batch=4, attribute_coordinates={"slant": 0}, publish_seconds=0)


def pictures(count=40, names=("a", "b"), labels=None, shape=(28, 28, 1)):
    images = np.random.RandomState(0).randint(0, 255, (count, *shape)).astype(np.uint8)
    labels = np.arange(count) % len(names) if labels is None else np.resize(labels, count)
    return Dataset("odd", images, labels.astype(np.int64), names)


ODD = {
    "one class": (pictures(names=("all",)), "one class"),
    "ten pictures": (pictures(10), "only 10 pictures"),
    "a class missing": (pictures(names=("a", "b", "c"), labels=[0, 2]), "no pictures of b"),
    "colour for grey": (pictures(shape=(28, 28, 3)), "colours are dropped"),
    "another size": (pictures(shape=(20, 30, 1)), "30 × 20 and are resized to 28 × 28"),
}


@pytest.mark.parametrize(("data", "said"), ODD.values(), ids=ODD)
def test_unusual_data_is_said_once_and_trained_on(tmp_path, data, said):
    signs = list(train(CONFIG, data, tmp_path / "g"))
    assert [said in sign.notice for sign in signs if sign.notice] == [True]
    assert signs[0].notice
    finish(train_encoder(tmp_path / "g" / "model.safetensors", data, tmp_path / "e", 2, settings=EncoderSettings(batch=4)))


def test_nothing_is_said_of_usual_data():
    assert data_warnings(pictures(), (1, 28, 28)) == ""
    assert data_warnings(pictures(shape=(28, 28, 3)), (3, 28, 28)) == ""


def test_grey_pictures_in_three_channels_lose_no_colours():
    grey = pictures(shape=(28, 28, 1))
    stored = replace(grey, images=np.repeat(grey.images, 3, axis=3))
    assert data_warnings(stored, (1, 28, 28)) == ""
    for data in (grey, stored):
        assert "a grey one learns them faster" in data_warnings(data, (3, 28, 28))


def test_a_class_that_is_much_smaller_than_another_is_said():
    assert "b has 4 pictures and a 40" in data_warnings(pictures(44, labels=[0] * 10 + [1]), (1, 28, 28))


def test_a_folder_of_all_sizes_is_told_in_one_sentence(tmp_path):
    for index, (width, height) in enumerate([(400, 300), (200, 200), (190, 250)]):
        (tmp_path / f"{index % 2}").mkdir(exist_ok=True)
        Image.new("RGB", (width, height), (9, 200, 9)).save(tmp_path / f"{index % 2}" / f"{index}.png")
    said = data_warnings(load(str(tmp_path)), (3, 32, 32))
    assert "200 × 200 to 400 × 300 and are resized to 32 × 32, with a margin" in said
    assert said.count("resized") == 1
