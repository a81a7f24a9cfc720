"""Two directions of a small model."""

from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent import Latent

WIDE = Direction("wide", "z", (2.0, 1.0, *(0.0,) * 10))


TALL = Direction("tall", "z", (0.0, 1.0, *(0.0,) * 10))


def latent_row(window):
    latent = window.session.space.first(Latent)
    return latent.row(window.session.point.value(latent), window.session.space)
