"""The one error a person is meant to read."""


class ZscapeError(Exception):
    """Something a person can mend: the message is one line that says what is wrong and what to do.

    The command line prints it on stderr and exits 1; the window shows it in its message bar and goes on.
    """

    def __init__(self, message: str) -> None:
        """message: what another library says in it may have several lines, which are put into one."""
        super().__init__(" ".join(message.splitlines()))
