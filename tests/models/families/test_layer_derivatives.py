"""The fast layers compute what torch's plain ones do, and so do their first and second derivatives."""

import math

import pytest
import torch
from torch import nn

from zscape.models.families.dcgan import DCGANConfig, DCGANDiscriminator
from zscape.models.families.layers import linear
from zscape.models.families.layers.join import Join
from zscape.models.families.layers.linear import Linear
from zscape.models.families.layers.tone import REACH, Tone
from zscape.models.training.gan.losses import gradient_penalty


def derivatives(layer, x, parameters):
    """The output y of a layer at x, the gradients of the sum of y^3, and the gradients of the sum of those gradients squared."""
    y = layer(x)
    first = torch.autograd.grad(y.pow(3).sum(), [x, *parameters], create_graph=True)
    second = torch.autograd.grad(sum(each.square().sum() for each in first), [x, *parameters])
    return [y, *first, *second]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("intel", [True, False])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rows", [1, 9])
def test_the_fast_linear_layer_has_the_values_and_both_derivatives_of_torchs(monkeypatch, intel, bias, rows):
    monkeypatch.setattr(linear, "INTEL", intel)
    torch.manual_seed(0)
    ours, theirs = Linear(13, 7, bias=bias), nn.Linear(13, 7, bias=bias)
    theirs.load_state_dict(ours.state_dict())
    inputs = [torch.linspace(-1, 1, rows * 13).view(rows, 13).requires_grad_() for _ in range(2)]
    results = [derivatives(layer, x, list(layer.parameters())) for layer, x in zip((ours, theirs), inputs, strict=True)]
    for mine, reference in zip(*results, strict=True):
        torch.testing.assert_close(mine, reference, rtol=1e-4, atol=1e-4)
    with torch.no_grad():
        torch.testing.assert_close(ours(inputs[0]), theirs(inputs[0]))
        assert ours(torch.empty(0, 13)).shape == (0, 7)
        assert ours(torch.ones(2, 3, 13)).shape == (2, 3, 7)


@pytest.mark.parametrize("shape", [(4, 5), (4, 5, 3, 6)])
def test_the_class_is_joined_with_the_values_and_both_derivatives_of_the_plain_way(shape):
    join, c = Join(), torch.rand(4, 3)
    inputs = [torch.linspace(-1, 1, math.prod(shape)).view(shape).requires_grad_() for _ in range(2)]
    ways = (lambda x: join(x, c), lambda x: join.plain(x, c))
    results = [derivatives(way, x, []) for way, x in zip(ways, inputs, strict=True)]
    assert results[0][0].shape == (4, 8, *shape[2:])
    for mine, reference in zip(*results, strict=True):
        torch.testing.assert_close(mine, reference)


@pytest.mark.parametrize("training", [True, False])
def test_the_tone_curve_has_the_derivatives_of_the_same_curve_in_plain_torch(training):
    tone = Tone().train(training)
    tone.curve.copy_(torch.linspace(-1, 1, len(tone.curve)) ** 3)

    def plain(x):
        y = REACH * torch.tanh(x)
        if training:
            return y.clamp(-1, 1)
        place = (y + REACH) * ((len(tone.curve) - 1) / (2 * REACH))
        low = place.detach().long().clamp(0, len(tone.curve) - 2)
        return tone.curve[low] + (place - low) * (tone.curve[low + 1] - tone.curve[low])

    results = [derivatives(layer, torch.linspace(-2, 2, 40).view(2, 20).requires_grad_(), []) for layer in (tone, plain)]
    for mine, reference in zip(*results, strict=True):
        torch.testing.assert_close(mine, reference, rtol=1e-3, atol=1e-4)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("intel", [True, False])
def test_the_gradient_penalty_of_a_dcgan_is_that_of_plain_linear_layers(monkeypatch, intel):
    monkeypatch.setattr(linear, "INTEL", intel)
    config = DCGANConfig(28, 1, z_size=5, classes=3, hidden=16, generator_maps=(12, 8), discriminator_maps=(6, 10))
    torch.manual_seed(0)
    ours = DCGANDiscriminator(config)
    theirs = DCGANDiscriminator(config)
    theirs.load_state_dict(ours.state_dict())
    for part in theirs.modules():
        if isinstance(part, Linear):
            part.forward = nn.Linear.forward.__get__(part)
    x, c = torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(1)) * 2 - 1, torch.eye(3)[[0, 1, 2] * 2]
    results = []
    for network in (ours, theirs):
        images = x.clone().requires_grad_()
        penalty = gradient_penalty(network(images, c), images)
        penalty.backward()
        results.append([penalty, *(parameter.grad for parameter in network.parameters() if parameter.grad is not None)])
    assert len(results[0]) == len(results[1]) > 4
    for mine, reference in zip(*results, strict=True):
        torch.testing.assert_close(mine, reference, rtol=1e-3, atol=1e-6 * max(1, reference.abs().max().item()))
    assert ours.head.weight.grad.abs().max() > 0
    assert ours.trunk.linear.weight.grad.abs().max() > 0
