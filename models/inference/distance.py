"""How far a reconstruction is from its picture, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zscape.models.files.library import draws

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec

CLOSE, FAR = 2.0, 4.0
"""Times the mean error of held-out images; of those themselves one in twelve is beyond the first, few beyond the second."""
OTHER = 7.0
"""Times that error, of a picture with as much contrast as the model's own have; of plainer ones in proportion less."""


def times(mse: float, measures: Mapping[str, float], refined: bool = False) -> float | None:
    """How many times the mean error of held-out images `mse` is; None if the model's measures don't say that.

    refined: `mse` is of a refined latent, to be set against the error after refinement where that was measured.
    """
    usual = measures.get("encoder_mse", 0.0)
    if refined:
        usual = measures.get("encoder_mse_refined", usual)
    return mse / usual if usual > 0 else None


def is_far(mse: float, measures: Mapping[str, float], refined: bool = False) -> bool:
    """Whether the model cannot draw what was asked of it."""
    ratio = times(mse, measures, refined)
    return ratio is not None and ratio > FAR


def in_words(mse: float, measures: Mapping[str, float], refined: bool = False) -> str:
    """A clause that sets `mse` against the model's own measure of held-out images; "" if there is none."""
    ratio = times(mse, measures, refined)
    if ratio is None:
        return ""
    if ratio <= CLOSE:
        return "as close as unseen pictures of its kind get"
    if ratio <= FAR:
        return f"{ratio:.1f} times as far off as unseen pictures of its kind"
    return f"{ratio:.1f} times as far off as unseen pictures of its kind: the model does not draw this"


def refusal(mse: float, spec: Spec, refined: bool = False, contrast: float | None = None) -> str:
    """Why a photograph is not restyled whose reconstruction is off by `mse`, in two sentences; "" if it is, or nobody knows.

    contrast: of the photograph, in shares of what the model's own pictures have (`share_of_usual`); None if that is not known.
    What is nearly plain, such as skin without a face, or dark, is never far off, and yet another picture. Only of things in
    colour: there the model would draw something else, of which it says nothing. Strokes are made ready for the model, and then
    are of its kind or nearly so.
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
