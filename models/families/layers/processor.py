"""What the processor reports about itself."""

from __future__ import annotations

import contextlib
import platform
from pathlib import Path

import torch

_KNOWN = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}


def made_by_intel() -> bool:
    """Whether the processor reports that it is Intel's."""
    with contextlib.suppress(OSError):
        return "GenuineIntel" in Path("/proc/cpuinfo").read_text("utf-8", "replace")
    return "GenuineIntel" in platform.processor()


def multiplies_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 natively; emulation is several times slower than float32."""
    return bool(_KNOWN.get("avx512_bf16")) or multiplies_tiles()


def multiplies_tiles() -> bool:
    """Whether the processor multiplies bfloat16 matrices in tiles (Intel's AMX): faster in layers of few pixels and many maps."""
    return bool(_KNOWN.get("amx_bf16"))
