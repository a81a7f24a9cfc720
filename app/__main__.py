"""`python -m app`: the same as `zscape`."""

from __future__ import annotations

from pathlib import Path


def start(model: str = "", session: Path | None = None, device: str = "auto") -> int:
    """Open the window on `model` (a name or a file, "" for the default) and `session`; returns the exit code at its end."""
    from app.window_start import run

    return run(model, session, device)


if __name__ == "__main__":
    from app.cli.main import entry

    entry()
