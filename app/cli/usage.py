"""Wrong usage of a verb, as opposed to an error while it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from operator import not_

from zscape.models.errors import ZscapeError


class UsageError(ZscapeError):
    """The options of a call are wrong or contradict each other; the command exits 2."""


def in_one_line(box: str, words: Sequence[str]) -> str:
    """The error message that the parser prints in a box about the call `words`, in one line."""
    # Where the terminal knows no lines of a box, its rules are made of "-".
    lines = [line.strip("\u2502\u256d\u256e\u2570\u256f\u2500 ") for line in box.splitlines()]
    lines = ["" if set(line) == {"-"} else line for line in lines]
    text = " ".join(takewhile(bool, dropwhile(not_, lines[1:])))  # after the title, up to the rule; what follows is the help
    if wrong := re.match(r"Error parsing (\S+): .*? from \[(.*?)\]", text):
        text = f"{wrong[1]} cannot be {wrong[2]}."
    text = re.sub(r"Expected one of \((.*?)\)\.", lambda found: "There are: " + found[1].replace("'", "") + ".", text)
    if missing := re.match(r"Missing from zscape (\S+): (\{.*?\}|--\S+(?: [A-Z]+)?|\S+)", text):
        choices = re.findall(r"[^{},\s]+", missing[2]) if missing[2].startswith("{") else ()
        text = f"{missing[1]} needs {'one of ' + ', '.join(choices) if choices else missing[2]}."
        if "Unrecognized options:" in lines:  # a slip of the pen in a name is why the option is missing
            unknown = takewhile(bool, lines[lines.index("Unrecognized options:") + 1 :])
            text = f"Unrecognized options: {', '.join(unknown)}."
    if text.startswith("Unrecognized options:") and "Available subcommands:" in box:
        text = (
            f"there is no command {words[0]!r}; there are: "
            + " ".join(lines).split("Available subcommands:")[1].split("For full")[0]
        )
    verb = f" {words[0]}" if words and f"zscape {words[0]}" in box else ""
    return f"{text.strip().rstrip('.')}. See zscape{verb} --help."
