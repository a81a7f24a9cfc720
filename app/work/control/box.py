"""Collects what arrives between two frames: only the latest value of each address, so that a flood costs little."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
MOST = 2048
"""The most addresses held at once; messages for others are dropped."""


class Box(Generic[K, V]):
    """Filled by one thread and emptied by another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[K, tuple[V, int]] = {}

    def put(self, items: Mapping[K, tuple[V, int]]) -> bool:
        """Add the latest value of each key and how many arrived. Returns whether it was empty: then notify the reader."""
        with self._lock:
            was_empty = not self._newest
            for key, (item, count) in items.items():
                before = self._newest.get(key)
                if before is not None or len(self._newest) < MOST:
                    self._newest[key] = item, count + (before[1] if before is not None else 0)
            return was_empty and bool(self._newest)

    def take(self) -> dict[K, tuple[V, int]]:
        """Remove and return everything in it."""
        with self._lock:
            found, self._newest = self._newest, {}
            return found
