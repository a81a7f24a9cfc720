"""Describes in words how far a reconstruction is from its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zscape.models.files.library import draws

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec

CLOSE, FAR = 2.0, 4.0
"""Multiples of the mean error of held-out images; one in twelve of those exceeds the first, few exceed the second."""
OTHER = 7.0
"""A multiple of that error, for a picture with the contrast of the model's own pictures; smaller for a plainer one."""


def times(mse: float, measures: Mapping[str, float], refined: bool = False) -> float | None:
    """Return `mse` as a multiple of the mean error of held-out images; None if the model does not record that error.

    refined: `mse` is of a refined latent, and is compared with the error after refinement if that was measured.
    """
    usual = measures.get("encoder_mse", 0.0)
    if refined:
        usual = measures.get("encoder_mse_refined", usual)
    return mse / usual if usual > 0 else None


def is_far(mse: float, measures: Mapping[str, float], refined: bool = False) -> bool:
    """Whether the error shows that the model cannot draw this picture."""
    ratio = times(mse, measures, refined)
    return ratio is not None and ratio > FAR


def in_words(mse: float, measures: Mapping[str, float], refined: bool = False) -> str:
    """Return a clause that compares `mse` with the model's error on held-out images; "" if that is not recorded."""
    ratio = times(mse, measures, refined)
    if ratio is None:
        return ""
    if ratio <= CLOSE:
        return "as close as unseen pictures of its kind get"
    if ratio <= FAR:
        return f"{ratio:.1f} times as far off as unseen pictures of its kind"
    return f"{ratio:.1f} times as far off as unseen pictures of its kind: the model does not draw this"


def refusal(mse: float, spec: Spec, refined: bool = False, contrast: float | None = None) -> str:
    """Return in two sentences why a photograph with this reconstruction error is not restyled; "" if it may be, or is unknown.

    contrast: that of the photograph, as a fraction of the contrast of the model's own pictures (`share_of_usual`); None if not
    known. A nearly plain or dark picture, such as skin without a face, never has a large error although it is a different
    picture. Only for colour models of objects, which would draw something else without notice. Drawings of strokes are prepared
    for the model and are then of its kind, or nearly so.
    """
    ratio = times(mse, spec.measures, refined)
    if ratio is None or spec.image_shape[0] != 3 or spec.subject != "object":
        return ""
    if not is_far(mse, spec.measures, refined) and (contrast is None or ratio <= OTHER * contrast):
        return ""
    kind = draws(spec) or (f"pictures like those of {spec.data}" if spec.data else "pictures of its own kind")
    return (
        f"{spec.name} draws {kind}. What it makes of this picture shows something else, so it cannot restyle it: open a picture "
        "of that kind, or draw one here."
    )
