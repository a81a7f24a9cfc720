"""Notices on stderr beside a command's result: printed with the result, so that an error is a single line."""

from __future__ import annotations

import sys
import time

SOON = 10.0
"""Seconds after which a notice is printed before the result, because the command takes long."""

_held: list[tuple[str, float]] = []


def notice(line: str) -> None:
    """Print `line` with the result; it is dropped if there is none."""
    _held.append((line, time.monotonic()))


def tell(older: float = 0.0) -> None:
    """Print the notices that have waited for `older` seconds or more."""
    while _held and time.monotonic() - _held[0][1] >= older:
        line, _ = _held.pop(0)
        print(f"zscape: {' '.join(line.split())}", file=sys.stderr, flush=True)


def forget() -> None:
    """Drop the notices, because an error is to be printed."""
    _held.clear()
