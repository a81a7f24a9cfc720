"""Classes as people name them."""

from __future__ import annotations

from collections.abc import Sequence

from zscape.models.errors import ZscapeError


def number_of(word: str, names: Sequence[str]) -> int:
    """The number of the class that `word` names: by its name in any case, else by its number from 0.

    Raises ZscapeError if there is none.
    """
    word = word.strip()
    folded = [name.casefold() for name in names]
    if word.casefold() in folded:
        return folded.index(word.casefold())
    if word.isdecimal() and int(word) < len(names):
        return int(word)
    raise ZscapeError(f"There is no class {word!r}: choose from {', '.join(names)}.")
