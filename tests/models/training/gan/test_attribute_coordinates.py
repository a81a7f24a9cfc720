"""Attribute coordinates: the map from attributes to normal scores, and the loss."""

import numpy as np
import pytest
import torch

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.training.gan.attribute_coordinates import QUANTILES, AttributeCoordinates, ramp


@pytest.fixture(scope="module")
def digits():
    return load("digits")


@pytest.fixture(scope="module")
def coordinates(digits):
    return AttributeCoordinates({"slant": 0, "stroke width": 1}, digits, 10, torch.device("cpu"))


@pytest.mark.parametrize("name", ["slant", "stroke width"])
def test_the_scores_of_real_pictures_are_normal_in_every_class(digits, coordinates, name):
    x = torch.from_numpy(digits.images).float().mean(3) / 255
    labels = torch.from_numpy(digits.labels)
    scores = coordinates.score(name, ATTRIBUTES[name](x), labels)
    for k in range(10):
        assert scores[labels == k].mean().item() == pytest.approx(0, abs=0.05)
        assert scores[labels == k].std().item() == pytest.approx(1, abs=0.1)


def test_a_score_grows_with_its_attribute_also_beyond_what_was_seen(coordinates):
    values = torch.linspace(0.5, 9, 50)
    scores = coordinates.score("stroke width", values, torch.full((50,), 3))
    assert (scores.diff() > 0).all()


def test_the_loss_is_least_where_z_says_what_the_picture_is_and_has_a_gradient(digits, coordinates):
    real = torch.from_numpy(digits.images[::50]).permute(0, 3, 1, 2).float() / 127.5 - 1
    c = torch.eye(10)[torch.from_numpy(digits.labels[::50])]
    z = torch.zeros(len(real), 4)
    x = (real.mean(1) + 1) / 2
    for name, coordinate in coordinates.coordinates.items():
        z[:, coordinate] = coordinates.score(name, ATTRIBUTES[name](x), c.argmax(1)).clamp(-4, 4)
    real.requires_grad_()
    loss = coordinates.loss(real, z + 1, c)
    assert coordinates.loss(real, z, c).item() == pytest.approx(0, abs=1e-6)
    assert loss.item() == pytest.approx(0.5, abs=1e-4)  # the smooth L1 loss at 1
    (gradient,) = torch.autograd.grad(loss, real)
    assert torch.isfinite(gradient).all()
    assert gradient.abs().max() > 0


def test_a_class_that_does_not_vary_is_no_trouble(digits):
    still = digits.subset(np.zeros(20, np.int64))
    coordinates = AttributeCoordinates({"slant": 0}, still, 1, torch.device("cpu"))
    assert torch.isfinite(coordinates.score("slant", torch.tensor([0.1]), torch.tensor([0]))).all()
    assert coordinates.tables["slant"].shape == (1, QUANTILES)


def test_an_unknown_attribute_is_named(digits):
    with pytest.raises(ZscapeError, match="'charm'"):
        AttributeCoordinates({"charm": 0}, digits, 10, torch.device("cpu"))


def test_the_weight_of_the_loss_grows_early_in_a_run():
    assert [ramp(share) for share in (0, 0.05, 0.125, 0.2, 1)] == pytest.approx([0, 0, 0.5, 1, 1])
