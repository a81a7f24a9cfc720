"""The restyle view's state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.view_state import ViewState, fitting
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.media.preparing.crop_box import CropBox


@dataclass(frozen=True)
class Restyle:
    """A picture from the user and the encoder's result.

    picture: prepared for the encoder. label: its class if set by the user, None to have it found. refine: steps of optimising the
    latent after encoding. found: the encoded point, None until there is one. mse: of the reconstruction, pixels 0..1. keep_style:
    whether it was refined within its style. photo: the photograph it was made from, small, as the bytes of a PNG or JPEG file,
    b"" for a drawing. crop: the part of the photograph that is used. contrast: that of the picture, relative to the pictures of
    the model that has encoded it; None if unknown.
    """

    picture: PictureValue
    label: int | None = None
    refine: int = 0
    found: Recipe | None = None
    mse: float | None = None
    keep_style: bool = True
    photo: bytes = b""
    crop: CropBox | None = None
    contrast: float | None = None


@dataclass(frozen=True)
class RestyleState(ViewState):
    """given: the picture in the view, if any."""

    given: Restyle | None = None

    view = "restyle"

    def fit(self, space: Space, same_classes: bool) -> Self:
        if self.given is None or not same_classes:
            return replace(self, given=None)
        label = self.given.label
        found = fitting(self.given.found, space, same_classes, None)
        fitted = replace(
            self.given,
            label=label if label is not None and label < max(1, len(space.labels)) else None,
            found=found,
            mse=self.given.mse if found else None,
            contrast=self.given.contrast if found else None,
        )
        return replace(self, given=fitted)

    def to_hand_on(self) -> Self:
        """The same without the photograph."""
        return self if self.given is None else replace(self, given=replace(self.given, photo=b"", crop=None))
