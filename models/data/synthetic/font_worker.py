"""Draws fonts in a separate process, since a font may make its reader loop forever or crash."""

from __future__ import annotations

import contextlib
import time
import warnings
from collections.abc import Generator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from zscape.models.data.synthetic.font_pictures import FontPictures, OddFontError, draw_font, faces_in
from zscape.models.errors import ZscapeError

SECONDS = 10.0
"""Seconds allowed for one font; an ordinary one takes a tenth of a second."""
STARTING = 60.0
"""Seconds in which the process must have started."""
POLL_SECONDS = 0.1
"""Seconds between two progress reports."""
MEMORY = 4 << 30
"""Bytes of address space, on systems that can limit it."""


class FontWorker:
    """Draws fonts in a process; one that does not answer is killed and replaced. To be used in a `with` block."""

    def __init__(self, letters: Sequence[str], size: int) -> None:
        self.letters, self.size = tuple(letters), size
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> FontWorker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._end()

    def draw(self, path: Path) -> Generator[None, None, list[FontPictures | str]]:
        """Draw the fonts in a file, each as pictures or as the kind of odd font that it is; yield while drawing.

        Raises ZscapeError if the process does not start.
        """
        yield from self._start()
        assert self._pipe
        try:
            self._pipe.send(path)
            answer: list[FontPictures | str] | None = yield from self._answer(SECONDS)
        except (EOFError, OSError):
            self._end()
            return ["damaged"]
        if answer is None:
            self._end()
            return ["without an end"]
        return answer

    def _start(self) -> Generator[None, None, None]:
        if self._process:
            return
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.letters, self.size), daemon=True)
        try:
            with theirs:
                process.start()
            self._process = process
            started = (yield from self._answer(STARTING)) is not None
        except (EOFError, OSError):
            started = False
        if not started:
            self._end()
            # multiprocessing imports the caller's script again in the new process, which fails without that line.
            raise ZscapeError(
                "The process that draws fonts did not start. "
                'A script that makes letters must do so below the line: if __name__ == "__main__":'
            )

    def _answer(self, seconds: float) -> Generator[None, None, list[FontPictures | str] | None]:
        """Return what the process sends; None if it sends nothing in time."""
        assert self._pipe
        end = time.monotonic() + seconds
        while not self._pipe.poll(POLL_SECONDS):
            yield
            if time.monotonic() > end:
                return None
        answer: list[FontPictures | str] = self._pipe.recv()
        return answer

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, letters: Sequence[str], size: int) -> None:
    """Run in the process: receive a path, send a list of pictures or kinds of odd fonts."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    import logging

    logging.disable()  # fontTools logs messages about damaged tables
    pipe.send([])
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while True:
            path: Path = pipe.recv()
            pipe.send(_drawn(path, letters, size))


def _drawn(path: Path, letters: Sequence[str], size: int) -> list[FontPictures | str]:
    drawn: list[FontPictures | str] = []
    try:
        faces = faces_in(path)
    except OSError:
        return ["damaged"]
    for face in range(faces):
        try:
            drawn.append(draw_font(path, face, letters, size))
        except OddFontError as odd:
            drawn.append(str(odd))
        except Exception:  # anything a damaged font makes a library raise
            drawn.append("damaged")
    return drawn
