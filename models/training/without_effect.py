"""Finds settings of a training run that have no effect because what they belong to is off or missing."""

from __future__ import annotations

from dataclasses import fields

from zscape.models.training.config import TrainConfig, has_styles

NONE = {"smoothing": 1.0}
"""Values that turn a setting off, whatever its default."""
DEFAULTS = {part.name: part.default for part in fields(TrainConfig)}


def without_effect(config: TrainConfig) -> str:
    """Return in one line which settings have no effect, and why; "" if all have one.

    A setting at its default, or turned off, is not listed.
    """
    relativistic = config.objective == "relativistic"
    styles = has_styles(config.family, config.built(1))
    idle = {
        "style_mixing": "" if styles else f"{config.family} has no styles",
        "path_length_every": "" if config.path_length else "path_length is 0",
        "smoothing": "the objective is relativistic" if relativistic else "",
        "r1_every": "" if config.r1 or config.r2 else "r1 and r2 are 0",
        "attribute_weight": "" if config.attribute_coordinates else "there are no attribute_coordinates",
        "pair_noise": "" if config.pair_weight else "pair_weight is 0",
    }
    told = [
        f"{name} ({why})" for name, why in idle.items() if why and getattr(config, name) not in (DEFAULTS[name], NONE.get(name))
    ]
    if not told:
        return ""
    return f"{'These settings have' if len(told) > 1 else 'This setting has'} no effect: {'; '.join(told)}."
