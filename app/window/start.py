"""Before the window: what must be there, and the application object."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.window.displays import wayland_answers, x11_answers
from zscape.app.window.system_libraries import ALWAYS, ON_X11, missing
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from zscape.app.window.main_window import MainWindow
    from zscape.models.files.checkpoint import Model


def check_platform() -> None:
    """Raise ZscapeError, naming what to install or to set, where Qt would only abort."""
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


class _Log(logging.handlers.RotatingFileHandler):
    """A log in a file. A disk that is full later is told where it matters to the person, not line by line on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


def set_up_log(folder: Path) -> None:
    """Write warnings and crashes to files in `folder`, the log at most 1 MB; a folder that cannot be written does no harm."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Never closed: a crash may come at any time.
        faulthandler.enable(os.open(folder / "crash.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644))
        handler = _Log(folder / "zscape.log", maxBytes=1 << 20, backupCount=1, delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
    except OSError:
        logging.getLogger(__name__).warning("no log is kept: %s cannot be written", folder)


def _close_on_signals(window: QWidget) -> None:
    """Let Ctrl-C in the terminal, its end and the system's request to end close the window as a person would: with all saved."""
    from PySide6.QtCore import QSocketNotifier

    if sys.platform == "win32":  # it has no descriptors to wait on; its console closes programs by itself
        return
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the last where the terminal it was started in is closed
        signal.signal(number, lambda *_: None)
    # Python's handlers run between its own instructions only, which a waiting event loop has none of: a descriptor wakes it.
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, window)

    def close() -> None:
        reader.recv(64)
        window.close()

    def give_back() -> None:
        signal.set_wakeup_fd(-1)
        reader.close()
        writer.close()

    notifier.activated.connect(close)
    window.destroyed.connect(give_back)


def run(model: str = "", session: Path | None = None, device: str = "auto") -> int:
    """Open the window and stay until it is closed; returns the exit code. Raises ZscapeError where no window can be opened."""
    check_platform()
    from zscape.app.window import collector

    app, window = made(model, session, device)
    window.first_imaged.connect(collector.leave_out)
    window.show()
    _close_on_signals(window)
    try:
        return app.exec()
    finally:
        window.catcher.remove()


def explore(model: str | Path | Model) -> None:
    """Open the window on `model` from a notebook or a script; returns when it is closed.

    Where Qt's event loop runs already (IPython's `%gui qt`) it returns at once, and the window stays. Raises ZscapeError where no
    window can be opened.
    """
    check_platform()
    from PySide6.QtCore import QEventLoop, QThread

    app, window = made(str(model) if isinstance(model, Path) else model, None, "auto")
    window.show()
    if QThread.currentThread().loopLevel():
        _kept.append(window)  # nobody else holds it
        window.closed.connect(lambda: _kept.remove(window))
        window.closed.connect(window.catcher.remove)
        return
    loop = QEventLoop()
    window.closed.connect(loop.quit)
    try:
        loop.exec()
    finally:
        window.catcher.remove()
        window.deleteLater()
        app.processEvents()


_kept: list[object] = []


def made(model: str | Model, session: Path | None, device: str) -> tuple[QApplication, MainWindow]:
    """The application, which there may be already, and a window that has not been shown."""
    from PySide6.QtWidgets import QApplication

    from zscape.app.state.settings import Settings
    from zscape.app.widgets import theme
    from zscape.app.window.main_window import MainWindow

    app = QApplication.instance()
    if app is None:
        QApplication.setApplicationName("zscape")
        QApplication.setApplicationDisplayName("Zscape")
        QApplication.setDesktopFileName("zscape")  # by which desktops find the program's icon and name
        app = QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    settings = Settings()
    set_up_log(settings.folder)
    theme.set_up(app)
    theme.apply(settings.text("theme", "system"))
    app.styleHints().colorSchemeChanged.connect(lambda: theme.apply(settings.text("theme", "system")))
    window = MainWindow(settings, model, session, device)
    window.catcher.install()
    for leaving in (app.commitDataRequest, app.saveStateRequest):  # a log-out, which may end the process without a word more
        leaving.connect(window.keeper.flush)
    return app, window
