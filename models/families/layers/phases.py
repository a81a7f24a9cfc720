"""Doubled maps as their four phases: ordinary convolutions instead of transposed ones.

The pixels of maps of twice the size fall into four phases: upper left, upper right, lower left and lower right of each 2x2 block.
As maps of the single size, four times as many, they are the result of an ordinary 3x3 convolution, and a 3x3 convolution of the
doubled maps is also one of the phases (Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution Using an Efficient
Sub-Pixel Convolutional Neural Network", section 3). Processors that multiply small matrices in bfloat16 (`multiplies_tiles`) are
faster with few places and many maps than the other way round, although many entries of these kernels are 0; other processors are
not.
"""

from __future__ import annotations

import torch
from torch import Tensor


def phases_of_up(weight: Tensor, padding: int) -> Tensor:
    """Return the kernel [4 out, in, 3, 3], for padding 1, that gives the phases of a transposed convolution of stride 2.

    weight: that of the transposed convolution, [in, out, T, T], for T = 4 with padding 1 and for T = 5 with padding 2 and output
    padding 1. The maps of a phase are contiguous: [2 (down), 2 (right), out]. The kernel is channels-last.
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
    """Return the kernel [4 out, 4 in, 3, 3] that does to phases what `weight` [out, in, 3, 3] does to the doubled maps.

    For padding 1. It gives phases, ordered as those of `phases_of_up`, and is channels-last.
    """
    out, given = weight.shape[:2]
    kernel = weight.new_zeros(2, 2, out, 2, 2, given, 3, 3)
    for down in (0, 1):
        for right in (0, 1):
            for row in range(3):
                for column in range(3):
                    i, j = down + row - 1, right + column - 1  # the place it reads, relative to the upper left pixel of the block
                    kernel[down, right, :, i % 2, j % 2, :, i // 2 + 1, j // 2 + 1] = weight[:, :, row, column]
    return kernel.reshape(4 * out, 4 * given, 3, 3).contiguous(memory_format=torch.channels_last)


def joined(phases: Tensor) -> Tensor:
    """Return the doubled maps [N, C, 2 H, 2 W] of phases [N, 4 C, H, W]."""
    n, _, height, width = phases.shape
    parts = phases.view(n, 2, 2, -1, height, width)  # [N, down, right, C, H, W]
    return parts.permute(0, 3, 4, 1, 5, 2).reshape(n, -1, 2 * height, 2 * width)
