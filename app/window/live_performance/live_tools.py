"""Tools for live performance: drift, the second window, OSC and MIDI, each created when first used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from zscape.app.window.commands.actions import Actions
from zscape.app.window.status.status_bar import StatusBar
from zscape.app.window.timeline.dock import TimelineDock

if TYPE_CHECKING:
    from zscape.app.views.base import View
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.window.live_performance.second_window import SecondWindow
    from zscape.app.work.context import Context
    from zscape.app.work.control.remote import Remote
    from zscape.app.work.playing.drift import Drift

BY_REMOTE = ("undo", "redo", "roll", "keep", "reset", "play", "drift", "second_sheet")
"""Actions that a controller can run, besides those that show a view: none that opens a dialog, closes or writes."""
ON_SECOND = ("undo", "redo", "roll", "keep", "reset", "play", "drift", "second")
"""Actions whose shortcuts work while the second window has the focus, besides those that show a view."""


class LiveTools(QObject):
    """The tools of one window. view(): its current view."""

    def __init__(
        self,
        window: QMainWindow,
        context: Context,
        view: Callable[[], View | None],
        actions: Actions,
        status: StatusBar,
        timeline: TimelineDock,
    ) -> None:
        super().__init__(window)
        self._timeline = timeline
        self._window, self._context, self._view, self._actions, self._status = window, context, view, actions, status

    @cached_property
    def drift(self) -> Drift:
        """Drift, which moves the current point by itself."""
        from zscape.app.window.live_performance.drift_row import add_drift

        return add_drift(self._window, self._context, self._status, self.seen)

    @cached_property
    def second(self) -> SecondWindow:
        """The window for a projector."""
        from zscape.app.window.live_performance.second_window import SecondWindow

        second = SecondWindow(self._context, self._view, self._window)
        second.closed.connect(lambda: self.drift.look())
        second.picture.painted.connect(self._count)
        for name, action in self._actions.by_name.items():
            if name in ON_SECOND or name.startswith("view "):
                second.addAction(action)
        return second

    @cached_property
    def remote(self) -> Remote:
        """Remote control by OSC and MIDI. Nothing of it runs before the user switches it on."""
        from zscape.app.work.control.remote import Remote

        commands = {name.replace("view ", "view-"): self._actions[name].trigger for name in self._actions.by_name
                    if name in BY_REMOTE or name.startswith("view ")}  # fmt: skip
        return Remote(self._context, commands, self, playing=lambda: self._timeline.playing)

    def _count(self, frame: Frame) -> None:
        """Count a film's frame that may be shown only in the second window."""
        self._timeline.count(frame)

    def show_control(self) -> None:
        """Show the page of OSC and MIDI."""
        from zscape.app.window.live_performance.control_page import ControlPage

        page = self._window.findChild(ControlPage)
        if page is None:
            page = ControlPage(self.remote, self._context.settings, self._window)
        page.show()
        page.raise_()

    def toggle_second(self) -> None:
        """Open or close the second window."""
        if self.second.isVisible():
            self.second.close()
        else:
            self.second.open()

    def switch_second(self) -> None:
        """Switch between picture and sheet in the second window; open it if needed."""
        self.second.switch()
        if not self.second.isVisible():
            self.second.open()

    def show_view(self) -> None:
        """The main window shows another view."""
        if "second" in self.__dict__:
            self.second.show_again()

    def seen(self) -> bool:
        """Whether the picture is visible in any window."""
        windows = [self._window, *([self.second] if "second" in self.__dict__ else ())]
        return any(each.isVisible() and not each.isMinimized() for each in windows)

    def end(self) -> None:
        """The main window closes."""
        if "drift" in self.__dict__:
            self.drift.stop()
        if "remote" in self.__dict__:
            self.remote.stop()
        if "second" in self.__dict__ and self.second.isVisible():
            self.second.close()
