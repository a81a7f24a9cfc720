"""The contract every family keeps, for every registered family and a config of each size, and what is the DCGAN's own."""

import dataclasses

import pytest
import torch
from torch import nn

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.dcgan import DCGANConfig, DCGANDiscriminator, DCGANGenerator
from zscape.models.families.layers.linear import Linear
from zscape.models.families.layers.tone import Tone

SMALL = {"z_size": 5, "classes": 3, "hidden": 16}
DCGANS = {
    "28 grey": DCGANConfig(28, 1, generator_maps=(12, 8), discriminator_maps=(6, 10), **SMALL),
    "28 unconditional": DCGANConfig(28, 1, 5, 1, 16, (12, 8), (6, 10)),
    "32 colour": DCGANConfig(32, 3, generator_maps=(12, 8, 6), discriminator_maps=(4, 6, 8), **SMALL),
    "64 colour": DCGANConfig(64, 3, generator_maps=(12, 8, 6, 4), discriminator_maps=(4, 6, 8, 10), **SMALL),
    "64 unconditional": DCGANConfig(64, 3, 5, 1, 16, (12, 8, 6, 4), (4, 6, 8, 10)),
    "28 as shipped": DCGANConfig(),
}
CONFIGS = [(name, FAMILIES[name].config()) for name in FAMILIES if name != "dcgan"]
CONFIGS += [("dcgan", config) for config in DCGANS.values()]
IDS = [name for name, _ in CONFIGS[: -len(DCGANS)]] + [f"dcgan {name}" for name in DCGANS]
each_config = pytest.mark.parametrize(("name", "config"), CONFIGS, ids=IDS)


def lively(module):
    """Every tensor of a network made unlike its start, as training does, from a fixed seed."""
    random = torch.Generator().manual_seed(1)
    for part in module.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            part.running_mean.copy_(torch.randn(part.running_mean.shape, generator=random) * 0.1)
            part.running_var.copy_(torch.rand(part.running_var.shape, generator=random) * 0.1 + 0.01)
            if part.affine:
                with torch.no_grad():
                    part.bias.copy_(torch.randn(part.bias.shape, generator=random) * 0.2)
        elif isinstance(part, Tone):
            part.curve.copy_(torch.rand(len(part.curve), generator=random).sort().values * 2 - 1)
        elif isinstance(part, nn.ConvTranspose2d):
            with torch.no_grad():
                part.weight.mul_(3)
    return module.eval()


def points(config, count=4, seed=0):
    random = torch.Generator().manual_seed(seed)
    weights = torch.softmax(3 * torch.randn(count, config.classes, generator=random), dim=1)
    return torch.randn(count, config.z_size, generator=random), weights


@each_config
def test_generator_draws_images_of_the_configs_shape_in_range(name, config):
    generator = lively(FAMILIES[name].generator(config))
    assert generator.image_shape == config.image_shape
    with torch.no_grad():
        z, c = points(config)
        images = generator({"z": z, "class": c})
    assert images.shape == (4, *config.image_shape)
    assert images.abs().max() <= 1
    assert images.std() > 0.01


@each_config
def test_lowered_generator_draws_the_same_pictures(name, config):
    generator = lively(FAMILIES[name].generator(config))
    before = {key: tensor.clone() for key, tensor in generator.state_dict().items()}
    fast = generator.fast_twin(torch.float32)
    if fast is None:
        pytest.skip("this family has no faster twin")
    fast.eval().requires_grad_(False)
    for count in (1, 7):
        z, c = points(config, count)
        with torch.inference_mode():
            wanted, found = generator({"z": z, "class": c}), fast({"z": z, "class": c})
        assert found.shape == wanted.shape
        assert (found - wanted).abs().max() < 1e-3
        assert wanted.std() > 0.05  # else the comparison would say nothing
    own = {tensor.data_ptr() for tensor in (*fast.parameters(), *fast.buffers())}
    assert own.isdisjoint(tensor.data_ptr() for tensor in generator.state_dict().values())
    assert all(torch.equal(before[key], tensor) for key, tensor in generator.state_dict().items())


@each_config
def test_a_draft_is_the_same_picture_to_the_eye(name, config):
    generator = lively(FAMILIES[name].generator(config))
    draft = generator.fast_twin(torch.bfloat16)
    if draft is None:
        pytest.skip("this family has no faster twin")
    draft.eval()
    z, c = points(config, 7)
    with torch.inference_mode():
        wanted, found = generator({"z": z, "class": c}), draft({"z": z, "class": c})
    assert found.dtype == torch.float32
    assert found.shape == wanted.shape
    assert 0 < (found - wanted).abs().mean() < 0.02
    assert wanted.std() > 0.05


