"""The panels around the picture. They are imported after the first paint; this module has what their docks need before.

A new panel is a file here and an entry below. An entry names the kind of input that the panel is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zscape.app.state.directions_state  # noqa: F401  session files must know a panel's state before the panel exists
from zscape.models.inputs import Classes, Input, Latent, Noise, Numbers, Picture, Styles
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.panels.base import Panel
    from zscape.app.work.context import Context


def _latent(context: Context) -> Panel:
    from zscape.app.panels.latent import LatentPanel

    return LatentPanel(context)


def _styles(context: Context) -> Panel:
    from zscape.app.panels.styles import StylesPanel

    return StylesPanel(context)


def _classes(context: Context) -> Panel:
    from zscape.app.panels.classes import ClassesPanel

    return ClassesPanel(context)


def _numbers(context: Context) -> Panel:
    from zscape.app.panels.numbers import NumbersPanel

    return NumbersPanel(context)


def _noise(context: Context) -> Panel:
    from zscape.app.panels.noise import NoisePanel

    return NoisePanel(context)


def _picture(context: Context) -> Panel:
    from zscape.app.panels.picture import PicturePanel

    return PicturePanel(context)


def _directions(context: Context) -> Panel:
    from zscape.app.panels.directions.panel import DirectionsPanel

    return DirectionsPanel(context)


def _shelf(context: Context) -> Panel:
    from zscape.app.panels.shelf.panel import ShelfPanel

    return ShelfPanel(context)


def _history(context: Context) -> Panel:
    from zscape.app.panels.history import HistoryPanel

    return HistoryPanel(context)


def _about(context: Context) -> Panel:
    from zscape.app.panels.about import AboutPanel

    return AboutPanel(context)


def _model(context: Context) -> Panel:
    from zscape.app.panels.model_info import ModelPanel

    return ModelPanel(context)


@dataclass(frozen=True)
class Entry:
    """One panel. title: of its dock. side: where it is at first. build: creates it. tip: what it is for.

    height: its share of the side's height, relative to the other panels there.
    rank: if a side has too little space for all its panels, those of the highest rank are folded first.
    kind: the kind of input that it changes; its dock is shown if the open model has such an input. None: always.
    needs: a further condition on the space of the open model. folded: whether it is folded until the user unfolds it.
    """

    title: str
    side: str
    build: Callable[[Context], Panel]
    tip: str
    height: int
    kind: type[Input] | None = None
    rank: int = 0
    needs: Callable[[Space], object] | None = None
    folded: bool = False

    def suits(self, space: Space) -> bool:
        """Whether it is useful for a model of `space`."""
        return (self.kind is None or bool(space.every(self.kind))) and (self.needs is None or bool(self.needs(space)))


PANELS = {
    "latent": Entry("Latent", "left", _latent, "The latent: the numbers that one picture is drawn from", 480, Latent),
    "directions": Entry(
        "Directions",
        "left",
        _directions,
        "Directions that each change one thing, in standard deviations",
        220,
        rank=2,
        needs=lambda space: space.first(Latent),
    ),
    "styles": Entry("Styles", "left", _styles, "The styles that the layers get: truncation and mixing", 260, Styles, 4),
    "classes": Entry("Classes", "left", _classes, "Which class is drawn, or a mixture of them", 120, Classes, 1),
    "numbers": Entry("Numbers", "left", _numbers, "Quantities that the model takes, each with its range", 120, Numbers, 2),
    "noise": Entry("Noise", "left", _noise, "The random fine grain of the picture", 110, Noise, 3),
    "picture": Entry("Picture input", "left", _picture, "The picture that the model draws after", 260, Picture, 2),
    "shelf": Entry("Shelf", "right", _shelf, "Points you have kept", 234),
    "history": Entry("History", "right", _history, "Where you have been: a click goes back", 124, rank=3, folded=True),
    "about": Entry("About this tile", "right", _about, "The tile under the mouse, and what to do with it", 210, rank=1),
    "model": Entry("Model", "right", _model, "What the open model is and how good it is", 186, rank=2),
}
"""Every panel by name, from top to bottom."""

FIRST_KINDS = ("latent", "classes")
"""The panels of inputs that are shown before a model is open, because nearly every model has them."""
