"""Networks as other people write them in notebooks, and one of them wrapped."""

import torch
from torch import nn

import zscape

INPUTS = [zscape.Latent("z", 16), zscape.Classes("class", ["a", "b"]), zscape.Numbers("pose", ["angle"], [(-1, 1)])]


class Net(nn.Module):
    """A network from elsewhere: net(z, class, pose) -> [N, 3, 8, 8] in [0, 1]."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.body = nn.Sequential(nn.Linear(16 + 2 + 1, 3 * 64), nn.Unflatten(1, (3, 8, 8)), nn.Sigmoid())

    def forward(self, z, c, pose):
        return self.body(torch.cat([z, c, pose], 1))


def wrapped(net=None, inputs=INPUTS, image_range=(0, 1)):
    return zscape.wrap((net or Net()).eval(), inputs=inputs, image_range=image_range, name="mine")


class Styled(nn.Module):
    """A network with styles and noise as inputs."""

    def __init__(self):
        super().__init__()
        self.mapping = nn.Linear(4, 6)

    def styles(self, z):
        return self.mapping(z).reshape(-1, 3, 2)

    def draw(self, w, noise):
        return torch.tanh(w.sum((1, 2))[:, None, None, None] + 0.1 * noise)
