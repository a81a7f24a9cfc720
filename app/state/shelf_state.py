"""The other shelves, by name, and the tags of points: what is kept beside the points of the shelf that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.scene import Scene
from zscape.app.state.view_state import ViewState, fits, register
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

LONGEST = 40
"""The most characters in the name of a shelf or in a tag."""
FIRST = "Shelf"
"""The name of the shelf that always exists."""


@dataclass(frozen=True)
class ShelfState(ViewState):
    """name: that of the shelf shown, whose points are `Scene.shelf`. others: the names and points of the others, in order.

    place: the index of the shelf shown among them. tags: those of points on any shelf; each point occurs once.
    """

    name: str = FIRST
    others: tuple[tuple[str, tuple[Recipe, ...]], ...] = ()
    place: int = 0
    tags: tuple[tuple[Recipe, tuple[str, ...]], ...] = ()

    view = "shelf"

    def __post_init__(self) -> None:
        names = self.names
        tags = [tag for _, each in self.tags for tag in each]
        if len(set(names)) < len(names) or not all(each.strip() and len(each) <= LONGEST for each in (*names, *tags)):
            raise ValueError("shelves and tags need names of 1 to 40 letters, and no two shelves the same")
        if not 0 <= self.place <= len(self.others):
            raise ValueError("no such shelf")

    def fit(self, space: Space, same_classes: bool) -> Self:
        others = tuple((name, tuple(each for each in kept if fits(each, space, same_classes))) for name, kept in self.others)
        return replace(self, others=others, tags=tuple(each for each in self.tags if fits(each[0], space, same_classes)))

    def without_kept(self) -> Self:
        return type(self)()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all shelves, in order."""
        names = [name for name, _ in self.others]
        names.insert(self.place, self.name)
        return tuple(names)

    def tags_of(self, recipe: Recipe) -> tuple[str, ...]:
        """The tags of a point."""
        return next((tags for each, tags in self.tags if each == recipe), ())

    @property
    def used_tags(self) -> tuple[str, ...]:
        """Every tag in use, sorted."""
        return tuple(sorted({tag for _, tags in self.tags for tag in tags}, key=str.casefold))


register(ShelfState)


def shelves(scene: Scene) -> tuple[tuple[str, tuple[Recipe, ...]], ...]:
    """Every shelf with its points, in order."""
    state = scene.view(ShelfState)
    every = list(state.others)
    every.insert(state.place, (state.name, scene.shelf))
    return tuple(every)


def with_shelf(scene: Scene, name: str) -> Scene:
    """The same with the shelf called `name` shown. If it does not exist, it is created, empty, after the others."""
    every = shelves(scene)
    names = [each for each, _ in every]
    if name not in names:
        every = (*every, (checked(name), ()))
        names.append(every[-1][0])
        name = every[-1][0]
    return _arranged(scene, every, names.index(name))


def renamed(scene: Scene, name: str) -> Scene:
    """The same with the shown shelf renamed. Raises ZscapeError if the name is taken or empty."""
    state = scene.view(ShelfState)
    name = checked(name)
    if name != state.name and name in state.names:
        raise ZscapeError(f"There is a shelf called {name!r} already: choose another name.")
    return scene.with_view(replace(state, name=name))


def without_shelf(scene: Scene) -> Scene:
    """The same without the shown shelf and its points; the one before it is shown. The last shelf is emptied instead."""
    every, place = list(shelves(scene)), scene.view(ShelfState).place
    del every[place]
    return _arranged(scene, every or [(FIRST, ())], max(0, place - 1))


def moved_to(scene: Scene, recipe: Recipe, name: str) -> Scene:
    """The same with a point of the shown shelf moved to the end of the one called `name`."""
    every, place = list(shelves(scene)), scene.view(ShelfState).place
    for number, (each, kept) in enumerate(every):
        left = tuple(point for point in kept if point != recipe) if number == place or each == name else kept
        every[number] = each, (*left, recipe) if each == name else left
    return _arranged(scene, every, place)


def tagged(scene: Scene, recipe: Recipe, tags: Iterable[str]) -> Scene:
    """The same with the tags of a point replaced. Raises ZscapeError if a tag is too long."""
    state = scene.view(ShelfState)
    kept = tuple(dict.fromkeys(checked(tag) for tag in tags if tag.strip()))
    others = tuple(each for each in state.tags if each[0] != recipe)
    return _tidy(scene.with_view(replace(state, tags=(*others, (recipe, kept)) if kept else others)))


def with_points(scene: Scene, points: Iterable[Recipe]) -> Scene:
    """The same with the points of the shown shelf replaced."""
    return _tidy(replace(scene, shelf=tuple(points)))


def kept(scene: Scene) -> tuple[Recipe, ...]:
    """The points on all shelves, each once."""
    return tuple(dict.fromkeys(point for _, points in shelves(scene) for point in points))


def checked(name: str) -> str:
    """`name` without surrounding spaces. Raises ZscapeError if it is empty or too long."""
    name = " ".join(name.split())
    if not name:
        raise ZscapeError("A shelf or a tag needs a name.")
    if len(name) > LONGEST:
        raise ZscapeError(f"The name of a shelf or a tag has at most {LONGEST} characters, this one {len(name)}: shorten it.")
    return name


def _arranged(scene: Scene, every: Iterable[tuple[str, tuple[Recipe, ...]]], place: int) -> Scene:
    rest = list(every)
    name, points = rest.pop(place)
    state = replace(scene.view(ShelfState), name=name, others=tuple(rest), place=place)
    return _tidy(replace(scene, shelf=points).with_view(state))


def _tidy(scene: Scene) -> Scene:
    """The same without the tags of points that are on no shelf."""
    state, there = scene.view(ShelfState), {*kept(scene)}
    return scene.with_view(replace(state, tags=tuple(each for each in state.tags if each[0] in there)))
