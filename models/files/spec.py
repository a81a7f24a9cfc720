"""What a model file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zscape.models.inputs.points import Space

Subject = Literal["glyph", "object"]


@dataclass(frozen=True)
class Spec:
    """The JSON header of a model file.

    name: what a person calls the model. family: a name in models.families.FAMILIES. config: the family's config as plain values.
    class_names: one a class. image_shape: (channels, height, width); pixels run from -1 to 1.
    data, licence: what it was trained on and the terms of the weights. step, images: training steps of the generator and real
    images seen. measures: figures by name, each with its conditions in the name or in `notes`. recorded: how it was made
    (commands, seeds, seconds, versions), for a stranger who wants the same. subject: what it draws, strokes ("glyph") or things
    with an inside ("object"): a photograph is made ready accordingly. sha256: of the tensors, checked on loading.
    """

    name: str
    family: str
    config: Mapping[str, Any]
    z_size: int
    class_names: tuple[str, ...]
    image_shape: tuple[int, int, int]
    data: str = ""
    licence: str = ""
    step: int = 0
    images: int = 0
    measures: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Any] = field(default_factory=dict)
    knobs: Mapping[str, int] = field(default_factory=dict)
    subject: Subject = "glyph"
    sha256: str = ""
    format: int = 1

    @property
    def space(self) -> Space:
        """The latent space this model draws from."""
        return Space(self.z_size, self.class_names, knobs=self.knobs)
