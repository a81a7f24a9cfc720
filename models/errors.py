"""The error whose message is meant for the user."""

LONGEST = 1000
"""Maximum number of characters of a message before its middle is left out."""


class ZscapeError(Exception):
    """Something the user can correct. The message is one line that says what is wrong and what to do.

    The command line prints it on stderr and exits with 1; the window shows it in its message bar and goes on.
    """

    def __init__(self, message: str) -> None:
        """message: joined into one line, since text quoted from a file or another library may have several. Control characters,
        which a terminal would act on, are escaped, and the middle of a very long message is left out.
        """
        line = " ".join(message.splitlines())
        if not line.isprintable():
            line = "".join(each if each.isprintable() else " " if each.isspace() else ascii(each)[1:-1] for each in line)
        if len(line) > LONGEST:
            line = f"{line[: LONGEST * 3 // 4]} ... {line[-LONGEST // 4 :]}"
        super().__init__(line)
