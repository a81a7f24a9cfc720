"""What has arrived from controllers at each address, shown to the user, and errors in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LINE_SECONDS = 2.0
"""The shortest time between two error messages; a flood of wrong messages would cause thousands."""
KNOWN = 64
"""How many unknown addresses are remembered for the page."""


@dataclass
class Arrival:
    """What arrived at one address. words: the last message. count: of all messages. wrong: the last error, "" for none."""

    words: str
    count: int = 0
    wrong: str = ""


class Arrivals(dict[str, Arrival]):
    """By path. is_known(path): whether something here has that address. say(line): shows an error to the user."""

    def __init__(self, is_known: Callable[[str], bool], say: Callable[[str], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self._is_known, self._say, self._clock = is_known, say, clock
        self._told = float("-inf")
        self._untold = 0
        self._strangers = 0  # how many unknown addresses are kept

    def note(self, path: str, words: str, wrong: str = "") -> Arrival:
        """A message arrived at `path`. Returns its entry; the caller updates the count."""
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
        """Like `note`, for a message with an error."""
        self.tell(line)
        return self.note(path, words, line)

    def tell(self, line: str) -> None:
        """Show an error, but not thousands of times."""
        now = self._clock()
        if now - self._told < LINE_SECONDS:
            self._untold += 1
            return
        more = f" ({self._untold} more like it.)" if self._untold else ""
        self._told, self._untold = now, 0
        self._say(line + more)

    def forget_strangers(self) -> None:
        """Drop the unknown addresses, because the known ones have changed."""
        for path in [each for each in self if not self._is_known(each)]:
            del self[path]
        self._strangers = 0
