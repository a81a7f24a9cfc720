"""The one error a person is meant to read."""

LONGEST = 1000
"""Characters of a message."""


class ZscapeError(Exception):
    """Something a person can mend: the message is one line that says what is wrong and what to do.

    The command line prints it on stderr and exits 1; the window shows it in its message bar and goes on.
    """

    def __init__(self, message: str) -> None:
        """message: what another library, or a file, says in it may have several lines, which are put into one, and characters
        that a terminal obeys, which are written out; of a very long one the middle is left out.
        """
        line = " ".join(message.splitlines())
        if not line.isprintable():
            line = "".join(each if each.isprintable() else " " if each.isspace() else ascii(each)[1:-1] for each in line)
        if len(line) > LONGEST:
            line = f"{line[: LONGEST * 3 // 4]} ... {line[-LONGEST // 4 :]}"
        super().__init__(line)
