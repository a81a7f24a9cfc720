"""Directions of the open model: creating, saving, sharing as files, and using them at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.files.spec import Spec


def use(context: Context, directions: Iterable[Direction]) -> None:
    """Replace the directions of the open model by `directions`, and draw with them.

    Raises ZscapeError if a direction does not fit, or no model is open.
    """
    session = context.session

    def draw_with(model: Model) -> None:
        context.renderer.adopt(model, session.device or "auto", session.model_path)

    session.learn_directions(directions, draw_with)  # before the signal, because requests from then on may use them


def keep(context: Context, *directions: Direction) -> None:
    """Add directions to those of the open model and save them; each replaces one of the same name.

    Raises ZscapeError if a direction does not fit, no model is open, or the file cannot be written.
    """
    model = open_model(context)
    every, own = _set(model, model.directions), _set(model, own_of(context))
    for each in directions:
        every, own = every.with_direction(each), own.with_direction(each)
    use(context, every.directions)
    save_own(model.spec, own.directions)


def checked_name(context: Context, name: str) -> str:
    """`name`, checked as the name of a new direction. Raises ZscapeError if it is empty or taken."""
    name, space = name.strip(), context.session.space
    if not name:
        raise ZscapeError("A direction needs a name: say what changes along it.")
    if "[" in name or "]" in name:
        raise ZscapeError("The name of a direction cannot contain square brackets: they say in which layers it moves.")
    if space is not None and name in space.directions:
        raise ZscapeError(f"There is a direction called {name!r} already: choose another name.")
    return name


def own_of(context: Context) -> tuple[Direction, ...]:
    """The directions that the user keeps for the open model."""
    from zscape.models.files.directions import own_directions

    return own_directions(open_model(context).spec)


def save(context: Context, path: Path, directions: Iterable[Direction]) -> None:
    """Write directions of the open model to one file, for sharing. Raises ZscapeError if it cannot be written."""
    from zscape.models.files.directions import save_directions

    save_directions(path, _set(open_model(context), directions))


def open_file(context: Context, path: Path) -> int:
    """Add the directions in a file, if they belong to the open model, and save them; returns how many there are.

    Raises ZscapeError if the file is damaged or for another model, or the directions cannot be saved.
    """
    from zscape.models.files.directions import fitting

    found = fitting(path, open_model(context).spec)
    keep(context, *found)
    return len(found)


def open_model(context: Context) -> Model:
    """The open model. Raises ZscapeError if there is none."""
    model = context.session.model
    if model is None:
        raise ZscapeError("Directions need a model: open one first.")
    return model


def _set(model: Model, directions: Iterable[Direction]) -> DirectionSet:
    return DirectionSet(model.spec.name, model.spec.sha256, tuple(directions))


def save_own(spec: Spec, own: Iterable[Direction]) -> None:
    """Save the user's directions for the model of `spec`.

    Raises ZscapeError if they cannot be written, or would overwrite some that cannot be read.
    """
    from zscape.models.files.directions import load_directions, own_file, save_directions

    path = own_file(spec)
    if path.is_file():
        try:
            load_directions(path)
        except ZscapeError as error:
            raise ZscapeError(f"Saving would overwrite your directions: {error} Move that file away first.") from error
    save_directions(path, DirectionSet(spec.name, spec.sha256, tuple(own)))


def difference(context: Context, a: Recipe, b: Recipe, name: str) -> Direction:
    """The direction from `b` to `a` in the open model's first latent, with length 1: one standard deviation of the prior.

    Raises ZscapeError if there is no latent, or the two points are the same.
    """
    import numpy as np

    space = context.session.space
    latent = space.first(Latent) if space else None
    if space is None or latent is None:
        raise ZscapeError("The open model has no latent in which there could be a direction.")
    way = latent.row(a.value(latent), space).astype(float) - latent.row(b.value(latent), space)
    length = float(np.linalg.norm(way))
    if length < 1e-6:
        raise ZscapeError("A and B have the same latent: there is no direction from one to the other.")
    found = {"length": length, "a": latent.describe(a.value(latent)), "b": latent.describe(b.value(latent))}
    return Direction(name, latent.name, tuple((way / length).tolist()), method="difference of two points", provenance=found)
