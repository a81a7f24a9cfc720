"""Describes in words how well a picture matches its paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.app.views.paint.state import PaintState
from zscape.models.inputs.kinds.classes import Classes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model

HINT = "Choose a brush below and paint on the left picture, or drop, paste or open one of yours."
FILM = "The result shows the timeline at the playhead. Painting stops it, and begins on the picture at the left."

EMPTY = "Paint here."
COMING = "The picture to paint on appears here."
NO_PAPER = "This model has no picture to paint on."
WORDS = "The picture that matches your paint appears here."


def in_words(state: PaintState, model: Model | None, drawn: NDArray[np.uint8] | None, before: NDArray[np.uint8] | None) -> str:
    """How well `drawn`, uint8 [H, W, C], matches the paint.

    Without paint: what to do, or how far `before`, its reconstruction, is from a photograph.
    """
    from zscape.models.inference.paint import agreement
    from zscape.models.media.wishes import MUST, MUST_NOT

    if state.untouched:
        return _distance(state, model, before) or HINT
    if model is None or drawn is None or state.found is None:
        return ""
    wishes = state.wishes(model.spec.image_shape)
    must, must_not = agreement(drawn, wishes, MUST), agreement(drawn, wishes, MUST_NOT)
    words = [f"{must:.0%} of what must be is there."] if must is not None else []
    words += [f"{1 - must_not:.0%} of what must not be is left."] if must_not is not None else []
    classes = model.space.first(Classes)
    if state.any_class and classes is not None:
        words.append(f"Found as {classes.describe(state.found.value(classes))}.")
    return " ".join(words)


def why_no_result(state: PaintState) -> str:
    """Why there is no result to paint on, "" if there is one."""
    if state.photo is not None:
        return "Painting continues on the photograph"
    return "" if state.found is not None else "Paint first: there is no result yet"


def why_no_other(state: PaintState, model: Model | None) -> str:
    """Why no other matching picture can be searched for, "" if one can."""
    if state.untouched:
        return "Paint first: then there can be another picture that matches"
    if state.photo is not None and model is not None:
        from zscape.models.media.wishes import FREE

        if not state.wishes(model.spec.image_shape).weight(FREE).any():
            return "Erase something (Free): in a photograph only what is erased can differ"
    return ""


def _distance(state: PaintState, model: Model | None, before: NDArray[np.uint8] | None) -> str:
    """How far a photograph is from what the model draws; "" if there is none, or the distance is unknown."""
    import numpy as np

    from zscape.models.inference.distance import in_words

    if state.photo is None or model is None or before is None or before.shape != state.photo.array.shape:
        return ""
    mse = float(np.square((before.astype(np.float64) - state.photo.array) / 255).mean())
    words = in_words(mse, model.spec.measures)
    return words and f"{words[:1].upper()}{words[1:]}."
