"""Points whose arrays the user has changed after they were made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import Points, resolve

ROUNDING = 1e-4
"""Tolerance between arrays and those of their recipes: styles depend slightly on how many are computed at a time."""


def as_they_are(runner: GeneratorRunner, points: Points) -> Points:
    """Return `points` without their recipes if the arrays no longer match those, so that the arrays count; otherwise as given."""
    if not points.recipes:
        return points
    made = runner.with_styles(resolve(points.recipes, runner.model.space, points.rows, points.columns))
    held = runner.with_styles(points)
    same = all(np.allclose(held[name], made[name], atol=ROUNDING) for name in held)
    return points if same else replace(held, recipes=())
