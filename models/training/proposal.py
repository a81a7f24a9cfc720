"""What suits a data set: a preset, and the size and colours of the pictures to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zscape.models.data.overview import Overview
from zscape.models.data.sources import KNOWN
from zscape.models.data.subject import subject_of
from zscape.models.training.config import TrainConfig, load_config
from zscape.models.training.presets import presets

MANY = 10_000
"""Pictures from which on a longer recipe pays."""
LARGE = 48
"""Pixels: pictures whose shorter side is smaller lose nothing at 32."""


@dataclass(frozen=True)
class Proposal:
    """preset: its name. size: pixels a side. channels: 1 for grey, 3 for colour."""

    preset: str
    size: int
    channels: int


def proposal(data: Overview, quick: bool) -> Proposal:
    """What suits `data`. quick: whether the machine computes fast enough for large pictures (a graphics card).

    The preset made for a data set of that name; else the quick one for small grey glyphs, the one for garments for other
    small grey pictures, and the one for colour pictures of that size.
    """
    if data.spec in KNOWN:
        return _as_preset(data.spec if data.spec in presets() else _made_for(data.spec))
    _, height, width = data.image_shape
    large = min(height, width) >= LARGE
    if data.colourful:
        return _as_preset("colour-64" if large and quick else "colour-32")
    short = "mnist" if len(data) >= MANY else "digits-dcgan"
    preset = "fashion-mnist" if subject_of(data.sample.fit((1, height, width))) == "object" else short
    return Proposal(preset, 28 if not large else 64 if quick else 32, 1)


def sizes_of(config: TrainConfig) -> dict[int, Mapping[str, Any]]:
    """The sizes that a recipe can be trained at, with what the networks are made of at each: as in the presets of its family."""
    own = config.model
    found = {int(each["size"]): each for each in _networks(config.family) if "size" in each}
    if "size" in own:
        found[int(own["size"])] = own
    return dict(sorted(found.items()))


def at_size(config: TrainConfig, size: int, channels: int) -> Mapping[str, Any]:
    """`config.model` changed to draw pictures of `size` pixels a side with so many channels, where it can."""
    networks = sizes_of(config).get(size, config.model)
    kept = {name: value for name, value in config.model.items() if name == "classes"}
    made = {name: value for name, value in networks.items() if name != "classes"}
    return {**made, **kept, **({"channels": channels} if "channels" in networks else {})}


@cache
def _networks(family: str) -> tuple[Mapping[str, Any], ...]:
    """`model` of every preset of a family; of two of one size that of the smaller networks stands last."""
    found = [config.model for config in map(load_config, presets()) if config.family == family]
    return tuple(sorted(found, key=lambda each: -sum(sum(v) for v in each.values() if isinstance(v, list | tuple))))


def _made_for(data: str) -> str:
    """The preset whose data that is and which begins with nothing: the shortest run."""
    fitting = [config for config in map(load_config, presets()) if config.data == data]
    return min(fitting, key=lambda config: config.steps).name


def _as_preset(name: str) -> Proposal:
    model = load_config(name).model
    return Proposal(name, int(model.get("size", 28)), int(model.get("channels", 1)))
