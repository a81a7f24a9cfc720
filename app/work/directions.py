"""Directions of the open model: made, kept beside the person's models, and used at once."""

from __future__ import annotations

from collections.abc import Iterable

from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.latent import Latent
from zscape.models.inputs.recipe import Recipe


def use(context: Context, directions: Iterable[Direction]) -> None:
    """Know `directions` in the open model in place of those known before, and draw with them.

    Raises ZscapeError where one does not fit, or no model is open.
    """
    session = context.session
    model = session.learn_directions(directions)
    context.renderer.adopt(model, session.device or "auto", session.model_path)


def keep(context: Context, direction: Direction) -> None:
    """Add a direction to those of the open model, for good: in place of one of its name.

    Raises ZscapeError where it does not fit, no model is open, or the place cannot be written.
    """
    from zscape.models.files.directions import own_directions, own_file, save_directions

    model = context.session.model
    if model is None:
        raise ZscapeError("Directions need a model: open one first.")
    every = DirectionSet(model.spec.name, model.spec.sha256, model.directions).with_direction(direction)
    use(context, every.directions)
    own = DirectionSet(model.spec.name, model.spec.sha256, own_directions(model.spec))
    save_directions(own_file(model.spec), own.with_direction(direction))


def difference(context: Context, a: Recipe, b: Recipe, name: str) -> Direction:
    """The direction from `b` to `a` in the open model's first latent, of length 1: one standard deviation of the prior.

    Raises ZscapeError where there is no latent, or the two are the same.
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
