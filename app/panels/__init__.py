"""The panels around the picture. They are imported after the first paint; what their docks need is here.

A new panel is a file here and an entry below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.panels.base import Panel
    from zscape.app.work.context import Context


def _latent(context: Context) -> Panel:
    from zscape.app.panels.latent import LatentPanel

    return LatentPanel(context)


def _classes(context: Context) -> Panel:
    from zscape.app.panels.classes import ClassesPanel

    return ClassesPanel(context)


def _shelf(context: Context) -> Panel:
    from zscape.app.panels.shelf import ShelfPanel

    return ShelfPanel(context)


def _about(context: Context) -> Panel:
    from zscape.app.panels.about import AboutPanel

    return AboutPanel(context)


def _model(context: Context) -> Panel:
    from zscape.app.panels.model_info import ModelPanel

    return ModelPanel(context)


@dataclass(frozen=True)
class Entry:
    """One panel. title: on its dock. side: where it stands at first. tip: what it is for. build: makes it."""

    title: str
    side: str
    tip: str
    build: Callable[[Context], Panel]


PANELS = {
    "latent": Entry("Latent", "left", "Where in the latent space the current point lies", _latent),
    "classes": Entry("Classes", "left", "Which class is drawn, or a mixture of them", _classes),
    "shelf": Entry("Shelf", "right", "Points you have kept", _shelf),
    "about": Entry("About this tile", "right", "The tile under the mouse, and what to do with it", _about),
    "model": Entry("Model", "right", "What the open model is and how good it is", _model),
}
"""Every panel by name, from the top down."""
