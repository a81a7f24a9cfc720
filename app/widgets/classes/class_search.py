"""Finding a class by what is typed."""

from __future__ import annotations

from collections.abc import Sequence


def found(words: str, names: Sequence[str]) -> list[int]:
    """The places of the names that hold `words`, the best first; all in their order where there are no words.

    The best is called so, then but for capitals, then begins with them.
    """
    low = words.lower()

    def rank(place: int) -> tuple[bool, bool, bool]:
        name = names[place]
        return name != words, name.lower() != low, not name.lower().startswith(low)

    held = [place for place, name in enumerate(names) if low in name.lower()]
    return sorted(held, key=rank) if words else held
