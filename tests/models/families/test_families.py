"""The contract of families, for every registered family and a config of each size."""

import pytest
import torch
from torch import nn

from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.dcgan import DCGANConfig
from zscape.models.families.layers.tone import Tone
from zscape.models.families.stylegan2 import StyleGAN2Config
from zscape.models.families.stylegan2.layers import Affine
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import Noise

SMALL = {"z_size": 5, "classes": 3, "hidden": 16}
DCGANS = {
    "28 grey": DCGANConfig(28, 1, generator_maps=(12, 8), discriminator_maps=(6, 10), **SMALL),
    "28 unconditional": DCGANConfig(28, 1, 5, 1, 16, (12, 8), (6, 10)),
    "32 colour": DCGANConfig(32, 3, generator_maps=(12, 8, 6), discriminator_maps=(4, 6, 8), **SMALL),
    "64 colour": DCGANConfig(64, 3, generator_maps=(12, 8, 6, 4), discriminator_maps=(4, 6, 8, 10), **SMALL),
    "64 unconditional": DCGANConfig(64, 3, 5, 1, 16, (12, 8, 6, 4), (4, 6, 8, 10)),
    "28 as shipped": DCGANConfig(),
}
STYLED = {"z_size": 6, "w_size": 12, "mapping": 2, "hidden": 16}
STYLEGAN2S = {
    "32 grey": StyleGAN2Config(32, 1, classes=3, maps=(12, 10, 8, 6), features=(4, 6, 8, 10), **STYLED),
    "32 class in the mapping": StyleGAN2Config(
        32, 3, classes=3, class_path="mapping", noise=False, maps=(12, 10, 8, 6), features=(4, 6, 8, 10), **STYLED
    ),
    "64 class in both": StyleGAN2Config(
        64, 3, classes=3, class_path="both", maps=(12, 10, 8, 6, 4), features=(4, 6, 8, 10, 12), **STYLED
    ),
    "128 unconditional": StyleGAN2Config(128, 3, classes=1, maps=(12, 10, 8, 6, 4, 4), features=(4, 4, 6, 8, 10, 12), **STYLED),
}
CONFIGS = [(name, FAMILIES[name].config()) for name in FAMILIES]
IDS = [name for name, _ in CONFIGS]
CONFIGS += [("dcgan", config) for config in DCGANS.values()] + [("stylegan2", config) for config in STYLEGAN2S.values()]
IDS += [f"dcgan {name}" for name in DCGANS] + [f"stylegan2 {name}" for name in STYLEGAN2S]
each_config = pytest.mark.parametrize(("name", "config"), CONFIGS, ids=IDS)


def lively(module):
    """Change every tensor of a network from its initial value, as training does, with a fixed seed."""
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
        elif hasattr(part, "noise_strength"):
            with torch.no_grad():
                part.bias.copy_(torch.randn(part.bias.shape, generator=random) * 0.2)
                if part.noise_strength is not None:
                    part.noise_strength.fill_(0.1)
        elif isinstance(part, Affine) and part.classes is not None:
            with torch.no_grad():
                part.classes.weight.copy_(torch.randn(part.classes.weight.shape, generator=random) * 0.3)
        elif isinstance(part, nn.ConvTranspose2d):
            with torch.no_grad():
                part.weight.mul_(3)
    return module.eval()


def points(config, count=4, seed=0):
    random = torch.Generator().manual_seed(seed)
    weights = torch.softmax(3 * torch.randn(count, config.classes, generator=random), dim=1)
    found = {"z": torch.randn(count, config.z_size, generator=random), "class": weights}
    if getattr(config, "noise", False):
        found["noise"] = torch.from_numpy(Noise("noise").prior(count, seed))
    return found


@each_config
def test_a_family_declares_what_its_generators_take(name, config):
    labels = tuple(f"class {k}" for k in range(config.classes))
    latent, classes, *_ = FAMILIES[name].inputs(config, labels)  # classes are passed even where they are ignored
    assert latent == Latent("z", config.z_size)
    assert classes == Classes("class", labels)


