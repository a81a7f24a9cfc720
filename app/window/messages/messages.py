"""The messages of the session: where each is shown, and when it is obsolete."""

from __future__ import annotations

from PySide6.QtCore import QObject

from zscape.app.state.session import Session
from zscape.app.state.steps import Step
from zscape.app.window.messages.message_bar import MessageBar
from zscape.app.window.status.status_bar import StatusBar


class Messages(QObject):
    """Shows errors in `bar`, everything else in `status`. Only the newest message is shown, and only as long as it matters."""

    def __init__(self, session: Session, bar: MessageBar, status: StatusBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._bar, self._status = session, bar, status
        self._steps = 0  # of the undo stack, at its last change
        self._has_picture = False
        session.message.connect(self._tell)
        session.model_changed.connect(self._take_model)

    def take_first_picture(self) -> None:
        """The first picture is drawn. Messages before that are about the last session, and stay while it is restored."""
        self._has_picture = True

    def _tell(self, line: str, is_error: bool) -> None:
        if is_error:
            self._status.withdraw()  # it may say that what has failed was started
            self._bar.tell(line)
        else:
            self._bar.hide()  # something else works
            self._status.say(line)

    def take_edit(self) -> bool:
        """The undo stack has changed. Returns whether the user has changed the scene; then earlier errors no longer matter."""
        stack = self._session.undo_stack
        before, self._steps = self._steps, stack.index()
        last = stack.command(stack.index() - 1) if stack.index() else None
        a_model = isinstance(last, Step) and last.models is not None  # which a run may have published
        undone = stack.index() < min(before, stack.count())  # not after a gesture that changed nothing, which is removed
        if undone or (a_model and stack.index() > before and self._has_picture):
            self._status.withdraw()  # it may be about the change that was undone, or about the previous model
        if self._session.moves_itself or not self._has_picture or a_model:
            return False
        self._bar.hide()
        return True

    def _take_model(self) -> None:
        # Only for a model that the user opens from a file: not for the weights that a run publishes every few seconds.
        if self._session.model_path is not None and self._has_picture:
            self._bar.hide()
