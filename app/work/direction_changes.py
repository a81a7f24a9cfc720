"""Directions that a person deletes or renames: steps of undo, so that whatever is gone back to can be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from zscape.app.state.direction_names import renamed
from zscape.app.work.context import Context
from zscape.app.work.directions import checked_name, open_model, own_of, save_own, use
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction


class _Known:
    """What the model that was open knows, and what the person keeps for it; `know` changes both.

    By the time of undo another model may be open: then only what is kept changes, which is read as that one is opened again.
    """

    def __init__(self, context: Context, direction: Direction) -> None:
        model = open_model(context)
        self._context, self._spec = context, model.spec
        names = [each.name for each in model.directions]
        self._place = names.index(direction.name) if direction.name in names else len(names)

    def know(self, direction: Direction, there: bool) -> None:
        """Know and keep `direction`, or no longer."""
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
    """Take a direction that a person keeps away again; nothing moves along it any more.

    One of its name that came with the model is back at the next start. Raises ZscapeError where the place cannot be written.
    """
    session, known = context.session, _Known(context, direction)
    save_own(open_model(context).spec, own_of(context))  # it says so now if it cannot be written
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
    """Call a direction that a person keeps `name`; whatever moves along it goes on so.

    Raises ZscapeError for no name, one that is taken, and where the place cannot be written.
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
