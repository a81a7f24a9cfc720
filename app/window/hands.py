"""What a performer uses: drift, the second window, OSC and MIDI, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from zscape.app.window.actions import Actions
from zscape.app.window.status import Status
from zscape.app.window.timeline.dock import TimelineDock

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.widgets.frame import Frame
    from zscape.app.window.second_window import SecondWindow
    from zscape.app.work.context import Context
    from zscape.app.work.control.remote import Remote
    from zscape.app.work.drift import Drift

BY_REMOTE = ("undo", "redo", "roll", "keep", "reset", "play", "drift", "second_sheet")
"""Actions that a controller can do, besides those that show a view: none that asks, closes or writes."""
ON_SECOND = ("undo", "redo", "roll", "keep", "reset", "play", "drift", "second")
"""Actions whose shortcuts work while the second window has the keyboard, besides those that show a view."""


class Hands(QObject):
    """Of one window. view(): the view that it shows."""

    def __init__(
        self,
        window: QMainWindow,
        context: Context,
        view: Callable[[], View | None],
        actions: Actions,
        status: Status,
        timeline: TimelineDock,
    ) -> None:
        super().__init__(window)
        self._timeline = timeline
        self._window, self._context, self._view, self._actions, self._status = window, context, view, actions, status

    @cached_property
    def drift(self) -> Drift:
        """Walks the current point by itself."""
        from zscape.app.window.drifting import add_drift

        return add_drift(self._window, self._context, self._status, self.seen)

    @cached_property
    def second(self) -> SecondWindow:
        """The window for a projector."""
        from zscape.app.window.second_window import SecondWindow

        second = SecondWindow(self._context, self._view, self._window)
        second.closed.connect(lambda: self.drift.look())
        second.picture.painted.connect(self._count)
        for name, action in self._actions.by_name.items():
            if name in ON_SECOND or name.startswith("view "):
                second.addAction(action)
        return second

    @cached_property
    def remote(self) -> Remote:
        """What OSC and MIDI move. Nothing of it runs before a person switches it on."""
        from zscape.app.work.control.remote import Remote

        commands = {name.replace("view ", "view-"): self._actions[name].trigger for name in self._actions.by_name
                    if name in BY_REMOTE or name.startswith("view ")}  # fmt: skip
        return Remote(self._context, commands, self, playing=lambda: self._timeline.playing)

    def _count(self, frame: Frame) -> None:
        """A frame of a film may be shown there alone."""
        self._timeline.count(frame)

    def show_control(self) -> None:
        """The page of OSC and MIDI."""
        from zscape.app.window.control_page import ControlPage

        page = self._window.findChild(ControlPage)
        if page is None:
            page = ControlPage(self.remote, self._context.settings, self._window)
        page.show()
        page.raise_()

    def toggle_second(self) -> None:
        """Open the second window, or close it."""
        if self.second.isVisible():
            self.second.close()
        else:
            self.second.open()

    def switch_second(self) -> None:
        """Show the other of picture and sheet in it, opened where it is not."""
        self.second.switch()
        if not self.second.isVisible():
            self.second.open()

    def show_view(self) -> None:
        """The window shows another view."""
        if "second" in self.__dict__:
            self.second.show_again()

    def seen(self) -> bool:
        """Whether somebody can see what is drawn."""
        windows = [self._window, *([self.second] if "second" in self.__dict__ else ())]
        return any(each.isVisible() and not each.isMinimized() for each in windows)

    def end(self) -> None:
        """The window closes."""
        if "drift" in self.__dict__:
            self.drift.stop()
        if "remote" in self.__dict__:
            self.remote.stop()
        if "second" in self.__dict__ and self.second.isVisible():
            self.second.close()
