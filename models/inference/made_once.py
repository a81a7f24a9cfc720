"""What is made once for each of something, and kept as long as that is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
Place = TypeVar("Place", bound=Hashable)
Made = TypeVar("Made")


class MadeOnce(Generic[Owner, Place, Made]):
    """make(owner, place), once for each owner (such as a model) and place (such as a device), by whichever thread asks first.

    What is made must not hold its owner, which would then be kept for ever.
    """

    def __init__(self, make: Callable[[Owner, Place], Made]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Owner, dict[Place, Made]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, owner: Owner, place: Place) -> Made:
        """That of `owner` at `place`. Raises what making it raises; then it is tried again the next time."""
        with self._lock:
            known = self._known.setdefault(owner, {})
            if place not in known:
                known[place] = self._make(owner, place)
            return known[place]
