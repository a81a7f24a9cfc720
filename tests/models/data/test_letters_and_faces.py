"""The bundled models of letters and faces: they draw the class asked for, in one style, from a single picture."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from zscape.models.data.given_pictures import read_inputs
from zscape.models.evaluation.reference_classifier import load_classifier
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import BUNDLED, find
from zscape.models.inference.distance import in_words
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.sampling import sample
from zscape.models.progress import finish

MODELS = {"letters": (26, (1, 64, 64)), "faces": (10, (3, 64, 64))}
PICTURES = {"letters": ("one-letter.png", "R"), "faces": ("one-face.png", "calm")}
each_model = pytest.mark.parametrize("name", MODELS)


@cache
def model_of(name):
    return load_model(find(name))


@each_model
def test_it_is_whole_and_tells_of_itself(name):
    model = model_of(name)
    spec = model.spec
    assert (len(spec.class_names), spec.image_shape) == MODELS[name]
    assert model.encoder is not None
    assert model.discriminator is not None
    assert {"encoder_mse", "other_classes_mse", "class_accuracy"} <= set(spec.measures)
    assert all(spec.notes[measure] for measure in spec.measures)
    assert spec.licence
    assert "/" not in spec.data


@each_model
def test_it_draws_the_classes_it_is_asked_for(name):
    model, classifier = model_of(name), load_classifier(BUNDLED / f"classifier-{name}.safetensors")
    classes = MODELS[name][0]
    labels = np.resize(np.arange(classes), 100)
    images = GeneratorRunner(model, "cpu").draw(sample(model.space, 100, 3, labels.tolist())).images
    assert (finish(classifier.classify(images)).labels == labels).mean() > 0.9


@each_model
def test_one_picture_gives_every_class(name):
    model, classifier = model_of(name), load_classifier(BUNDLED / f"classifier-{name}.safetensors")
    file, label = PICTURES[name]
    inputs = read_inputs(Path(__file__).parents[3] / "docs" / file, model.spec.image_shape, model.spec.subject, model.spec.layout)
    encoded = finish(encode(model, inputs.images, None, device="cpu"))
    assert model.spec.class_names[int(encoded.labels[0])] == label
    assert in_words(float(encoded.mse[0]), model.spec.measures).startswith("as close as")  # the README's example is a typical one
    drawn = restyle(model, encoded, "cpu").reshape(-1, *inputs.images.shape[1:])
    assert (finish(classifier.classify(drawn)).labels == np.arange(MODELS[name][0])).mean() >= 0.9
