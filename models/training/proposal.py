"""Proposes a preset for a data set, with the size and colours of the images."""

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
"""Number of pictures from which a longer run is worthwhile."""
LARGE = 48
"""In pixels: pictures whose shorter side is smaller lose nothing at 32."""


@dataclass(frozen=True)
class Proposal:
    """What suits a data set. preset: name of the preset. size: side in pixels. channels: 1 for grey, 3 for colour."""

    preset: str
    size: int
    channels: int


def proposal(data: Overview, quick: bool) -> Proposal:
    """Propose a preset for `data`. quick: whether the machine is fast enough for large images (has a GPU).

    A known data set gets the preset made for it; otherwise small grey glyphs get the quick one, other small grey pictures the one
    for garments, and colour pictures the one for colour.
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
    """Return the sizes a preset can be trained at, with the network settings for each, as in the presets of its family."""
    own = config.model
    found = {int(each["size"]): each for each in _networks(config.family) if "size" in each}
    if "size" in own:
        found[int(own["size"])] = own
    return dict(sorted(found.items()))


def at_size(config: TrainConfig, size: int, channels: int) -> Mapping[str, Any]:
    """Return `config.model` changed to draw images with a side of `size` pixels and that many channels, if possible."""
    networks = sizes_of(config).get(size, config.model)
    kept = {name: value for name, value in config.model.items() if name == "classes"}
    made = {name: value for name, value in networks.items() if name != "classes"}
    return {**made, **kept, **({"channels": channels} if "channels" in networks else {})}


@cache
def _networks(family: str) -> tuple[Mapping[str, Any], ...]:
    """Return `model` of every preset of a family; of two for one size, the one with smaller networks comes last."""
    found = [config.model for config in map(load_config, presets()) if config.family == family]
    return tuple(sorted(found, key=lambda each: -sum(sum(v) for v in each.values() if isinstance(v, list | tuple))))


@cache
def _made_for(data: str) -> str:
    """Return the preset for that data that starts from scratch: the shortest run. Kept: every change in the form asks for it."""
    fitting = [config for config in map(load_config, presets()) if config.data == data]
    return min(fitting, key=lambda config: config.steps).name


def _as_preset(name: str) -> Proposal:
    model = load_config(name).model
    return Proposal(name, int(model.get("size", 28)), int(model.get("channels", 1)))