@each_config
def test_generator_draws_images_of_the_configs_shape_in_range_and_the_fast_twin_the_same(name, config):
    generator = lively(FAMILIES[name].generator(config))
    assert generator.image_shape == config.image_shape
    before = {key: tensor.clone() for key, tensor in generator.state_dict().items()}
    twin = generator.fast_twin(torch.float32)
    for count in (1, 7):
        with torch.inference_mode():
            wanted, found = generator(points(config, count)), twin(points(config, count))
        assert found.shape == wanted.shape == (count, *config.image_shape)
        assert wanted.abs().max() <= 1
        assert (found - wanted).abs().max() < 1e-3
        assert wanted.std() > 0.05  # otherwise the comparison would mean nothing
    own = {tensor.data_ptr() for tensor in (*twin.parameters(), *twin.buffers())}
    assert own.isdisjoint(tensor.data_ptr() for tensor in generator.state_dict().values())
    assert all(torch.equal(before[key], tensor) for key, tensor in generator.state_dict().items())


# The generator of projection draws drafts in two ways, depending on the processor; the others in one.
DRAFTS = [
    pytest.param(*each, tiles, id=called + " in tiles" * tiles)
    for called, each in zip(IDS, CONFIGS, strict=True)
    for tiles in ((False, True) if each[0] == "projection" else (False,))
]


@pytest.mark.parametrize(("name", "config", "tiles"), DRAFTS)
def test_a_draft_is_the_same_picture_to_the_eye(name, config, tiles, monkeypatch):
    monkeypatch.setattr("zscape.models.families.projection.generator.multiplies_tiles", lambda: tiles)
    generator = lively(FAMILIES[name].generator(config))
    draft = generator.fast_twin(torch.bfloat16)
    with torch.inference_mode():
        wanted, found = generator(points(config, 7)), draft(points(config, 7))
    assert found.dtype == torch.float32
    assert found.shape == wanted.shape
    assert 0 < (found - wanted).abs().mean() < 0.02
    assert wanted.std() > 0.05


@each_config
def test_an_encoder_of_several_passes_corrects_from_what_was_drawn(name, config):
    encoder = FAMILIES[name].encoder(config).eval()
    if encoder.passes == 1:
        pytest.skip("this family's encoder makes one pass")
    torch.nn.init.normal_(encoder.difference.weight)
    x, drawn = torch.rand(2, 3, *config.image_shape) * 2 - 1
    z, c, *_ = points(config, 3).values()
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
    c = points(config, 2)["class"]
    with torch.no_grad():
        assert discriminator(images, c).shape == (2,)
        features = discriminator.features(images, c)
        assert features.shape == (2, discriminator.head.weight.shape[1])
        last = discriminator.head(features).squeeze(1)
        if hasattr(discriminator, "embedding"):
            last = last + (features * discriminator.embedding(c)).sum(1)
        torch.testing.assert_close(discriminator(images, c), last)
        assert encoder(images, c).shape == (2, config.z_size)
    known, found = discriminator.state_dict(), encoder.state_dict()
    names = {key: key if key in known else key.replace("trunk.layers", "trunk") for key in found if "head" not in key}
    same = [torch.equal(known[name], found[key]) for key, name in names.items() if name in known]
    assert len(same) > 4
    assert all(same)
    assert encoder.state_dict().keys() == family.encoder(config).state_dict().keys()


@each_config
def test_class_row_matters_exactly_where_the_model_is_conditional(name, config):
    generator = lively(FAMILIES[name].generator(config))
    z = points(config, 2)["z"]
    first, second = torch.zeros(2, 2, config.classes)
    first[:, 0], second[:, -1] = 1, 1
    with torch.no_grad():
        same = torch.allclose(generator({"z": z, "class": first}), generator({"z": z, "class": second}))
    assert same == (config.classes == 1)


@pytest.mark.parametrize("name", FAMILIES)
def test_an_encoder_does_not_start_from_the_discriminator_of_another_family(name):
    family = FAMILIES[name]
    with pytest.raises(ZscapeError, match="discriminator"):
        family.encoder_from(family.config(), nn.Linear(1, 1))


@pytest.mark.parametrize("name", FAMILIES)
def test_what_a_fast_twin_draws_carries_no_gradients_rather_than_wrong_ones(name):
    config = FAMILIES[name].config()
    given = points(config, 1)
    given["z"].requires_grad_()
    assert not FAMILIES[name].generator(config).eval().fast_twin(torch.float32)(given).requires_grad
