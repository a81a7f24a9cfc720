"""Drafts of a projection GAN's images from its first convolutions, where whole images take too long."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, pixel_shuffle, pixel_unshuffle, unfold

from zscape.models.families.projection.fast import FirstMaps

REACHES = (0.9, 0.97, 0.99)
"""Candidates for the fraction of tanh's range to which the range of pixels is fitted.

The larger it is, the more pixels become black and white.
"""
MOST_FITTED = 4000
"""Number of places that it is fitted to: a tenth of a second of work; more hardly improve it."""
RIDGE = 1e-4
"""Regularisation as a fraction of the mean square of the inputs: those that hardly vary are not used."""


class Preview(nn.Module):
    """forward(points) -> images [N, C, H, W] float32 in [-1, 1] of the full size, predicted from maps with fewer pixels.

    The pixels covered by a place of the maps are a linear function of the 3x3 places around it, passed through tanh. It is fitted
    by least squares to images that were drawn exactly.
    """

    weight: Tensor
    bias: Tensor

    @torch.no_grad()
    def __init__(self, maps: FirstMaps, points: Mapping[str, Tensor], pictures: Tensor) -> None:
        """points, pictures [N, C, H, W] in [-1, 1]: what it is fitted to."""
        super().__init__()
        self.maps = maps
        x = maps(points)
        self.doubling = pictures.shape[2] // x.shape[2]
        pixels = pixel_unshuffle(pictures, self.doubling).permute(0, 2, 3, 1).flatten(1, 2)  # [N, places, C D D]
        step = max(1, len(x) * pixels.shape[1] // MOST_FITTED) | 1  # odd, so that it is not always the same columns
        places = range(len(x))
        known = torch.cat([unfold(x[i : i + 1].float(), 3, padding=1)[0].t()[i % step :: step] for i in places])
        wanted = torch.cat([pixels[i, i % step :: step] for i in places])
        known = torch.cat([known, torch.ones_like(known[:, :1])], 1)  # [places, 9 M + 1]
        products = known.t() @ known
        products.diagonal().add_(RIDGE * products.diagonal().mean())
        solved = torch.linalg.solve(products, known.t() @ torch.cat([torch.atanh(reach * wanted) for reach in REACHES], 1))
        found = dict(zip(REACHES, solved.chunk(len(REACHES), 1), strict=True))
        self.reach = min(REACHES, key=lambda reach: float((limited(known @ found[reach], reach) - wanted).abs().mean()))
        best = found[self.reach]
        kernel = best[:-1].t().unflatten(1, (x.shape[1], 3, 3)).to(x.dtype)
        self.register_buffer("weight", kernel.contiguous(memory_format=torch.channels_last))
        self.register_buffer("bias", best[-1].to(x.dtype))

    @torch.no_grad()
    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        seen = conv2d(self.maps(points), self.weight, self.bias, padding=1).float()
        return limited(pixel_shuffle(seen, self.doubling), self.reach)


def limited(x: Tensor, reach: float) -> Tensor:
    """Convert fitted values before the tanh to pixels in [-1, 1]."""
    return (torch.tanh(x) / reach).clamp_(-1, 1)