@each_config
def test_an_encoder_that_looks_again_corrects_from_what_was_drawn(name, config):
    encoder = FAMILIES[name].encoder(config).eval()
    if encoder.passes == 1:
        pytest.skip("this family's encoder looks once")
    torch.nn.init.normal_(encoder.difference.weight)
    x, drawn = torch.rand(2, 3, *config.image_shape) * 2 - 1
    z, c = points(config, 3)
    with torch.no_grad():
        found, other = encoder.correct(x, drawn, z, c), encoder.correct(x, x, z, c)
    assert found.shape == z.shape
    assert not torch.allclose(found, other)


@each_config
def test_encoder_starts_from_the_discriminator_and_finds_latents(name, config):
    family = FAMILIES[name]
    discriminator = lively(family.discriminator(config))
    encoder = family.encoder_from(config, discriminator).eval()
    images = torch.rand(2, *config.image_shape) * 2 - 1
    _, c = points(config, 2)
    with torch.no_grad():
        assert discriminator(images, c).shape == (2,)
        assert encoder(images, c).shape == (2, config.z_size)
    shared = discriminator.state_dict().keys() & encoder.state_dict().keys()
    same = [torch.equal(discriminator.state_dict()[key], encoder.state_dict()[key]) for key in shared if "head" not in key]
    assert len(same) > 4
    assert all(same)
    assert encoder.state_dict().keys() == family.encoder(config).state_dict().keys()


@each_config
def test_class_row_matters_exactly_where_the_model_is_conditional(name, config):
    generator = lively(FAMILIES[name].generator(config))
    z, _ = points(config, 2)
    first, second = torch.zeros(2, 2, config.classes)
    first[:, 0], second[:, -1] = 1, 1
    with torch.no_grad():
        same = torch.allclose(generator({"z": z, "class": first}), generator({"z": z, "class": second}))
    assert same == (config.classes == 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 30},
        {"channels": 2},
        {"z_size": 0},
        {"z_size": 10**9},
        {"classes": 0},
        {"hidden": 10**6},
        {"generator_maps": (128,)},
        {"generator_maps": (0, 64)},
        {"discriminator_maps": (48, 10**9)},
        {"size": 64},
    ],
    ids=str,
)
def test_dcgan_config_refuses_values_out_of_range(changes):
    with pytest.raises(ZscapeError) as caught:
        DCGANConfig(**changes)
    assert str(next(iter(changes.values()))).strip("()").split(",")[0] in str(caught.value)


def test_shipped_dcgan_is_the_recipe_of_the_papers():
    config = DCGANConfig()
    generator, discriminator = DCGANGenerator(config), DCGANDiscriminator(config)
    assert generator.linear.weight.shape == (1024, 110)
    assert generator.project.weight.shape == (128 * 7 * 7, 1034)
    assert [up.weight.shape for up in generator.ups] == [(138, 64, 5, 5), (74, 1, 5, 5)]
    assert [down.weight.shape[2:] for down in discriminator.trunk.downs] == [(5, 5), (5, 5)]
    assert discriminator.trunk.linear.out_features == 1024


def test_encoder_of_a_dcgan_does_not_start_from_a_stranger():
    with pytest.raises(ZscapeError, match="discriminator"):
        FAMILIES["dcgan"].encoder_from(DCGANConfig(), nn.Linear(1, 1))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rows", [1, 9])
def test_linear_has_the_values_and_gradients_of_torchs(bias, rows):
    torch.manual_seed(0)
    ours, theirs = Linear(13, 7, bias=bias), nn.Linear(13, 7, bias=bias)
    theirs.load_state_dict(ours.state_dict())
    results = []
    for layer in (ours, theirs):
        x = torch.linspace(-1, 1, rows * 13).view(rows, 13).requires_grad_()
        y = layer(x)
        y.square().sum().backward()
        results.append([y, x.grad, *(parameter.grad for parameter in layer.parameters())])
    for mine, reference in zip(*results, strict=True):
        torch.testing.assert_close(mine, reference)
    with torch.no_grad():
        assert ours(torch.empty(0, 13)).shape == (0, 7)
        assert ours(torch.ones(2, 3, 13)).shape == (2, 3, 7)


def test_configs_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DCGANConfig().size = 32
