"""The pad view's state, the plane that it describes, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState, fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.blending import reseeded
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.models.sweeps.pad import Pad

Kind = Literal["directions", "points", "corners", "seeds", "classes"]
KINDS: dict[Kind, tuple[str, str]] = {
    "directions": ("Two directions", "x and y move the point along two directions"),
    "points": ("Three points", "The plane through three points, and beyond them"),
    "corners": ("Four corners", "The sheet between four points"),
    "seeds": ("Seeds", "One to the right is the next seed, one up is 100 further; between them lie their mixtures"),
    "classes": ("Classes", "The classes stand round a polygon; within it lie their mixtures"),
}
"""Title and tooltip of each kind."""
MOST_THUMBNAILS = 15
FURTHEST, CLOSEST = 1e8, 1e-4
"""The limit of coordinates, and the smallest side of the visible square."""
MOST_CORNERS = 40
"""The default number of classes around a polygon; more could not be told apart."""
LETTERS: dict[str, tuple[str, ...]] = {"points": ("a", "b", "c"), "corners": ("a", "b", "c", "d")}
"""The slots for points of each kind that has some."""
STAND_INS = {"a": 15, "b": 1, "c": 7, "d": 3}
"""The seeds of points that the user has not set."""


@dataclass(frozen=True)
class PadState(ViewState):
    """kind: of the plane, "" for the best one of the open model. x, y: names of directions, "" for the first ones.

    a, b, c, d: the points of a plane or a sheet, None if not set. keep_norm: whether sums of them keep their lengths.
    classes: the numbers of those around the polygon, () for all. at: where the point was last put, or ().
    seen: the visible square, (middle x, middle y, side), or () for the default. heat: the name of the heat map, "" for none.
    thumbnails: how many side by side, 0 for none.
    """

    kind: Kind | Literal[""] = ""
    x: str = ""
    y: str = ""
    a: Recipe | None = None
    b: Recipe | None = None
    c: Recipe | None = None
    d: Recipe | None = None
    keep_norm: bool = True
    classes: tuple[int, ...] = ()
    at: tuple[float, ...] = ()
    seen: tuple[float, ...] = ()
    heat: str = ""
    thumbnails: int = 7

    view = "pad"

    def __post_init__(self) -> None:
        sizes = len(self.at) in (0, 2) and len(self.seen) in (0, 3) and 0 <= self.thumbnails <= MOST_THUMBNAILS
        near = all(abs(number) <= FURTHEST for number in (*self.at, *self.seen))  # false for NaN, too
        if not sizes or not near or (self.seen and self.seen[2] < CLOSEST) or min(self.classes, default=0) < 0:
            raise ValueError("no pad")

    def fit(self, space: Space, same_classes: bool) -> Self:
        points: dict[str, Any] = {name: fitting(self.point(name), space, same_classes, None) for name in STAND_INS}
        if not same_classes:
            return replace(self, **points, x="", y="", classes=(), at=(), seen=(), heat="")
        return replace(self, **points)

    def point(self, name: str) -> Recipe | None:
        """The point in slot a, b, c or d."""
        return {"a": self.a, "b": self.b, "c": self.c, "d": self.d}[name]

    def with_point(self, name: str, recipe: Recipe | None) -> PadState:
        """The same with another point in a slot; what was put on the plane is reset, because its place has changed."""
        changes: dict[str, Any] = {name: recipe}
        return replace(self, **changes, at=())


def lacks(kind: Kind, space: Space) -> str:
    """Why a model of `space` has no pad of this kind, "" if it has."""
    if kind == "directions":
        return "" if len(space.directions) > 1 else "It needs two directions: find some in the Directions panel"
    if kind == "classes":
        return "" if len(space.labels) > 1 else "The open model has no classes to mix"
    return "" if space.first(Latent) else "The open model has no latent"


def lacks_all(space: Space) -> str:
    """Why a model of `space` has no pad at all, "" if it has one."""
    none = all(lacks(kind, space) for kind in KINDS)
    return "The open model has neither a latent nor classes to move over a plane" if none else ""


def kind_of(state: PadState, space: Space) -> Kind:
    """The kind that is shown: the chosen one if the model has it, else the first that it has."""
    if state.kind and not lacks(state.kind, space):
        return state.kind
    usual: tuple[Kind, ...] = ("directions", "corners", "classes")
    return next((kind for kind in usual if not lacks(kind, space)), "corners")


def directions_of(state: PadState, space: Space) -> tuple[str, str]:
    """The names of both directions: the chosen ones if the model knows them, else the first others."""
    known = list(space.directions)
    x = state.x if state.x in known else next((name for name in known if name != state.y), "")
    y = state.y if state.y in known and state.y != x else next((name for name in known if name != x), "")
    return x, y


def classes_of(state: PadState, space: Space) -> tuple[int, ...]:
    """The classes around the polygon: the chosen ones, else all, or the first of very many."""
    count = len(space.labels)
    chosen = tuple(number for number in state.classes if number < count)
    return chosen if len(chosen) > 1 else tuple(range(min(count, MOST_CORNERS)))


def points_of(state: PadState, kind: Kind, point: Recipe, space: Space) -> tuple[Recipe, ...]:
    """The points of a plane or a sheet: those set by the user, else defaults, which differ only in the seed from the first one
    set (or, if there is none, from the current point).
    """
    put = [state.point(name) for name in LETTERS[kind]]
    like = next((each for each in put if each is not None), point)
    return tuple(each or reseeded(like, STAND_INS[name], space) for name, each in zip(LETTERS[kind], put, strict=True))


def pad_of(state: PadState, point: Recipe, space: Space, locked: tuple[str, ...] = ()) -> Pad:
    """The plane that is shown. locked: the directions that stay fixed while the point moves along others."""
    from zscape.models.sweeps.mixed_pads import CornersPad, PointsPad
    from zscape.models.sweeps.pads import ClassesPad, DirectionsPad
    from zscape.models.sweeps.seeds_pad import SeedsPad

    kind = kind_of(state, space)
    if kind == "directions":
        x, y = directions_of(state, space)
        from zscape.models.directions.lock import going_along

        also = going_along((x, y), space.directions, [name for name in locked if name in space.directions])
        return DirectionsPad(x, y, tuple(also[x].items()), tuple(also[y].items()))
    if kind == "seeds":
        return SeedsPad()
    if kind == "classes":
        return ClassesPad(classes_of(state, space))
    a, b, c, *rest = points_of(state, kind, point, space)
    return CornersPad(a, b, c, state.keep_norm, rest[0]) if rest else PointsPad(a, b, c, state.keep_norm)


def _put(session: Session, tile: Tile) -> None:
    state = session.scene.view(PadState)
    places = LETTERS["points" if state.kind == "points" else "corners"]
    free = next((name for name in places if state.point(name) is None), places[-1])
    kind = state.kind if state.kind in LETTERS else "corners"
    session.edit_view(f"use as {free.upper()} of the pad", replace(state.with_point(free, tile.recipe), kind=kind))
    session.message.emit(f"The pad uses it as {free.upper()} now.", False)


ACTIONS = (TileAction("pad", "Use as next point in Pad", "Make this the next of the points that span the pad", "grid", _put),)
