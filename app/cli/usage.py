"""Wrong usage of a verb, as told apart from things that went wrong while doing it."""

from models.errors import ZscapeError


class UsageError(ZscapeError):
    """The words of the call don't fit together; the command exits 2."""
