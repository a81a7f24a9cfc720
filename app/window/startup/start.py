"""Prepares the start of the window: checks the system and creates the application object."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.window.startup.displays import wayland_answers, x11_answers
from zscape.app.window.startup.system_libraries import ALWAYS, ON_X11, missing
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from zscape.app.state.settings import Settings
    from zscape.app.window.main_window import MainWindow
    from zscape.models.files.checkpoint import Model


def check_platform() -> None:
    """Raise ZscapeError, naming what to install or to set, if Qt could only abort."""
    if sys.platform == "win32":
        import torch  # noqa: F401  on Windows torch's libraries must be loaded before Qt's
    if not sys.platform.startswith("linux"):
        return
    _need(ALWAYS)
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    wayland = platform != "xcb" and wayland_answers()
    if platform in ("", "xcb") and os.environ.get("DISPLAY") and not wayland:
        _need(ON_X11)
        if not x11_answers():
            raise ZscapeError(
                f"The display {os.environ['DISPLAY']} does not answer: set DISPLAY to the one you sit at (usually :0), or unset "
                "XAUTHORITY if the display is not yours; `zscape screenshot` needs none."
            )
    elif platform in ("", "xcb", "wayland") and not wayland:
        raise ZscapeError(
            "There is no display to open a window on: log in to a desktop, or draw the window into a file with "
            "`zscape screenshot --view class-sweep --out window.png`."
        )


def _need(libraries: dict[str, str]) -> None:
    if packages := missing(libraries):
        raise ZscapeError(f"Qt needs system libraries that are not here: run `sudo apt-get install {' '.join(packages)}`.")


def run(model: str = "", session: Path | None = None, device: str = "auto") -> int:
    """Open the window and run until it is closed; returns the exit code. Raises ZscapeError if no window can be opened."""
    check_platform()
    # Until the window handles it, Ctrl-C ends the program: an exception in the middle of Qt's imports is lost, or aborts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    speed_up_imports()
    app, window = made(model, session, device)
    from zscape.app.window.startup import collector

    window.first_imaged.connect(collector.leave_out)
    window.assembled.connect(lambda: _close_on_signals(window))
    window.show()
    return app.exec()


def speed_up_imports() -> None:
    """Skip the slow parts of imports that a process of Zscape's own does not need. Call it before Qt is imported."""
    from zscape.app.window.startup import collector, imports

    collector.rest()  # also during Qt's import
    imports.make_light()


def explore(model: str | Path | Model) -> None:
    """Open the window on `model` from a notebook or a script; returns when it is closed.

    If Qt's event loop is already running (IPython's `%gui qt`) it returns at once, and the window stays. Raises ZscapeError if no
    window can be opened.
    """
    check_platform()
    from PySide6.QtCore import QEventLoop, QThread

    app, window = made(str(model) if isinstance(model, Path) else model, None, "auto")
    window.show()
    if QThread.currentThread().loopLevel():
        _kept.append(window)  # nothing else holds a reference to it
        window.closed.connect(lambda: _kept.remove(window))
        return
    loop = QEventLoop()
    window.closed.connect(loop.quit)
    try:
        loop.exec()
    finally:
        window.deleteLater()
        app.processEvents()


_kept: list[object] = []


def made(model: str | Model, session: Path | None, device: str) -> tuple[QApplication, MainWindow]:
    """The application, an existing one or a new one, and a window that is not shown yet."""
    from PySide6.QtWidgets import QApplication

    from zscape.app.state.settings import Settings
    from zscape.app.window.main_window import MainWindow
    from zscape.app.window.startup.first_look import first_look

    app = QApplication.instance()
    if app is None:
        QApplication.setApplicationName("zscape")
        QApplication.setApplicationDisplayName("Zscape")
        QApplication.setDesktopFileName("zscape")  # desktops use it to find the program's icon and name
        app = QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    settings = Settings()
    window = MainWindow(settings, model, session, device, first_look(settings, model, session))
    window.first_painted.connect(lambda _: _set_up(app, settings))
    window.assembled.connect(lambda: _guard(app, window))
    return app, window


def _set_up(app: QApplication, settings: Settings) -> None:
    """Set up what the parts of a window need."""
    from zscape.app.widgets import theme
    from zscape.app.window.startup.log_file import set_up_log

    set_up_log(settings.folder)
    theme.set_up(app)
    theme.apply(settings.text("theme", "system"))
    app.styleHints().colorSchemeChanged.connect(lambda: theme.apply(settings.text("theme", "system")))


def _guard(app: QApplication, window: MainWindow) -> None:
    """Save the window's work in all cases: after uncaught errors, and at log-out."""
    window.error_catcher.install()
    window.closed.connect(window.error_catcher.remove)
    for leaving in (app.commitDataRequest, app.saveStateRequest):  # a log-out may end the process without further notice
        leaving.connect(window.keeper.flush)
        leaving.connect(lambda: window.closing.ask_nothing())


def _close_on_signals(window: MainWindow) -> None:
    from zscape.app.window.startup.os_signals import close_on_signals

    close_on_signals(window, window.closing.ask_nothing)
