"""The losses of the networks: compared with the written-out formulas, and by their properties."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from zscape.models.training.gan.losses import chi_square, discriminator_loss, generator_loss, gradient_penalty, relativistic_loss

logits = st.lists(st.floats(-30, 30, width=32), min_size=1, max_size=8).map(torch.tensor)


def entropy(logit, target):
    probability = torch.sigmoid(logit.double())
    return -(target * probability.log() + (1 - target) * torch.sigmoid(-logit.double()).log()).mean()


@given(logits, logits, st.floats(0.5, 1))
def test_discriminator_loss_is_the_mean_cross_entropy_of_both_halves(real, fake, smoothing):
    wanted = (entropy(real, smoothing) + entropy(fake, 0.0)) / 2
    assert discriminator_loss(real, fake, smoothing).item() == pytest.approx(wanted.item(), rel=1e-4, abs=1e-5)


@given(logits)
def test_generator_loss_is_minus_log_of_being_taken_for_real(fake):
    assert generator_loss(fake).item() == pytest.approx(entropy(fake, 1.0).item(), rel=1e-4, abs=1e-5)


def test_balance_is_log_two():
    even = torch.zeros(5)
    assert discriminator_loss(even, even, 0.9).item() == pytest.approx(math.log(2))
    assert generator_loss(even).item() == pytest.approx(math.log(2))


def test_the_relativistic_loss_compares_pairs():
    real, fake = torch.tensor([3.0, -1.0]), torch.tensor([1.0, -2.0])
    wanted = -(torch.sigmoid(real - fake).log().mean())
    assert relativistic_loss(real, fake).item() == pytest.approx(wanted.item())
    assert relativistic_loss(real, real).item() == pytest.approx(math.log(2))
    assert relativistic_loss(fake, real) > math.log(2) > relativistic_loss(real, fake)


@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_the_gradient_penalty_of_a_linear_judge_is_half_the_square_of_its_length(factor):
    weight = torch.linspace(-1, 1, 12).view(3, 4)
    images = torch.rand(5, 1, 3, 4).requires_grad_()
    penalty = gradient_penalty((factor * weight * images).sum((1, 2, 3)), images)
    assert penalty.item() == pytest.approx((factor * weight).square().sum().item() / 2, rel=1e-5)


def test_smoothing_punishes_confidence_on_real_images():
    sure, surer, fake = torch.full((4,), 2.2), torch.full((4,), 8.0), torch.full((4,), -3.0)
    assert discriminator_loss(surer, fake, 0.9) > discriminator_loss(sure, fake, 0.9)
    assert discriminator_loss(surer, fake, 1.0) < discriminator_loss(sure, fake, 1.0)


@given(st.integers(0, 1000), st.integers(0, 1000))
@settings(max_examples=30)
def test_chi_square_is_a_distance_between_0_and_1(one, two):
    a = torch.rand(50, generator=torch.Generator().manual_seed(one)) * 2 - 1
    b = torch.rand(80, generator=torch.Generator().manual_seed(two)) ** 2
    assert chi_square(a, a) == 0
    assert 0 < chi_square(a, b) <= 1
    assert chi_square(a, b).item() == pytest.approx(chi_square(b, a).item(), rel=1e-5)


def test_chi_square_does_not_depend_on_how_many_images_there_are_and_is_1_for_opposites():
    a = torch.linspace(-1, 1, 30)
    assert chi_square(a, a.repeat(7)).item() == pytest.approx(0, abs=1e-7)
    assert chi_square(torch.full((9,), -1.0), torch.ones(5)).item() == pytest.approx(1)
