"""Work that follows in a thread of its own: while one frame is written, the next is drawn."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
AHEAD = 2
"""Items that may wait: enough to even out, few enough to take no memory."""


class Behind(Generic[T]):
    """Does take(item) for everything that is put, in order. When its block ends well all has been done; on an error what waits is
    dropped. What take raises is raised by the next `put`, or at the end of the block.
    """

    def __init__(self, take: Callable[[T], None]) -> None:
        self._take = take
        self._items: queue.Queue[T | None] = queue.Queue(AHEAD)
        self._error: BaseException | None = None
        self._dropped = False
        self._thread = threading.Thread(target=self._run, name="film writer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._dropped = error is not None
        self._items.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error

    def put(self, item: T) -> None:
        """Have `item` done; waits while AHEAD others are waiting."""
        if self._error is not None:
            raise self._error
        self._items.put(item)

    def _run(self) -> None:
        while (item := self._items.get()) is not None:
            if self._error is None and not self._dropped:
                try:
                    self._take(item)
                except BaseException as error:  # handed on to whoever puts
                    self._error = error
