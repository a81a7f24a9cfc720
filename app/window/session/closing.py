"""Closing the window: everything is saved at once; then the window waits, with a message, until running work has saved itself.

Files being exported would be lost: the user is told so, and must close the window again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow

from zscape.app.state.settings import VIEW, Settings
from zscape.app.window import geometry
from zscape.app.window.centre import Centre
from zscape.app.window.docking import dock_layout
from zscape.app.window.docking.docks import Docks
from zscape.app.window.session.keeper import Keeper
from zscape.app.window.startup import first_look, last_picture

if TYPE_CHECKING:
    from zscape.app.work.exporting.export_queue import ExportQueue
    from zscape.app.work.jobs import JobQueue


AT_ONCE = 0.2
"""Seconds of waiting too short to need a message."""
AGAIN = 20
"""Seconds in which closing again counts as a confirmation."""


class Closing(QObject):
    """Closes `window` when its jobs have ended. say(line) shows what it is waiting for."""

    def __init__(
        self,
        window: QMainWindow,
        jobs: JobQueue,
        exports: ExportQueue,
        keeper: Keeper,
        settings: Settings,
        centre: Centre,
        docks: Docks,
        say: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._keeper, self._settings = window, jobs, keeper, settings
        self._centre, self._docks, self._say = centre, docks, say
        self._exports = exports
        self._under_way = self._asks_nothing = False
        self._told = -float(AGAIN)  # when the message about unfinished files was shown

    def ask_nothing(self) -> None:
        """From now on close without questions, because the system asks for it."""
        self._asks_nothing = True

    def is_held(self) -> bool:
        """Whether the window stays open because files are still being written, or the session cannot be. If so, it says so, and
        that closing again closes it anyway.
        """
        left = [each for each in self._exports.exports if not each.over]
        if self._under_way or self._asks_nothing or time.monotonic() - self._told < AGAIN:
            return False
        if not left:
            return self._is_unsaved()
        self._told = time.monotonic()
        one = len(left) == 1
        what = f"\u201c{left[0].path.name}\u201d is" if one else f"{len(left)} files are"
        self._say(f"{what} still being written. Close the window again to stop {'it' if one else 'them'}, or wait.")
        return True

    def _is_unsaved(self) -> bool:
        """Whether the session cannot be saved; if so, it says that closing again gives it up."""
        if self._keeper.flush():
            return False
        self._told = time.monotonic()
        self._say("The session cannot be saved. Save it elsewhere with Save session as, or close the window again to give it up.")
        return True

    def may_close(self) -> bool:
        """Whether the window may close now. Running work is stopped first; then this object closes the window."""
        if not self._under_way:
            self._keep()
            for export in self._exports.exports:
                if export.state == "waiting":  # none may start any more
                    self._exports.cancel(export)
        if self._jobs.shut_down(AT_ONCE):
            return True
        if not self._under_way:
            self._under_way = True
            self._freeze()
            self._jobs.ended.connect(self._take_end)
        self._tell()
        return False

    def _freeze(self) -> None:
        """The session is saved: nothing may change it, or ask for work, any more."""
        self._centre.freeze()
        self._window.setAcceptDrops(False)
        for part in (self._window.menuWidget(), *self._window.findChildren(QDockWidget)):
            if part is not None:
                part.setEnabled(False)
        for action in self._window.actions():  # otherwise their keys would still work
            action.setEnabled(False)

    def _tell(self) -> None:
        dropped = [export.job for export in self._exports.exports]  # nothing of them is kept
        names = [f"\u201c{job.name}\u201d" for job in self._jobs.jobs if job not in dropped]
        work = f", once {' and '.join(names)} {'has saved its' if len(names) == 1 else 'have saved their'} work" if names else ""
        self._say(f"Closing{work}. The session is saved already.")

    def _take_end(self) -> None:
        if self._jobs.jobs:
            self._tell()
        else:
            self._window.close()

    def _keep(self) -> None:
        """Save the session, the arrangement of the window, and what the next window shows first."""
        self._keeper.flush()
        view = self._centre.views.get(self._centre.current)
        if view is not None and self._keeper.has_model:
            self._centre.hide_message()  # it does not apply to the next window
            first_look.keep(self._window, view.main_sheet(), self._settings, self._keeper.kept_name)
            last_picture.keep(self._settings.folder, view.main_sheet())
            self._settings.keep(VIEW, self._centre.current)
            self._settings.keep(last_picture.OF, self._keeper.kept_name)
        geometry.keep(self._window, self._settings)
        dock_layout.keep(self._window, self._docks, self._settings)
