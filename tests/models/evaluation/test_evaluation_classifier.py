"""The reference classifier: its file, its training, and the bundled ones."""

import dataclasses

import numpy as np
import pytest
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.data.jitter import jittered
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.classifier_training import train_reference_classifier
from zscape.models.evaluation.reference_classifier import (
    ClassifierSpec,
    ReferenceClassifier,
    classifier_for,
    load_classifier,
    save_classifier,
)
from zscape.models.files.checkpoint import save_tensors
from zscape.models.files.library import BUNDLED
from zscape.models.progress import finish
from zscape.models.training.classifiers.classifier_network import FEATURES, Classifier

BUNDLED_CLASSIFIER = BUNDLED / "classifier-mnist.safetensors"


def bars(count, classes=("lying", "standing")):
    """Noisy bars 12x12, horizontal or vertical."""
    random = np.random.default_rng(0)
    images = random.integers(0, 60, (count, 12, 12, 1)).astype(np.uint8)
    labels = np.arange(count) % 2
    for image, label in zip(images, labels, strict=True):
        place = random.integers(3, 9)
        image[(slice(place, place + 2), slice(2, 10)) if label == 0 else (slice(2, 10), slice(place, place + 2))] += 190
    return Dataset("bars", images, labels.astype(np.int64), classes)


@pytest.fixture(scope="module")
def classifier():
    torch.manual_seed(0)
    spec = ClassifierSpec(("a", "b", "c"), (3, 16, 20), "noise", 40, 10, 0.5, {"seed": 0, "torch": "x"})
    return ReferenceClassifier(spec, Classifier(spec.image_shape, 3).eval().requires_grad_(False))


def test_a_classifier_predicts_the_same_after_saving_and_loading(classifier, tmp_path):
    save_classifier(tmp_path / "j.safetensors", classifier)
    back = load_classifier(tmp_path / "j.safetensors")
    assert back.spec == classifier.spec
    images = np.random.default_rng(0).integers(0, 255, (130, 16, 20, 3)).astype(np.uint8)
    here, there = finish(classifier.classify(images)), finish(back.classify(images))
    assert here.features.shape == (130, FEATURES)
    assert here.labels.shape == (130,)
    torch.testing.assert_close(here.features, there.features, atol=5e-3, rtol=5e-3)  # the file stores half precision
    assert (here.features >= 0).all()


def test_classifying_reports_its_progress(classifier):
    steps = list(classifier.classify(np.zeros((250, 16, 20, 3), np.uint8), "Classifying"))
    assert [(step.done, step.total, step.label) for step in steps] == [(n, 250, "Classifying") for n in (100, 200, 250)]


def test_files_that_hold_no_classifier_are_refused(classifier, tmp_path):
    path = tmp_path / "j.safetensors"
    save_tensors(path, {"x": torch.zeros(2)}, {})
    with pytest.raises(ZscapeError, match="not a classifier"):
        load_classifier(path)
    save_classifier(path, ReferenceClassifier(dataclasses.replace(classifier.spec, class_names=("a", "b")), classifier.network))
    with pytest.raises(ZscapeError, match="tensors"):
        load_classifier(path)
    save_classifier(
        path, ReferenceClassifier(dataclasses.replace(classifier.spec, image_shape=(3, 10**6, 10**6)), classifier.network)
    )
    with pytest.raises(ZscapeError, match="no classifier takes"):
        load_classifier(path)


def test_a_damaged_classifier_is_refused(classifier, tmp_path):
    network = Classifier((3, 16, 20), 3)
    with torch.no_grad():
        network.decide.bias[0] = float("nan")
    save_classifier(tmp_path / "j.safetensors", ReferenceClassifier(classifier.spec, network))
    with pytest.raises(ZscapeError, match="not finite"):
        load_classifier(tmp_path / "j.safetensors")


def test_training_learns_and_is_the_same_for_the_same_seed():
    data = bars(1200)
    first, again = (finish(train_reference_classifier(data, epochs=3, seed=1)) for _ in range(2))
    assert first.spec.accuracy > 0.95
    assert (first.spec.count, first.spec.held_out) == (960, 240)
    assert first.spec.recorded["seed"] == 1
    for name, tensor in first.network.state_dict().items():
        assert torch.equal(tensor, again.network.state_dict()[name]), name


@pytest.mark.parametrize("count", [10, 99])
def test_training_wants_enough_pictures(count):
    with pytest.raises(ZscapeError, match="at least 100"):
        finish(train_reference_classifier(bars(count)))


def test_training_wants_two_classes():
    data = bars(200)
    with pytest.raises(ZscapeError, match="two classes"):
        finish(train_reference_classifier(dataclasses.replace(data, labels=data.labels * 0, class_names=("all",))))


def test_jitter_moves_pictures_but_not_far():
    x = -torch.ones(50, 1, 28, 28)
    x[:, :, 12:16, 12:16] = 1
    moved = jittered(x, torch.Generator().manual_seed(0))
    assert moved.shape == x.shape
    assert not torch.allclose(moved[0], moved[1])
    assert (moved[:, :, :5].amax((1, 2, 3)) < 0).all()
    assert ((moved > 0).sum((1, 2, 3)) > 6).all()


def test_the_bundled_classifier_is_accurate_on_digits_and_is_small():
    spec = load_classifier(BUNDLED_CLASSIFIER).spec
    assert BUNDLED_CLASSIFIER.stat().st_size <= 1_500_000
    assert spec.accuracy >= 0.994
    assert spec.held_out == 10_000
    digits = load("digits")
    classifier = classifier_for(digits)
    assert classifier is not None
    assert (finish(classifier.classify(digits.images[::5])).labels == digits.labels[::5]).mean() > 0.99
    assert classifier_for(bars(100)) is None
