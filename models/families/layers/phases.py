"""Doubled maps as their four phases: ordinary convolutions in place of transposed ones.

The pixels of maps of twice the size fall into four phases: upper left, upper right, lower left and lower right of each 2x2
block. As maps of the single size, four times as many, they come of an ordinary 3x3 convolution, and a 3x3 convolution of the
doubled maps is one of the phases, too (Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution Using an Efficient
Sub-Pixel Convolutional Neural Network", section 3). Processors that multiply small matrices in bfloat16 (`multiplies_tiles`) are
quicker with few places and many maps than the other way round, although a good part of these kernels is 0; others are not.
"""

from __future__ import annotations

import torch
from torch import Tensor


def phases_of_up(weight: Tensor, padding: int) -> Tensor:
    """The kernel [4 out, in, 3, 3], with padding 1, that gives the phases of a transposed convolution of stride 2.

    weight: the latter's, [in, out, T, T], for T = 4 with padding 1 and for T = 5 with padding 2 and output padding 1. The maps of
    a phase stand together: [2 (down), 2 (right), out]. The kernel is channels-last.
    """
    size = weight.shape[2]
    kernel = weight.new_zeros(2, 2, weight.shape[1], weight.shape[0], 3, 3)
    for down in (0, 1):
        for right in (0, 1):
            # Output place 2 i' + down sees input place i by the tap down + padding - 2 (i - i').
            for row in range((down + padding) % 2, size, 2):
                for column in range((right + padding) % 2, size, 2):
                    place = (down + padding - row) // 2 + 1, (right + padding - column) // 2 + 1
                    kernel[down, right, :, :, *place] = weight[:, :, row, column].t()
    return kernel.flatten(0, 2).contiguous(memory_format=torch.channels_last)


def on_phases(weight: Tensor) -> Tensor:
    """The kernel [4 out, 4 in, 3, 3], with padding 1, that does to phases what `weight` [out, in, 3, 3] does to the doubled maps.

    It gives phases, ordered as those of `phases_of_up`, and is channels-last.
    """
    out, given = weight.shape[:2]
    kernel = weight.new_zeros(2, 2, out, 2, 2, given, 3, 3)
    for down in (0, 1):
        for right in (0, 1):
            for row in range(3):
                for column in range(3):
                    i, j = down + row - 1, right + column - 1  # where it looks, from the upper left pixel of the block
                    kernel[down, right, :, i % 2, j % 2, :, i // 2 + 1, j // 2 + 1] = weight[:, :, row, column]
    return kernel.reshape(4 * out, 4 * given, 3, 3).contiguous(memory_format=torch.channels_last)


def joined(phases: Tensor) -> Tensor:
    """The doubled maps [N, C, 2 H, 2 W] of phases [N, 4 C, H, W]."""
    n, _, height, width = phases.shape
    parts = phases.view(n, 2, 2, -1, height, width)  # [N, down, right, C, H, W]
    return parts.permute(0, 3, 4, 1, 5, 2).reshape(n, -1, 2 * height, 2 * width)
