"""Computing in fewer digits where the processor is faster at it."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache

import torch

from zscape.models.families.layers.processor import multiplies_bfloat16


@cache  # asked several times a step
def native_bfloat16(device: torch.device) -> bool:
    """Whether the device multiplies bfloat16 itself: else float32 is quicker."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and multiplies_bfloat16()


def products_in(precision: str, device: torch.device) -> torch.autocast | nullcontext[None]:
    """A context in which networks compute their products in `precision`: "float32", or "bfloat16" where that is native."""
    if precision == "bfloat16" and native_bfloat16(device):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()
