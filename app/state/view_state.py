"""What a view keeps in the scene: each view declares its own frozen dataclass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class ViewState:
    """The base of view states. view: the name of the view, which is its key in files.

    Every field has a default: the view as a new user finds it. Fields are plain values, recipes and pictures.
    """

    view: ClassVar[str] = ""

    def fit(self, space: Space, same_classes: bool) -> Self:
        """The same with everything that a model of `space` cannot draw reset to its default.

        same_classes: whether the model has the classes that this state was made for.
        """
        return self

    def without_kept(self) -> Self:
        """The same without what the user has kept, which stays with the models it was made with."""
        return self

    def to_hand_on(self) -> Self:
        """The same for pictures and films that are passed on: without the user's own material, only what the model drew."""
        return self


@dataclass(frozen=True)
class UnknownState(ViewState):
    """The state in a file of a view that this Zscape does not have, kept so that saving loses nothing."""

    name: str = ""
    json: str = ""


STATES: dict[str, type[ViewState]] = {}
"""The state class of each view that has one, by the view's name."""

MANY_CLASSES = 12
"""The most classes for which a sheet has one row per class; with more, they stand side by side, with fewer tiles each."""


def register(state: type[ViewState]) -> None:
    """Make the state class of a view known to session files."""
    STATES[state.view] = state


def fits(recipe: Recipe | None, space: Space, same_classes: bool) -> bool:
    """Whether a model of `space` can draw `recipe`, once it has the directions that the recipe is moved along.

    With other classes, a recipe does not fit if it is set number by number or moved along directions: it would mean something
    else there.
    """
    if recipe is None:
        return False
    chosen = any(getattr(value, name, None) for _, value in recipe.values for name in ("numbers", "coordinates", "moves"))
    return (same_classes or not chosen) and space.takes(recipe)


def strange(recipe: Recipe, space: Space) -> str:
    """Why `recipe` does not fit a model with these inputs, whichever directions it knows; "" if it does."""
    try:
        for name, value in recipe.values:
            space.input(name).check(value)
    except ZscapeError as error:
        return str(error)
    return ""


def fitting(recipe: Recipe | None, space: Space, same_classes: bool, otherwise: Any) -> Any:
    """`recipe` if it fits, else `otherwise`."""
    return recipe if fits(recipe, space, same_classes) else otherwise
