"""Uncaught exceptions."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal

from zscape.models.errors import ZscapeError

WRAPPED = re.compile(r"Error calling Python override of \S+ ")
"""The prefix that is added to an error by each event handler that it passes through."""
LONGEST = 300
"""The most characters of an error that are shown."""

log = logging.getLogger(__name__)


class ErrorCatcher(QObject):
    """Turns uncaught exceptions of any thread into `caught(line)` and a log entry; the program goes on."""

    caught = Signal(str)

    def install(self) -> None:
        """Start catching."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = lambda given: self._on_exception(given.exc_type, given.exc_value, given.exc_traceback)

    def remove(self) -> None:
        """Restore the previous handlers."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Any:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), trace)
            return
        if issubclass(kind, ZscapeError):
            self.caught.emit(str(error))
            return
        log.error("unexpected error", exc_info=(kind, error or kind(), trace))
        words = WRAPPED.sub("", str(error or "")) or kind.__name__
        words = words if len(words) <= LONGEST else words[:LONGEST] + "\u2026"
        self.caught.emit(f"Something went wrong: {words}. The window goes on; details are in the log.")
