"""What the window is furnished with: views and panels from their registries, and words for its lists."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from app.studio import Studio


def model_words(called: str, spec: Any) -> str:
    """A model in the list of models: what it is called, its family and steps."""
    step = f", {spec.step / 1000:.0f}k steps" if spec.step >= 10_000 else f", {spec.step:,} steps" if spec.step else ""
    return f"{called}   {spec.family}{step}"


def load(target: str) -> Callable[[Studio], Any]:
    """The class named by `target` in a registry, "module:Class"."""
    module, _, name = target.partition(":")
    found: Callable[[Studio], Any] = getattr(import_module(module), name)
    return found
