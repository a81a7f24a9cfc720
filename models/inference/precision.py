"""Computes in lower precision where the processor is faster at it."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache

import torch

from zscape.models.families.layers.processor import multiplies_bfloat16


@cache  # called several times per step
def native_bfloat16(device: torch.device) -> bool:
    """Whether the device multiplies bfloat16 natively; emulation is several times slower than float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and multiplies_bfloat16()


def products_in(precision: str, device: torch.device) -> torch.autocast | nullcontext[None]:
    """Return a context in which networks compute matrix products in `precision`: "float32", or "bfloat16" if that is native."""
    if precision == "bfloat16" and native_bfloat16(device):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()
