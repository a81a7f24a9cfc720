"""What every part of the timeline's panel works with: the session's timeline, its playhead, and one way to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.app.work.context import Context
    from zscape.app.work.player import Player

Edit = Callable[[Timeline], Timeline | None]


class Editing:
    """Of one window."""

    def __init__(self, context: Context, player: Player) -> None:
        self.context, self.session, self.player = context, context.session, player

    @property
    def timeline(self) -> Timeline | None:
        """The session's."""
        return self.session.scene.timeline

    def edit(self, label: str, change: Edit, gesture: int | None = None) -> None:
        """Make the timeline what `change` gives, as a step of undo; what cannot be is told in a line."""
        if self.timeline is None:
            return
        try:
            self.session.edit_timeline(label, change(self.timeline), gesture)
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
