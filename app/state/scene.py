"""The scene: everything in a session that can be undone and saved in a file, as plain values.

It imports nothing slow, so that the window has a scene before numpy and torch are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.view_state import ViewState, fits
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import UNIT_EDITS
from zscape.models.inputs.value import Value
from zscape.models.timeline.timeline import Timeline

V = TypeVar("V", bound=ViewState)

DEFAULT_POINT = Recipe.seed(10)
"""The point that a new user sees first: a style that each bundled model draws well in every class."""


@dataclass(frozen=True)
class Scene:
    """What the window shows.

    point: the current point, which the panels edit and every view starts from. shelf: the kept points. views: the state of each
    view, unless it is the default. timeline: what can be played, None until one is made.
    """

    point: Recipe = DEFAULT_POINT
    shelf: tuple[Recipe, ...] = ()
    views: tuple[ViewState, ...] = ()
    timeline: Timeline | None = None

    def view(self, kind: type[V]) -> V:
        """The state of the view whose state class is `kind`."""
        return next((each for each in self.views if type(each) is kind), kind())

    def with_view(self, state: ViewState) -> Scene:
        """The same with the state of one view replaced. A change that is reverted gives an equal scene."""
        if state == type(state)():
            return replace(self, views=tuple(each for each in self.views if type(each) is not type(state)))
        if any(type(each) is type(state) for each in self.views):
            return replace(self, views=tuple(state if type(each) is type(state) else each for each in self.views))
        return replace(self, views=(*self.views, state))

    def with_point(self, point: Recipe) -> Scene:
        """The same with another current point."""
        return replace(self, point=point)


def fit(scene: Scene, kind: Kind, of: Kind = UNKNOWN) -> Scene:
    """`scene`, made for a model of kind `of`, with everything that a model of `kind` cannot draw reset to its default.

    If the class labels differ, values set number by number, pictures and the timeline are dropped, and no point stays moved along
    directions, which belong to one model. Kept points stay with the models of their own kind: in other models their seeds give
    other pictures. So do unit edits: other models have other layers. The unknown kind stands for a model that can draw
    everything.
    """
    if kind == UNKNOWN:
        return scene
    if of != UNKNOWN and not kind.akin(of):
        scene = _without_kept(without_units(scene))
    same, space = kind.same_classes(of), kind.space
    point, *shelf = map(space.within, (scene.point, *scene.shelf))
    if of not in (UNKNOWN, kind):
        point, *shelf = map(_unmoved, (point, *shelf))
    fitted = Scene(
        point=point if fits(point, space, same) else DEFAULT_POINT,
        shelf=tuple(recipe for recipe in shelf if fits(recipe, space, same)),
        timeline=scene.timeline if same and _can_play(scene.timeline, space) else None,
    )
    for state in scene.views:
        fitted = fitted.with_view(state.fit(space, same))
    return fitted


def _without_kept(scene: Scene) -> Scene:
    """`scene` without the kept points of all shelves."""
    views = tuple(each.without_kept() for each in scene.views)
    return replace(scene, shelf=(), views=tuple(each for each in views if each != type(each)()))


def _unmoved(recipe: Recipe, unknown: Callable[[str], bool] = lambda _: True) -> Recipe:
    """`recipe` without its moves along directions for whose names `unknown` returns true."""
    changes: dict[str, Value] = {}
    for name, value in recipe.values:
        moves = getattr(value, "moves", ())
        kept = tuple(each for each in moves if not unknown(each[0]))
        if kept != moves:
            still: dict[str, Any] = {"moves": kept}
            changes[name] = replace(value, **still)
    return recipe.with_values(changes) if changes else recipe


def without_strange_moves(scene: Scene, space: Space) -> Scene:
    """`scene` with the current point moved only along directions that a model of `space` has. Kept points are unchanged."""
    return scene.with_point(_unmoved(scene.point, lambda name: not space.knows(name)))


def without_units(scene: Scene) -> Scene:
    """`scene` without unit edits, and without the timeline if it moves units."""

    def as_drawn(given: Any) -> Any:
        if isinstance(given, Recipe):
            return given.without(UNIT_EDITS)
        return tuple(map(as_drawn, given)) if type(given) is tuple else given

    views = (replace(each, **{field.name: as_drawn(getattr(each, field.name)) for field in fields(each)}) for each in scene.views)
    played = scene.timeline
    if played is not None:
        names = {*(name for name, _ in played.tracks), *(name for name, _, _ in played.numbers)}
        played = None if UNIT_EDITS in names else replace(played, base=played.base.without(UNIT_EDITS))
    return Scene(as_drawn(scene.point), as_drawn(scene.shelf), tuple(views), played)


def _can_play(timeline: Timeline | None, space: Space) -> bool:
    """Whether a model of `space`, with the classes that the timeline was made for, can draw every key of `timeline`."""
    if timeline is None:
        return False
    values = [Recipe({name: key.value}) for name, keys in timeline.tracks for key in keys]
    # A number that the input does not have is reported during playback, because directions load after the model.
    names = {each.name for each in (*space.inputs, space.units)}
    known = all(name in names for name, _, _ in timeline.numbers)
    return known and all(fits(each, space, True) for each in (timeline.base, *values))
