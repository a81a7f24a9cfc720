"""A cache of objects that are created once per owner and kept while the owner is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
Place = TypeVar("Place", bound=Hashable)
Made = TypeVar("Made")


class MadeOnce(Generic[Owner, Place, Made]):
    """Calls make(owner, place) once for each owner (such as a model) and place (such as a device); thread-safe.

    The result must not hold a reference to its owner, which would then be kept for ever.
    """

    def __init__(self, make: Callable[[Owner, Place], Made]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Owner, dict[Place, Made]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, owner: Owner, place: Place) -> Made:
        """Return the object for `owner` at `place`. Raises what `make` raises; then the next call tries again."""
        with self._lock:
            known = self._known.setdefault(owner, {})
            if place not in known:
                known[place] = self._make(owner, place)
            return known[place]
