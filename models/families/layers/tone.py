"""The tone curve: maps the output of a generator's last layer to pixel values with the histogram of real pictures."""

from __future__ import annotations

import torch
from torch import Tensor, nn

REACH = 1.1
"""Range of the scaled tanh before it is clipped to -1 and 1.

Paper is exactly black in most images of strokes, and a plain tanh only comes close to it.
"""
KNOTS = 441
"""Number of knots of the curve, evenly from -REACH to REACH: two per grey level of 255."""


class Tone(nn.Module):
    """REACH tanh(x), clipped to -1 and 1 while training; afterwards mapped by a rising curve measured once (see `measured`).

    x of any shape -> the same shape in [-1, 1]. The curve is linear between its knots, so gradients flow through it.
    """

    curve: Tensor

    def __init__(self) -> None:
        super().__init__()
        # On the CPU even if networks are built on the meta device, where torch would load its compiler for this, which takes a
        # second.
        self.register_buffer("curve", torch.linspace(-REACH, REACH, KNOTS, device="cpu").clamp(-1, 1))

    def forward(self, x: Tensor) -> Tensor:
        y = raw(x)
        return y.clamp(-1, 1) if self.training else bent(y, self.curve)


class LookedUp(nn.Module):
    """A lookup table for a Tone in evaluation mode: bfloat16 numbers x of any shape -> float32; there are only 65,536 of them."""

    table: Tensor

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        numbers = torch.arange(1 << 16, dtype=torch.int32, device="cpu").to(torch.int16).view(torch.bfloat16).float()
        self.register_buffer("table", bent(raw(numbers), tone.curve.cpu()).to(tone.curve.device))

    def forward(self, x: Tensor) -> Tensor:
        bits = x.contiguous().view(torch.int16).to(torch.int32).bitwise_and_(0xFFFF)
        return self.table.index_select(0, bits.flatten()).view(x.shape)


def raw(x: Tensor) -> Tensor:
    """Return the argument of the curve for x, from -REACH to REACH, of x's shape."""
    return REACH * torch.tanh(x)


def bent(y: Tensor, curve: Tensor) -> Tensor:
    """Return `curve` [KNOTS] at raw values y, of any shape."""
    place = (y + REACH) * ((KNOTS - 1) / (2 * REACH))
    low = place.detach().flatten().to(torch.int32).clamp_(0, KNOTS - 2)
    # index_select from a flat row is five times as fast as curve[low].
    start, end = (curve.index_select(0, each).view_as(y) for each in (low, low + 1))
    return torch.addcmul(start, place - low.view_as(y), end - start)


def measured(y: Tensor, levels: Tensor) -> Tensor:
    """Return the curve [KNOTS] that gives raw values y (any shape) the histogram `levels` [256] of real pixel values 0..255.

    Histogram specification: R. Gonzalez and P. Wintz, "Digital Image Processing" (1977), section 4.2. A grey level v is taken as
    spread evenly over v - 0.5 to v + 0.5, all of which is rounded to v.
    """
    knots = torch.linspace(-REACH, REACH, KNOTS)
    values = y.flatten().float().sort().values
    shares = torch.searchsorted(values, knots, right=True).double() / len(values)  # fraction of raw values at or below each knot
    ends = torch.cat([torch.zeros(1, dtype=torch.float64), levels.double().cumsum(0) / levels.double().sum()])  # [257]
    above = torch.searchsorted(ends, shares).clamp(1, 256)
    start, end = ends[above - 1], ends[above]
    level = above - 1.5 + torch.where(end > start, (shares - start) / (end - start).clamp(min=1e-12), 0.0)
    return (level.float() / 127.5 - 1).clamp(-1, 1)
