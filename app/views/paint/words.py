"""How far a picture agrees with its paint, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.app.views.paint.state import PaintState
from zscape.models.inputs.classes import Classes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.files.checkpoint import Model

HINT = "Choose a brush below and paint on the left picture, or drop, paste or open one of yours."


def in_words(state: PaintState, model: Model | None, drawn: NDArray[np.uint8] | None) -> str:
    """How far `drawn`, uint8 [H, W, C], agrees with the paint; what to do where there is none."""
    from zscape.models.inference.paint import agreement
    from zscape.models.media.wishes import MUST, MUST_NOT

    if state.untouched:
        return HINT
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
