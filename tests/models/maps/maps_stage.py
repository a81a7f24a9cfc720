"""The config of the model whose pictures are on the maps."""

from zscape.models.families.dcgan import DCGANConfig

CONFIG = DCGANConfig(z_size=6, classes=10, hidden=16, generator_maps=(8, 4), discriminator_maps=(4, 4))
