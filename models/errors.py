"""The error whose message is meant for the user."""


class ZscapeError(Exception):
    """Something the user can correct. The message is one line that says what is wrong and what to do.

    The command line prints it on stderr and exits with 1; the window shows it in its message bar and goes on.
    """

    def __init__(self, message: str) -> None:
        """message: its lines are joined into one, since text quoted from another library may have several."""
        super().__init__(" ".join(message.splitlines()))
