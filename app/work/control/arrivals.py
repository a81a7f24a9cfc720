"""What has come from controllers, address by address, for a person to look at, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LINE_SECONDS = 2.0
"""Between two lines about what is wrong, of which a flood would bring thousands."""
KNOWN = 64
"""Addresses that are no number here and are remembered for the page."""


@dataclass
class Arrival:
    """What has come at one address. words: the last of it. count: of all. wrong: what was wrong with the last, "" for nothing."""

    words: str
    count: int = 0
    wrong: str = ""


class Arrivals(dict[str, Arrival]):
    """By path. is_known(path): whether something here has that address. say(line): tells a person what is wrong."""

    def __init__(self, is_known: Callable[[str], bool], say: Callable[[str], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self._is_known, self._say, self._clock = is_known, say, clock
        self._told = float("-inf")
        self._untold = 0
        self._strangers = 0  # that are kept

    def note(self, path: str, words: str, wrong: str = "") -> Arrival:
        """Something has come at `path`. Returns what is known of it, whose count is the caller's."""
        found = self.get(path)
        if found is None:
            found = Arrival(words)
            known = self._is_known(path)
            if known or self._strangers < KNOWN:
                self[path] = found
                self._strangers += not known
        found.words, found.wrong = words, wrong
        return found

    def refuse(self, path: str, words: str, line: str) -> Arrival:
        """As `note`, of something that is wrong."""
        self.tell(line)
        return self.note(path, words, line)

    def tell(self, line: str) -> None:
        """Say what is wrong, but not thousands of times."""
        now = self._clock()
        if now - self._told < LINE_SECONDS:
            self._untold += 1
            return
        more = f" ({self._untold} more like it.)" if self._untold else ""
        self._told, self._untold = now, 0
        self._say(line + more)

    def forget_strangers(self) -> None:
        """Keep those only whose addresses are known: there are others now."""
        for path in [each for each in self if not self._is_known(each)]:
            del self[path]
        self._strangers = 0
