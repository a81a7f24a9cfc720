"""Matching the moments of features: following its gradient reduces the Fréchet distance within classes."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.functional import one_hot

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.distributions import frechet_distance
from zscape.models.files.checkpoint import load_model
from zscape.models.progress import finish
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan import moments
from zscape.models.training.gan.moments import Moments
from zscape.models.training.train import train

MODEL = {"z_size": 3, "hidden": 8, "maps": [6, 4, 3], "features": [3, 4, 5]}
CONFIG = TrainConfig(
    "tiny", "projection", MODEL, "bars", steps=6, batch=8, moment_weight=0.1, class_weight=0.1, publish_seconds=0
)
CPU = torch.device("cpu")


def bars(count=300, names=("lying", "standing")):
    """Bars 28x28 at random places, horizontal or vertical."""
    random = np.random.default_rng(0)
    images = np.zeros((count, 28, 28, 1), np.uint8)
    labels = np.arange(count) % len(names)
    for image, label in zip(images, labels, strict=True):
        place = random.integers(2, 22)
        image[(slice(place, place + 4), slice(4, 24)) if label == 0 else (slice(4, 24), slice(place, place + 4))] = 220
    return Dataset("bars", images, labels.astype(np.int64), names)


@pytest.fixture(scope="module")
def data():
    return bars()


@pytest.fixture(scope="module")
def learnt(data):
    matching = Moments(data, 2, CPU, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "EPOCHS", 4)  # enough for bars
        assert "Learning the classes" in [sign.label for sign in matching.prepare()]
    return matching


@pytest.fixture
def matching(learnt, monkeypatch):
    """Matching over the last 150 pictures of each class, with a comparison at every step."""
    for name, value in (("WINDOW", 150), ("ENOUGH", 100), ("EVERY", 1)):
        monkeypatch.setattr(moments, name, value)
    return copy.deepcopy(learnt)


def pictures(data):
    return torch.from_numpy(data.images).permute(0, 3, 1, 2) / 127.5 - 1, torch.from_numpy(data.labels)


def apart(matching, x, real, labels):
    """The mean over classes of the Fréchet distance between pictures x and the real ones."""
    with torch.no_grad():
        drawn, true = (matching.classifier.features(each) for each in (x, real))
    return np.mean([frechet_distance(drawn[labels == k], true[labels == k]) for k in range(2)])


def shown(matching, x, labels):
    """The loss of x drawn a second time, once the moments are those of x."""
    matching.loss(x, one_hot(labels, 2).float())
    matching.compare_when_due()
    return matching.loss(x, one_hot(labels, 2).float())


def test_a_step_against_its_gradient_brings_the_moments_nearer(matching, data):
    real, labels = pictures(data)
    narrow = real[:30].repeat(10, 1, 1, 1).requires_grad_()  # only a tenth of the variety of each class, ten copies each
    loss, _ = shown(matching, narrow, labels)
    loss.backward()
    before = apart(matching, narrow, real, labels)
    step = narrow.grad / narrow.grad.abs().max()
    nearer, further = (apart(matching, narrow + sign * 0.02 * step, real, labels) for sign in (-1, 1))
    assert nearer < before < further


def test_the_distance_it_tells_is_nothing_for_real_pictures_and_grows_with_what_is_missing(matching, data):
    real, labels = pictures(data)
    shown(matching, real, labels)
    whole = matching.distance.item()
    shown(matching, real[:30].repeat(10, 1, 1, 1), labels)
    assert whole < 0.01 * matching.distance.item()


def test_until_enough_was_drawn_it_asks_for_nothing(matching, data):
    real, labels = pictures(data)
    x = real[:10].requires_grad_()
    loss, class_loss = shown(matching, x, labels[:10])
    loss.backward()
    assert not x.grad.any()
    assert not matching.distance.isfinite()
    assert class_loss > 0


def test_a_rare_class_is_asked_for_once_enough_of_it_was_drawn_and_an_absent_one_never(data, learnt, monkeypatch):
    for name, value in (("WINDOW", 40), ("ENOUGH", 20), ("EVERY", 1)):
        monkeypatch.setattr(moments, name, value)
    matching = copy.deepcopy(learnt)
    real, labels = pictures(data)
    rare = torch.cat([torch.nonzero(labels == 0)[:36, 0], torch.nonzero(labels == 1)[:4, 0]])  # one in ten
    for times, asked in ((2, False), (10, True)):
        x = real[rare].requires_grad_()
        for _ in range(times):
            loss, _ = matching.loss(x, one_hot(labels[rare], 2).float())
            matching.compare_when_due()
        loss.backward()
        assert bool(x.grad[:36].any())
        assert bool(x.grad[36:].any()) == asked
    alone = copy.deepcopy(learnt)
    only = real[labels == 0].requires_grad_()
    loss, _ = shown(alone, only, labels[labels == 0])
    loss.backward()
    assert only.grad.isfinite().all()
    assert alone.distance.isfinite()


def test_pictures_of_latents_that_were_found_are_not_compared(matching, data):
    real, labels = pictures(data)
    x, c = real[:200].repeat(2, 1, 1, 1).requires_grad_(), one_hot(labels[:200], 2).float().repeat(2, 1)
    for _ in range(2):
        loss, _ = matching.loss(x, c, start=150)
        matching.compare_when_due()
    loss.backward()
    assert matching.distance.isfinite()
    assert not x.grad[:150].any()
    assert x.grad[150:].any()


def test_the_class_loss_is_least_where_the_picture_is_of_the_class(matching, data):
    real, labels = pictures(data)
    _, right = matching.loss(real, one_hot(labels, 2).float())
    _, wrong = matching.loss(real, one_hot(1 - labels, 2).float())
    assert right < 0.1 * wrong
    assert matching.class_loss(real, one_hot(labels, 2).float()) == right


def test_a_run_with_it_goes_on_from_anywhere_to_the_same_weights(monkeypatch, tmp_path):
    monkeypatch.setattr(moments, "EPOCHS", 1)
    monkeypatch.setattr(moments, "ENOUGH", 4)
    monkeypatch.setattr(moments, "EVERY", 2)
    some, config = bars(60), replace(CONFIG, steps=4)
    figures = [sign.figures for sign in train(config, some, tmp_path / "whole")]
    assert any("moments" in each for each in figures)
    work = train(config, some, tmp_path / "parts")
    signs = (sign for sign in work if sign.figures.get("step") == 3)
    next(signs)
    work.close()
    assert "Learning the classes" not in [sign.label for sign in train(config, some, tmp_path / "parts", resume=True)]
    whole, parts = (load_model(tmp_path / name / "model.safetensors").generator.state_dict() for name in ("whole", "parts"))
    assert all(torch.equal(tensor, parts[name]) for name, tensor in whole.items())
    plain = finish(train(replace(config, moment_weight=0.0, class_weight=0.0), some, tmp_path / "plain"))
    assert any(not torch.equal(tensor, whole[name]) for name, tensor in load_model(plain).generator.state_dict().items())


def test_without_classes_there_is_nothing_to_learn_the_features_from(tmp_path):
    with pytest.raises(ZscapeError, match="need data with classes"):
        next(train(CONFIG, bars(20, ("bar",)), tmp_path))
