"""What a command says beside its result, on stderr: told once the result is there, so that an error is one line and no more."""

from __future__ import annotations

import sys
import time

SOON = 10.0
"""Seconds after which a notice is told without the result: of a long command it would come too late."""

_held: list[tuple[str, float]] = []


def notice(line: str) -> None:
    """Tell `line` with the result; never where there will be none."""
    _held.append((line, time.monotonic()))


def tell(older: float = 0.0) -> None:
    """Tell what has waited for `older` seconds or more."""
    while _held and time.monotonic() - _held[0][1] >= older:
        line, _ = _held.pop(0)
        print(f"zscape: {' '.join(line.split())}", file=sys.stderr, flush=True)


def forget() -> None:
    """Tell nothing of it: there is an error to tell."""
    _held.clear()
