"""Refuses names that are not Unicode text, before work begins that could not be saved."""

from __future__ import annotations

from zscape.models.errors import ZscapeError


def check_utf8(*names: str) -> None:
    """Raise ZscapeError for a name that cannot be written as UTF-8, such as that of a file with a name in another encoding."""
    for name in names:
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise ZscapeError(f"The name {name} is not Unicode text: rename it.") from error
