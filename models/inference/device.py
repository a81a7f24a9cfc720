"""Chooses the device on which the networks run."""

from __future__ import annotations

import torch

from zscape.models.errors import ZscapeError


def available() -> list[str]:
    """Return the devices of this machine by torch's names, the fastest first; "cpu" is always last."""
    devices = []
    if torch.cuda.is_available():
        devices += [f"cuda:{index}" if index else "cuda" for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]


def choose(device: str) -> torch.device:
    """Return the device for "auto" (the fastest), "cpu", "cuda", "cuda:N" or "mps". Raises ZscapeError if it is not available."""
    there = available()
    if device == "auto":
        return torch.device(there[0])
    if device.removesuffix(":0") not in there:
        raise ZscapeError(f"Device {device!r} is not on this machine: choose from auto, {', '.join(there)}.")
    return torch.device(device)
