"""Wrong usage of a verb, as opposed to an error while it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from zscape.models.errors import ZscapeError


class UsageError(ZscapeError):
    """The options of a call are wrong or contradict each other; the command exits 2."""


def in_one_line(box: str, words: Sequence[str]) -> str:
    """The error message that the parser prints in a box about the call `words`, in one line."""
    lines = [line.strip("\u2502\u256d\u256e\u2570\u256f\u2500 ") for line in box.splitlines()]
    text = " ".join(takewhile(bool, lines[1:]))  # after the title, up to the rule; what follows is the help
    if wrong := re.match(r"Error parsing (\S+): .*? from \[(.*?)\]", text):
        text = f"{wrong[1]} cannot be {wrong[2]}."
    text = re.sub(r"Expected one of \((.*?)\)\.", lambda found: "There are: " + found[1].replace("'", "") + ".", text)
    if missing := re.match(r"Missing from zscape (\S+): (--\S+(?: [A-Z]+)?|\S+)", text):
        text = f"{missing[1]} needs {missing[2]}."
    if text.startswith("Unrecognized options:") and "Available subcommands:" in box:
        text = (
            f"there is no command {words[0]!r}; there are: "
            + " ".join(lines).split("Available subcommands:")[1].split("For full")[0]
        )
    verb = f" {words[0]}" if words and f"zscape {words[0]}" in box else ""
    return f"{text.strip().rstrip('.')}. See zscape{verb} --help."
