"""The spec of a model: what its file records about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zscape.models.files.layout import Layout
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.space import Space

Subject = Literal["glyph", "object"]
FREE = ("name", "summary", "steps", "pace", "save_seconds", "publish_seconds", "keep_steps")
"""Settings of a training run that may differ between its checkpoints."""
FORMAT = 2
"""Version of the spec that this Zscape writes. It also reads version 1."""


@dataclass(frozen=True, repr=False)
class Spec:
    """The JSON header of a model file.

    name: name of the model for the user. family: a name in models.families.FAMILIES, or "" for a network that no file holds.
    config: the family's config as plain values. inputs: those of the generator, in order. image_shape: (channels, height, width);
    pixels run from -1 to 1. data, licence: what it was trained on and the terms of the weights. step, images: training steps of
    the generator and real images seen. measures: figures by name, each with its conditions in the name or in `notes`. recorded:
    how it was made (commands, seeds, seconds, versions), so that others can repeat it. coordinates: attribute -> coordinate of
    the first latent that follows it. subject: what it draws, strokes ("glyph") or solid things ("object"); photographs are
    prepared accordingly. layout: where these are in its pictures; None in files that do not record it (glyphs are then laid out
    as in MNIST) and for colour pictures. sha256: hash of the tensors, checked on loading.
    """

    name: str
    family: str
    config: Mapping[str, Any]
    inputs: tuple[Input, ...]
    image_shape: tuple[int, int, int]
    data: str = ""
    licence: str = ""
    step: int = 0
    images: int = 0
    measures: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Any] = field(default_factory=dict)
    coordinates: Mapping[str, int] = field(default_factory=dict)
    subject: Subject = "glyph"
    layout: Layout | None = None
    sha256: str = ""
    format: int = FORMAT

    def __repr__(self) -> str:
        """One line: a notebook lists all of `zscape.models()`, and the measures alone would fill pages."""
        channels, height, width = self.image_shape
        inputs = ", ".join(f"{each.name}: {each.summary}" for each in self.inputs)
        kind = f"{self.family}, " if self.family else ""
        return f"<spec of {self.name!r}: {kind}{inputs} -> {width} x {height}, {'grey' if channels == 1 else 'colour'}>"

    @property
    def space(self) -> Space:
        """The space this model draws from, without directions. Raises ZscapeError for inputs that contradict each other."""
        return Space(self.inputs, self.coordinates)

    @property
    def class_names(self) -> tuple[str, ...]:
        """Labels of the classes; () if the model has none."""
        return self.space.labels

    @property
    def run(self) -> str:
        """Identifier of the training run: the same for every checkpoint of the run, whatever its weights.

        A hash of the name, the network and how it was trained (the seed, the data, the model it started from; not for how long).
        If that is not recorded, the hash of the tensors takes its place; "" if no file holds them.
        """
        how = self.recorded.get("training")
        made: object = self.sha256
        if isinstance(how, Mapping):
            start = self.recorded.get("start")
            begun = start.get("sha256", "") if isinstance(start, Mapping) else ""
            made = [{name: each for name, each in how.items() if name not in FREE}, begun]
        words = json.dumps([self.name, self.family, dict(self.config), self.data, made], sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest() if made else ""

    @property
    def z_size(self) -> int:
        """Size of the first latent; 0 if there is none."""
        latent = self.space.first(Latent)
        return latent.size if latent else 0
