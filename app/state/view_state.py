"""What a view keeps in the scene: each view declares a frozen dataclass of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class ViewState:
    """The base of what views keep. view: the name of the view, under which files have it.

    Every field has a default: that is the view as a newcomer finds it. Fields are plain values, recipes and pictures.
    """

    view: ClassVar[str] = ""

    def fit(self, space: Space, same_classes: bool) -> Self:
        """The same with everything that a model of `space` cannot draw put back to its default.

        same_classes: whether the model has the classes that this was set up for.
        """
        return self

    def without_kept(self) -> Self:
        """The same without what a person has kept, which stays with the models that it was kept of."""
        return self

    def to_hand_on(self) -> Self:
        """The same for pictures and films that a person hands on: without what is their own and was not drawn by the model."""
        return self


@dataclass(frozen=True)
class UnknownState(ViewState):
    """What a view that this Zscape does not have has left in a file: kept, so that saving loses nothing."""

    name: str = ""
    json: str = ""


STATES: dict[str, type[ViewState]] = {}
"""The state of each view that has one, by the view's name."""

MANY_CLASSES = 12
"""A sheet with a row a class is for so many classes at the most; more stand side by side, with fewer tiles each."""


def register(state: type[ViewState]) -> None:
    """Make a view's state known to session files."""
    STATES[state.view] = state


def fits(recipe: Recipe | None, space: Space, same_classes: bool) -> bool:
    """Whether a model of `space` can draw `recipe`, once it knows the directions that the recipe is moved along.

    Among other classes nothing fits that was set number by number, or is moved along directions: it would mean something else
    there.
    """
    if recipe is None:
        return False
    chosen = any(getattr(value, name, None) for _, value in recipe.values for name in ("numbers", "coordinates", "moves"))
    return (same_classes or not chosen) and space.takes(recipe)


def strange(recipe: Recipe, space: Space) -> str:
    """Why `recipe` is not for a model of these inputs, whichever directions that knows; "" where it is."""
    try:
        for name, value in recipe.values:
            space.input(name).check(value)
    except ZscapeError as error:
        return str(error)
    return ""


def fitting(recipe: Recipe | None, space: Space, same_classes: bool, otherwise: Any) -> Any:
    """`recipe` where it fits, else `otherwise`."""
    return recipe if fits(recipe, space, same_classes) else otherwise
