"""The views, by name and in the order of their tabs. A view is imported when it is first shown.

A new view is a file or a folder here and an entry below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zscape.app.state.view_state import ViewState, register
from zscape.app.views.arithmetic import state as arithmetic
from zscape.app.views.candidates import state as candidates
from zscape.app.views.class_sweep.state import ClassSweepState
from zscape.app.views.compare import state as compare
from zscape.app.views.layers.state import LayersState
from zscape.app.views.map.state import MapState
from zscape.app.views.pad import state as pad
from zscape.app.views.paint import state as paint
from zscape.app.views.restyle.state import RestyleState
from zscape.app.views.style_mixing import state as style_mixing
from zscape.app.views.style_sweep import state as style_sweep
from zscape.app.views.type import state as type_view
from zscape.app.work.tile_actions import TileAction, offer
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.work.context import Context


def _image(context: Context) -> View:
    from zscape.app.views.image import ImageView

    return ImageView(context)


def _class_sweep(context: Context) -> View:
    from zscape.app.views.class_sweep.view import ClassSweepView

    return ClassSweepView(context)


def _style_sweep(context: Context) -> View:
    from zscape.app.views.style_sweep.view import StyleSweepView

    return StyleSweepView(context)


def _style_mixing(context: Context) -> View:
    from zscape.app.views.style_mixing.view import StyleMixingView

    return StyleMixingView(context)


def _restyle(context: Context) -> View:
    from zscape.app.views.restyle.view import RestyleView

    return RestyleView(context)


def _paint(context: Context) -> View:
    from zscape.app.views.paint.view import PaintView

    return PaintView(context)


def _arithmetic(context: Context) -> View:
    from zscape.app.views.arithmetic.view import ArithmeticView

    return ArithmeticView(context)


def _pad(context: Context) -> View:
    from zscape.app.views.pad.view import PadView

    return PadView(context)


def _map(context: Context) -> View:
    from zscape.app.views.map.view import MapView

    return MapView(context)


def _candidates(context: Context) -> View:
    from zscape.app.views.candidates.view import CandidatesView

    return CandidatesView(context)


def _compare(context: Context) -> View:
    from zscape.app.views.compare.view import CompareView

    return CompareView(context)


def _type(context: Context) -> View:
    from zscape.app.views.type.view import TypeView

    return TypeView(context)


def _layers(context: Context) -> View:
    from zscape.app.views.layers.view import LayersView

    return LayersView(context)


def _train(context: Context) -> View:
    from zscape.app.views.train.view import TrainView

    return TrainView(context)


def _needs_classes(space: Space) -> str:
    return "" if space.labels else "The open model has no classes to sweep through"


@dataclass(frozen=True)
class Entry:
    """One view. title: of its tab. tip: its purpose, in one line. build: creates it. state: its state class in the scene.

    tile_actions: the actions it offers for tiles of any sheet. lacks: why a model of a space cannot fill it, "" if it can.
    panels: the names of the panels that it uses; the others are folded while it is shown. None: all. plays: whether it can have a
    sheet that a timeline moves; if not, the timeline is hidden while it is shown.
    """

    title: str
    tip: str
    build: Callable[[Context], View]
    state: type[ViewState] | None = None
    tile_actions: tuple[TileAction, ...] = ()
    lacks: Callable[[Space], str] = lambda _: ""
    panels: tuple[str, ...] | None = None
    plays: bool = True


VIEWS = {
    "image": Entry("Image", "One picture, as large as the window allows", _image),
    "class-sweep": Entry(
        "Class sweep",
        "One style in every class, morphing from each to the next",
        _class_sweep,
        ClassSweepState,
        lacks=_needs_classes,
    ),
    "style-sweep": Entry(
        "Style sweep",
        "Every class on the way from one style to another",
        _style_sweep,
        style_sweep.StyleSweepState,
        style_sweep.ACTIONS,
    ),
    "style-mixing": Entry(
        "Style mixing",
        "Layers of the styles of some points in others",
        _style_mixing,
        style_mixing.StyleMixingState,
        style_mixing.ACTIONS,
        lacks=style_mixing.lacks,
    ),
    "restyle": Entry(
        "Restyle",
        "Draw or open a picture and see every class in its style",
        _restyle,
        RestyleState,
        panels=("shelf", "about", "model"),
    ),
    "paint": Entry(
        "Paint",
        "Paint what must be, what must not, erase a part: the model finds a picture that matches",
        _paint,
        paint.PaintState,
        paint.ACTIONS,
        lacks=paint.lacks,
        panels=("shelf", "about", "model"),
    ),
    "arithmetic": Entry(
        "Arithmetic",
        "A − B + C: carry a difference from one point to another",
        _arithmetic,
        arithmetic.ArithmeticState,
        arithmetic.ACTIONS,
    ),
    "candidates": Entry(
        "Candidates",
        "Nine variations of the current point: click one, and nine variations of that one appear",
        _candidates,
        candidates.CandidatesState,
        lacks=candidates.lacks,
    ),
    "pad": Entry(
        "Pad",
        "Drag the point over a plane: two directions, three points, four corners, seeds, classes",
        _pad,
        pad.PadState,
        pad.ACTIONS,
        lacks=pad.lacks_all,
    ),
    "map": Entry(
        "Map",
        "Thousands of pictures, similar ones close together, and those nearest to the current point",
        _map,
        MapState,
        panels=("shelf", "about", "model"),
    ),
    "type": Entry(
        "Type",
        "A line of text in the current style, for a model of letters or digits",
        _type,
        type_view.TypeState,
        type_view.ACTIONS,
        lacks=type_view.lacks_letters,
    ),
    "compare": Entry(
        "Compare",
        "One point in two models or at checkpoints of a run, or two points, and where the pictures differ",
        _compare,
        compare.CompareState,
        compare.ACTIONS,
    ),
    "layers": Entry(
        "Layers",
        "Look inside the network: switch its units off, amplify, move, turn and scale them",
        _layers,
        LayersState,
        panels=("latent", "directions", "styles", "classes", "numbers", "noise", "picture"),
    ),
    "train": Entry("Train", "Train a model of your own and explore it while it learns", _train, panels=(), plays=False),
}
FIRST = "class-sweep"
"""The first view of a new user."""

for entry in VIEWS.values():
    if entry.state is not None:
        register(entry.state)
    offer(entry.tile_actions)
