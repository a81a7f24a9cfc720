"""The DCGAN alone: its config, and the sizes of the papers."""

import dataclasses

import pytest

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGANConfig, DCGANDiscriminator, DCGANGenerator


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


def test_configs_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DCGANConfig().size = 32
