"""The latents that an encoder finds have the distribution from which latents are drawn."""

import pytest
import torch

from zscape.models.families import FAMILIES
from zscape.models.training.gan.latent_prior import LatentPrior, standardising
from zscape.models.training.steps.adam import Adam


def test_its_force_brings_latents_to_a_standard_normal_distribution():
    random = torch.Generator().manual_seed(0)
    scale = torch.nn.Parameter(torch.tensor([[0.2, 0.0, 0.0], [0.3, 0.1, 0.0], [0.0, 0.0, 2.0]]))
    shift = torch.nn.Parameter(torch.tensor([0.5, -1.0, 0.0]))
    prior, optimiser = LatentPrior(3), Adam(torch.nn.ParameterList([scale, shift]), 0.005)
    for _ in range(1000):
        z = torch.randn(64, 3, generator=random) @ scale.T + shift
        optimiser.zero_grad()
        prior.loss(z).backward()
        optimiser.step()
    torch.testing.assert_close((scale @ scale.T).detach(), torch.eye(3), atol=0.15, rtol=0)
    torch.testing.assert_close(shift.detach(), torch.zeros(3), atol=0.1, rtol=0)


def test_latents_that_are_standard_feel_no_force():
    random, prior, forces = torch.Generator().manual_seed(1), LatentPrior(4), []
    for _ in range(300):
        z = torch.randn(256, 4, generator=random, requires_grad=True)
        prior.loss(z).backward()
        forces.append((z.grad * 256 * 4).square().mean().sqrt())
    assert torch.stack(forces[-50:]).mean() < 0.15  # compared with a latent, whose coordinates have size 1


def test_standardised_latents_have_the_second_moments_of_a_standard_normal_distribution():
    random = torch.Generator().manual_seed(2)
    z = torch.randn(5000, 4, generator=random) @ torch.randn(4, 4, generator=random)
    matrix = standardising(z)
    assert torch.equal(matrix, matrix.tril())
    other = torch.linalg.solve(matrix, z.T).T
    torch.testing.assert_close(other.T @ other / len(z), torch.eye(4), atol=0.02, rtol=0)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
def test_changed_latents_draw_and_find_the_same_pictures(family):
    small = {"hidden": 8, "generator_maps": (8, 4), "discriminator_maps": (4, 4)}
    more = {"dcgan": small, "projection": {}, "stylegan2": {"noise": False}}
    config = family.config(classes=3, z_size=5, **more[family.name])
    torch.manual_seed(0)
    generator, encoder = family.generator(config).eval(), family.encoder(config).eval()
    c, z, matrix = torch.eye(3), torch.randn(3, 5), torch.randn(5, 5).tril() + 3 * torch.eye(5)
    points = {"z": z, "class": c}
    x = torch.rand(3, *config.image_shape) * 2 - 1
    with torch.no_grad():
        drawn, found = generator(points), encoder(x, c)
        better = encoder.correct(x, drawn, found, c) if encoder.passes > 1 else found
    can = generator.change_latents(matrix)
    other = torch.linalg.solve(matrix, z.T).T if can else z
    with torch.no_grad():
        torch.testing.assert_close(generator({**points, "z": other}), drawn, atol=1e-5, rtol=1e-4)
        if can:
            assert encoder.change_latents(matrix)
            torch.testing.assert_close(encoder(x, c) @ matrix.T, found, atol=1e-5, rtol=1e-4)
            again = encoder.correct(x, drawn, encoder(x, c), c)
            torch.testing.assert_close(again @ matrix.T, better, atol=1e-5, rtol=1e-4)
    assert can == (family.name == "projection")
