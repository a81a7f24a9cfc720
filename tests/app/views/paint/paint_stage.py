"""The paint view with a model whose pictures differ, and simulated input on it."""

import copy
from dataclasses import replace
from functools import cache

import numpy as np
import torch
from stage import give_model, show, small_model, stroke

from zscape.app.views.paint.state import PaintState
from zscape.app.views.paint.view import PaintView
from zscape.models.media.images import save_png

LINE = [(0.2, 0.8), (0.8, 0.8)]
STEPS = 20
"""Optimisation steps, instead of 150: enough for a toy's picture. How close real models get is tested with the models."""


@cache
def lively_model(encoder=True, seed=0):
    """A model whose pictures differ visibly."""
    model = small_model(encoder, seed)
    generator = copy.deepcopy(model.generator)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(8)
    return replace(model, generator=generator)


def ready(qtbot, view):
    """Wait until no search is running and both pictures match the scene."""
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    drawn = lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep()  # noqa: E731
    qtbot.waitUntil(lambda: view.sweep() is None or drawn(), timeout=20_000)
    qtbot.waitUntil(lambda: not view.pad.blank, timeout=20_000)


def state(view):
    return view.session.scene.view(PaintState)


def paint(qtbot, view, brush="must", places=LINE):
    view.brushes.tools[brush].click()
    stroke(qtbot, view.pad, places)
    ready(qtbot, view)
    return state(view)


def picture(tmp_path):
    """A picture of the model's size, unlike any that a model draws."""
    image = np.random.default_rng(0).integers(0, 256, (28, 28, 1), np.uint8)
    image[:8] = 0
    save_png(tmp_path / "noise.png", image)
    return tmp_path / "noise.png"


def shown(view):
    return view.sheet.frame.images[0]


def view_of(qtbot, context):
    """The paint view with its first picture drawn."""
    view = show(qtbot, PaintView(context))
    give_model(qtbot, context, lively_model())
    ready(qtbot, view)
    return view
