"""Shared by all parts of the timeline panel: the session's timeline, its playhead, and the way to edit it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.app.work.context import Context
    from zscape.app.work.playing.player import Player

Edit = Callable[[Timeline], Timeline | None]


class Editing:
    """The editing of one window."""

    def __init__(self, context: Context, player: Player) -> None:
        self.context, self.session, self.player = context, context.session, player

    @property
    def timeline(self) -> Timeline | None:
        """The session's."""
        return self.session.scene.timeline

    def edit(self, label: str, change: Edit, gesture: int | None = None) -> None:
        """Replace the timeline by the result of `change`, as an undo step; errors are shown as a message."""
        if self.timeline is None:
            return
        try:
            self.session.edit_timeline(label, change(self.timeline), gesture)
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
