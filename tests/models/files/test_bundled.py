"""The bundled models: their files say how good they are, and they are that good."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from zscape.models.data.sources import load
from zscape.models.evaluation.reference_classifier import classifier_for, load_classifier
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import BUNDLED, find
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.latent_draw import draw
from zscape.models.inputs.sampling import sample
from zscape.models.progress import finish

NAMES = ("mnist", "fashion-mnist", "mnist-dcgan")
each_model = pytest.mark.parametrize("name", NAMES)
DIGITS = ("mnist", "mnist-dcgan")


@cache
def model_of(name):
    return load_model(find(name))


def classifier_of(name):
    digits = load("digits")
    return classifier_for(digits) if name in DIGITS else load_classifier(BUNDLED / "classifier-fashion-mnist.safetensors")


def samples(name, per_class=20):
    model = model_of(name)
    labels = np.repeat(np.arange(10), per_class)
    z = np.stack([draw("z", seed, model.spec.z_size) for seed in range(len(labels))]).astype(np.float32)
    return model, labels, z


def test_everything_together_is_small():
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) <= 76e6


@each_model
def test_a_bundled_model_is_whole_and_tells_of_itself(name):
    model = model_of(name)
    spec = model.spec
    assert model.encoder is not None
    assert model.discriminator is not None
    assert spec.name == name
    assert {"class_accuracy", "frechet_distance", "encoder_mse", "encoder_class_accuracy"} <= set(spec.measures)
    assert all(spec.notes[measure] for measure in spec.measures)
    assert {"command", "training", "seconds", "encoder"} <= set(spec.recorded)
    assert spec.recorded["training"]["seed"] >= 0
    assert spec.licence


def test_one_bundled_model_has_styles_of_which_coarse_layers_change_the_picture_more_than_fine_ones():
    model = model_of("faces-styles")
    assert model.space.styles is not None
    assert model.encoder is not None
    runner = GeneratorRunner(model, "cpu")
    points = runner.with_styles(sample(model.space, 40, 0, [0] * 40))
    own, w = runner.draw(points).images.astype(float), points["w"]

    def mixed(first, last):
        """Each picture with the layers from `first` to before `last` of the picture before it."""
        given = w.copy()
        given[:, first:last] = np.roll(w, 1, 0)[:, first:last]
        return runner.draw(replace(points, arrays={**points.arrays, "w": given})).images.astype(float)

    count = w.shape[1]
    assert np.abs(mixed(0, count) - np.roll(own, 1, 0)).max() <= 1
    coarse, fine = (np.abs(mixed(*layers) - own).mean() for layers in ((0, count // 3), (count - count // 3, count)))
    assert coarse > 1.5 * fine
    assert fine > 2


@each_model
def test_it_draws_what_it_is_asked_for(name):
    model, labels, z = samples(name)
    runner = GeneratorRunner(model, "cpu")
    assert runner.fast
    images = np.concatenate([runner.draw(points).images for points in _points(z, labels)])
    found = finish(classifier_of(name).classify(images)).labels
    assert (found == labels).mean() > (0.97 if name in DIGITS else 0.8)


def _points(z, labels):
    from zscape.models.inputs.points import Points

    for start in range(0, len(z), 100):
        part = slice(start, start + 100)
        c = np.eye(10, dtype=np.float32)[labels[part]]
        yield Points({"z": z[part], "class": c}, len(z[part]) // 10, 10)


@pytest.mark.parametrize("name", DIGITS)
def test_the_encoder_finds_digits_and_their_style_in_every_class(name):
    digits = load("digits").subset(np.arange(0, 5000, 83))
    model = model_of(name)
    encoded = finish(encode(model, digits.images, None, device="cpu"))
    assert (encoded.labels == digits.labels).mean() > 0.95
    assert encoded.mse.mean() < 1.3 * model.spec.measures["encoder_mse"]
    drawn = restyle(model, encoded, "cpu").reshape(-1, 28, 28, 1)
    named = finish(classifier_of(name).classify(drawn)).labels.reshape(-1, 10)
    assert (named == np.arange(10)).mean() > 0.98


ATTRIBUTES = [("mnist", {"slant": 0.8, "stroke width": 0.8}), ("fashion-mnist", {"brightness": 0.8, "aspect": 0.5})]
"""The least rank correlation. The aspect of clothes hardly varies within some classes, such as shoes."""


@pytest.mark.parametrize(("name", "attributes"), ATTRIBUTES)
def test_its_named_coordinates_do_what_they_are_called(name, attributes):
    from zscape.models.data.attributes import measure
    from zscape.models.evaluation.style import spearman

    model, labels, z = samples(name, 6)
    assert set(model.spec.coordinates) == set(attributes)
    for attribute, place in model.spec.coordinates.items():
        z[:, place] = np.tile(np.linspace(-1.5, 1.5, 6), 10)
        images = np.concatenate([GeneratorRunner(model, "cpu").draw(points).images for points in _points(z, labels)])
        values = measure(images)[attribute]
        each = [spearman(values[labels == k], z[labels == k, place]) for k in range(10)]
        assert np.mean(each) > attributes[attribute], attribute
