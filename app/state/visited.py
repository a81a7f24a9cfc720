"""The points that were visited, as the undo steps know them."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack

from zscape.app.state.documents import Document
from zscape.app.state.steps import Step
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.units import UNIT_EDITS

LOOKED_AT = 2000
"""The most undo steps that are searched."""


def visited(stack: QUndoStack, document: Document, most: int) -> tuple[Recipe, ...]:
    """The points visited in `document`, latest first, each once and without the current one; at most `most`.

    The ends of a drag count, not what lies between. Points of other models than the one last opened are without unit edits,
    which belong to the model they were made with.
    """
    found: dict[Recipe, None] = {}
    shown = at = document.opened
    for number in range(stack.index() - 1, max(-1, stack.index() - 1 - LOOKED_AT), -1):
        step = stack.command(number)
        if not isinstance(step, Step):
            continue
        models = step.models or (at, at)
        ends = step.ends(document)
        if ends is not None and ends[0].point != ends[1].point:
            for scene, model in ((ends[1], models[1]), (ends[0], models[0])):
                own = shown is None or model is None or model.of_run(shown)
                found.setdefault(scene.point if own else scene.point.without(UNIT_EDITS))
        at = models[0]
        if len(found) > most + 1:
            break
    found.pop(document.scene.point, None)
    return tuple(found)[:most]
