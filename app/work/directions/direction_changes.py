"""Deletes or renames the user's directions, as undo steps, so that every earlier point can still be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from zscape.app.state.direction_names import renamed
from zscape.app.work.context import Context
from zscape.app.work.directions.directions import checked_name, open_model, own_of, save_own, use
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction


class _Known:
    """The directions that the open model has, and those the user keeps for it; `know` changes both.

    At the time of undo another model may be open. Then only the kept ones change; they are read when the first is opened again.
    """

    def __init__(self, context: Context, direction: Direction) -> None:
        model = open_model(context)
        self._context, self._spec = context, model.spec
        names = [each.name for each in model.directions]
        self._place = names.index(direction.name) if direction.name in names else len(names)

    def know(self, direction: Direction, there: bool) -> None:
        """Add `direction` and keep it, or remove it."""
        from zscape.models.files.directions import own_directions

        model = self._context.session.model
        if model is not None and model.spec.sha256 == self._spec.sha256:
            use(self._context, self._with(model.directions, direction, there))
        save_own(self._spec, self._with(own_directions(self._spec), direction, there))

    def _with(self, known: Iterable[Direction], direction: Direction, there: bool) -> list[Direction]:
        others = [each for each in known if each.name != direction.name]
        if there:
            others.insert(self._place, direction)
        return others


def forget(context: Context, direction: Direction) -> None:
    """Delete a direction that the user keeps; every move along it is removed.

    A direction of the same name that came with the model is back at the next start. Raises ZscapeError if the file cannot be
    written.
    """
    session, known = context.session, _Known(context, direction)
    save_own(open_model(context).spec, own_of(context))  # raises now if it cannot be written
    after = renamed(session.scene, direction.name, None)
    used = after != session.scene

    def around(undo: bool, put: Callable[[], None]) -> None:
        if undo:
            _attempt(context, lambda: known.know(direction, True))
        put()
        if not undo:
            _attempt(context, lambda: known.know(direction, False))

    session.edit_around(f"delete {direction.name}", after, around)
    words = f"{direction.name} is deleted{', and nothing moves along it any more' if used else ''}: undo brings it back."
    session.message.emit(words, False)


def rename(context: Context, direction: Direction, name: str) -> None:
    """Rename a direction that the user keeps; every move along it is kept.

    Raises ZscapeError if the name is empty or taken, or the file cannot be written.
    """
    session, known = context.session, _Known(context, direction)
    name = checked_name(context, name)
    save_own(open_model(context).spec, own_of(context))
    other = replace(direction, name=name)

    def around(undo: bool, put: Callable[[], None]) -> None:
        new, old = (direction, other) if undo else (other, direction)
        _attempt(context, lambda: known.know(new, True))
        put()
        _attempt(context, lambda: known.know(old, False))

    session.edit_around(f"rename {direction.name}", renamed(session.scene, direction.name, name), around)


def _attempt(context: Context, change: Callable[[], None]) -> None:
    try:
        change()
    except ZscapeError as error:
        context.session.message.emit(str(error), True)
