"""A worker thread that writes one frame while the next is drawn."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
AHEAD = 2
"""Maximum number of waiting items: enough to even out delays, few enough to use little memory."""


class Behind(Generic[T]):
    """Calls take(item) in a worker thread for every item put, in order.

    When its block ends without an error, all items have been processed; on an error, waiting items are dropped. An exception in
    `take` is raised by the next `put`, or at the end of the block.
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
        """Queue `item`; blocks while AHEAD items are waiting."""
        if self._error is not None:
            raise self._error
        self._items.put(item)

    def _run(self) -> None:
        while (item := self._items.get()) is not None:
            if self._error is None and not self._dropped:
                try:
                    self._take(item)
                except BaseException as error:  # raised again in the thread that calls put
                    self._error = error
