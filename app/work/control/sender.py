"""Sends every number that has changed, about thirty times per second."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from zscape.app.work.control.osc import OscOut
from zscape.models.errors import ZscapeError

OUT_MS = 33
"""The time between two sends."""
SAME = 1e-6


class Sender(QObject):
    """Sends numbers by OSC once started. readings(): all current numbers, by path. failed(line): sending has stopped."""

    failed = Signal(str)

    def __init__(self, readings: Callable[[], Mapping[str, int | float]], parent: QObject) -> None:
        super().__init__(parent)
        self._readings, self._out = readings, OscOut()
        self._sent: dict[str, int | float] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setTimerType(Qt.TimerType.PreciseTimer)
        self._later.setInterval(OUT_MS)
        self._later.timeout.connect(self._send)

    @property
    def on(self) -> bool:
        """Whether it is sending."""
        return self._out.on

    def start(self, host: str, port: int) -> None:
        """Send every number, and from now on each change. Raises ZscapeError if that fails."""
        self._out.start(host, port)
        self.forget()
        self._send()

    def stop(self) -> None:
        """Stop sending."""
        self._out.stop()
        self._later.stop()

    def ask(self) -> None:
        """Something may have changed."""
        if self.on and not self._later.isActive():
            self._later.start()

    def know(self, numbers: Mapping[str, int | float]) -> None:
        """Treat these numbers as sent: what was received is not sent back."""
        self._sent.update(numbers)

    def forget(self) -> None:
        """Treat no number as sent."""
        self._sent = {}

    def _send(self) -> None:
        if not self.on:
            return
        other = {path: each for path, each in self._readings().items() if abs(each - self._sent.get(path, float("inf"))) > SAME}
        self._sent.update(other)
        try:
            self._out.send(other)
        except ZscapeError as error:
            self.failed.emit(str(error))
