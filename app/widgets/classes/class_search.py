"""Searches classes by typed text."""

from __future__ import annotations

from collections.abc import Sequence


def found(words: str, names: Sequence[str]) -> list[int]:
    """The indices of the names that contain `words`, best match first; all in their order if `words` is empty.

    The best match is equal; next come a match in another case, then a name that starts with `words`.
    """
    low = words.lower()

    def rank(place: int) -> tuple[bool, bool, bool]:
        name = names[place]
        return name != words, name.lower() != low, not name.lower().startswith(low)

    held = [place for place, name in enumerate(names) if low in name.lower()]
    return sorted(held, key=rank) if words else held
