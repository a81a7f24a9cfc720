"""Draws the real window to a picture file, without a display."""

from __future__ import annotations

import math
import os
import tempfile
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

LIMIT_SECONDS = 60
"""A window that has not drawn by then never will."""
THEMES = ("light", "dark")
LARGEST = 8192
"""The longest side in pixels; Qt cannot paint larger pictures."""
REST_MS = 120
"""Milliseconds after the last sheet is painted, for thumbnails and figures that come later."""


def screenshot(
    model: str | Path | Model,
    view: str,
    out: Path,
    theme: str = "light",
    size: tuple[int, int] = (1280, 720),
    file: Path | None = None,
) -> tuple[int, int]:
    """Open the window on `view`, wait until it has drawn, write it to `out` as PNG, and return the PNG's width and height.

    size: in screen pixels; if Qt is scaled, the window has less space accordingly. It is increased to the minimum size of the
    window, so that nothing is cut off.

    model: a name, a file or a model, "" for the bundled one. file: dropped on the window first: a picture to restyle, a session,
    latents. The user's own settings are neither read nor changed. Raises ZscapeError for a missing view or model, a view that the
    model cannot fill, a theme other than light and dark, a size beyond LARGEST, a name without .png, and if nothing can be drawn
    or written; KeyboardInterrupt on Ctrl-C, with nothing written.
    """
    from zscape.app.views import VIEWS

    if view not in VIEWS:
        raise ZscapeError(f"There is no view {view!r}: choose from {', '.join(VIEWS)}.")
    if theme not in THEMES:
        raise ZscapeError(f"There is no theme {theme!r}: choose from {', '.join(THEMES)}.")
    if out.suffix.lower() != ".png":
        raise ZscapeError(f"{out}: the name must end in .png.")
    if not _possible(size):
        raise ZscapeError(f"A window cannot be {size!r}: give (width, height), 1 to {LARGEST:,} pixels each.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the picture must not depend on the screen
    from zscape.app.window.startup.start import check_platform

    check_platform()
    from PySide6.QtWidgets import QApplication

    from zscape.app.widgets import theme as dress

    app = QApplication.instance() or QApplication(["zscape"])
    assert isinstance(app, QApplication)
    dress.set_up(app)
    dress.apply(theme)
    with tempfile.TemporaryDirectory(prefix="zscape-") as folder:
        return _draw(view, out, str(model) if isinstance(model, Path) else model, size, file, Path(folder))


def _possible(size: object) -> bool:
    sides = size if isinstance(size, tuple | list) else ()
    return len(sides) == 2 and all(isinstance(side, Integral) and 1 <= int(side) <= LARGEST for side in sides)


def _draw(view: str, out: Path, model: str | Model, size: tuple[int, int], file: Path | None, folder: Path) -> tuple[int, int]:
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
    from PySide6.QtGui import QCursor
    from PySide6.QtWidgets import QLabel

    from zscape.app.state.settings import FIND_DIRECTIONS, Settings
    from zscape.app.views import VIEWS
    from zscape.app.widgets.pictures.encoded import encoded
    from zscape.app.window.assembly import restore_panels
    from zscape.app.window.help.tour import OFFERED
    from zscape.app.window.main_window import MainWindow
    from zscape.app.window.models.bundled_models import SHOWN
    from zscape.app.window.startup.os_signals import on_interrupt
    from zscape.app.window.status.job_row import JobRow
    from zscape.models.files.atomic import replacing

    settings = Settings(folder)
    for offered in (OFFERED, SHOWN):  # the picture should not show offers for new users
        settings.keep(offered, True)
    settings.keep(FIND_DIRECTIONS, False)
    window = MainWindow(settings, model)
    scale = window.devicePixelRatioF()
    least = window.minimumSize()
    size = max(size[0], math.ceil(least.width() * scale)), max(size[1], math.ceil(least.height() * scale))
    window.setFixedSize(math.ceil(size[0] / scale), math.ceil(size[1] / scale))
    restore_panels(window)  # as wide as in a window that had this size from the start
    loop = QEventLoop()
    failures: list[str] = []

    def fail(line: str) -> None:
        failures.append(line)
        loop.quit()

    def end() -> None:
        """Finish once neither the view nor a panel is busy."""
        if any(getattr(each, "busy", False) for each in (window.views.get(view), *window.panels.values())):
            QTimer.singleShot(REST_MS, window, end)
        else:
            loop.quit()

    def wait_for_sheet() -> None:
        space = window.session.space
        if file is None and space is not None and (reason := VIEWS[view].lacks(space)):
            fail(f"{view}: {reason}.")
            return
        shown = window.show_view(view)
        if file is not None:
            window.opener.attempt(lambda: window.opener.open_file(file))  # a picture goes to the current view
            shown = window.show_view(view)
        sheets = shown.painted_by() if shown is not None else []
        if shown is None or not sheets or (shown.sweep() is None and file is None):
            QTimer.singleShot(REST_MS, window, end)  # it has nothing to draw yet
        for sheet in sheets:
            sheet.painted.connect(lambda _: QTimer.singleShot(REST_MS, window, end))

    def begin() -> None:
        if window.session.model is None:
            window.session.model_changed.connect(lambda: QTimer.singleShot(0, wait_for_sheet))
        else:
            wait_for_sheet()

    window.completed.connect(begin)
    window.renderer.failed.connect(lambda failure: fail(failure.line))
    window.session.message.connect(lambda line, is_error: fail(line) if is_error else None)
    QTimer.singleShot(1000 * LIMIT_SECONDS, loop, lambda: fail(f"The window had drawn nothing after {LIMIT_SECONDS} seconds."))
    QCursor.setPos(window.width() - 1, window.height() - 1)  # over nothing that would be highlighted
    window.show()
    stopped: list[bool] = []

    def stop() -> None:
        stopped.append(True)
        loop.quit()

    with on_interrupt(stop):
        loop.exec()
    for label in window.status.findChildren(QLabel):
        label.clear()  # speed varies from run to run, which the picture should not
    QCoreApplication.sendPostedEvents()  # pending layout requests: without them a button of a strip may be cut off
    for row in window.status.findChildren(JobRow):
        row.hide()  # progress of running jobs varies, too; after the layout, which would show them again
    picture = window.grab().copy(0, 0, *size)  # a fractional scale may have added a pixel
    closing = QEventLoop()  # a separate loop: another screenshot running meanwhile quits the other one
    window.closed.connect(closing.quit)
    window.close()
    if window.isVisible():
        closing.exec()  # running work ends first: its threads must not outlive the application
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)  # now, as there may be no event loop afterwards
    if stopped:
        raise KeyboardInterrupt
    if failures:
        raise ZscapeError(failures[0])
    with replacing(out) as temporary:
        temporary.write_bytes(encoded(picture))
    return size
