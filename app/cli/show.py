"""Shows long work on a terminal: a progress bar, and Ctrl-C that stops it cleanly."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from zscape.app.cli.notices import SOON, notice, tell
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work

T = TypeVar("T")
PLAIN_SECONDS = 10.0
"""Seconds between lines if stderr is a file."""


def say_loading() -> None:
    """On a terminal: print that the command has started. Loading torch and the model takes seconds, with no bar before that."""
    if sys.stderr.isatty():
        print("zscape: loading\u2026", file=sys.stderr, flush=True)


def show(work: Work[T], kept: str = "", quiet: bool = False) -> T:
    """Run `work` with a progress bar on stderr and return its result. quiet: without a bar and notices.

    The first Ctrl-C (or SIGTERM, or the end of the terminal) closes the work at its next yield, so that it can save its state,
    and raises ZscapeError with `kept`, which says where that is; a second one interrupts at once.
    """
    with _interrupts() as interrupted:
        draw = _nothing() if quiet else _bar() if sys.stderr.isatty() else _lines()
        next(draw)
        try:
            while not interrupted:
                progress = next(work)
                if progress.notice and not quiet:
                    notice(progress.notice)
                tell(SOON)
                draw.send(progress)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            work.close()
            draw.close()
    raise ZscapeError(f"Stopped.{' ' + kept if kept else ''}")


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """A list that the first interrupt is added to."""
    caught: list[int] = []

    def on_signal(number: int, _: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)

    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup ignores it
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _figures(progress: Progress) -> str:
    return "  ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in progress.figures.items())


def _bar() -> Generator[None, Progress, None]:
    """A live bar; send it Progress."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[figures]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, figures="")
        while True:
            progress = yield
            bar.update(task, description=progress.label, completed=progress.done, total=progress.total or None)
            if progress.figures:
                bar.update(task, figures=_figures(progress))


def _nothing() -> Generator[None, Progress, None]:
    """Accepts Progress and shows nothing."""
    while True:
        yield


def _lines() -> Generator[None, Progress, None]:
    """A plain line every PLAIN_SECONDS; send it Progress."""
    due, figures = time.monotonic() + PLAIN_SECONDS, ""
    while True:
        progress = yield
        figures = _figures(progress) or figures
        if time.monotonic() >= due:
            print(f"{progress.label} {progress.done}/{progress.total}  {figures}", file=sys.stderr, flush=True)
            due += PLAIN_SECONDS
