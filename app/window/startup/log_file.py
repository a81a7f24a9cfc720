"""Writes the log and crash traces to files."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
from pathlib import Path


class _Log(logging.handlers.RotatingFileHandler):
    """A log file. If the disk becomes full, that is reported where it matters, not for each line on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


def set_up_log(folder: Path) -> None:
    """Write warnings and crashes to files in `folder`, the log at most 1 MB; a read-only folder is not an error."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Never closed, because a crash may happen at any time.
        faulthandler.enable(os.open(folder / "crash.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644))
        handler = _Log(folder / "zscape.log", maxBytes=1 << 20, backupCount=1, delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
    except OSError:
        logging.getLogger(__name__).warning("no log is kept: %s cannot be written", folder)
