"""The button for the jobs that do not fit in the status bar, with a menu of all jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.greyed import grey
from zscape.app.window.status.job_row import JobRow


class JobMenuButton(MenuButton):
    """Shows how many jobs are hidden; its menu pauses and stops each of rows()."""

    def __init__(self, rows: Callable[[], Iterable[JobRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._shown: dict[JobRow, QMenu] = {}
        self.setText(self.words_for(1, 0))
        self.setProperty("role", "link")
        self.setToolTip("All running jobs: how long each still takes, pause and stop")
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.hide()

    def words_for(self, hidden: int, shown: int) -> str:
        """Its text for that many jobs."""
        if shown:
            return f"and {hidden} more"
        return f"{hidden} jobs" if hidden > 1 else "1 job"

    def width_when(self, hidden: int, shown: int) -> int:
        """Its width for that text in pixels, with a space before the text."""
        return self.fontMetrics().horizontalAdvance(self.words_for(hidden, shown)) + 16

    def tell(self, hidden: int, shown: int) -> None:
        """Stand for `hidden` jobs beside `shown` visible ones; hidden itself if there are none."""
        if hidden:
            self.setText(self.words_for(hidden, shown))
            self.setFixedWidth(self.width_when(hidden, shown))
        self.setVisible(hidden > 0)

    def forget(self, row: JobRow) -> None:
        """The job has ended: remove its entries from an open menu."""
        submenu = self._shown.pop(row, None)
        if submenu is not None:
            grey(submenu, "It has ended")

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for submenu in self._shown.values():
            submenu.deleteLater()
        self._shown = {}
        for row in self._rows():
            job = row.job
            submenu = self._shown[row] = menu.addMenu(row.words.replace("&", "&&"))
            submenu.addAction("Go on" if job.paused else "Pause", partial(job.pause, not job.paused))
            submenu.addAction("Stop", job.cancel)
            grey(submenu, "It is being stopped" if job.stopping else "")
