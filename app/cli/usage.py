"""Wrong usage of a verb, as opposed to an error while it runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from itertools import dropwhile, takewhile
from operator import not_

from zscape.models.errors import ZscapeError


class UsageError(ZscapeError):
    """The options of a call are wrong or contradict each other; the exit code is 2."""


def check_once(words: Sequence[str]) -> None:
    """Raise UsageError for an option that is given twice: one of the two would be ignored silently."""
    asked = [word.partition("=")[0].replace("_", "-") for word in words if re.match(r"--[A-Za-z]", word)]
    if twice := next((each for each in asked if asked.count(each) > 1), ""):
        verb = f" {words[0]}" if not words[0].startswith("-") else ""
        raise UsageError(f"{twice} is given twice: give it once, with all its values. See zscape{verb} --help.")


def check_options(verb: object, idle: Mapping[str, str]) -> None:
    """Raise UsageError for an option of `verb` that is given but would have no effect. idle: its name -> what it is for."""
    for name, of in idle.items():
        if getattr(verb, name) != getattr(type(verb), name):
            raise UsageError(f"--{name.replace('_', '-')} is for {of}.")


def in_one_line(box: str, words: Sequence[str], help_of: Callable[[list[str]], str]) -> str:
    """Turn the boxed error message of the parser about the call `words` into one line.

    help_of(command): the help of a command, such as ["sweep", "class"].
    """
    if unknown := _unknown_options(words, help_of):  # first, because a typo may be why an option is missing
        return unknown
    # On a terminal without box characters, the borders are made of "-".
    lines = [line.strip("\u2502\u256d\u256e\u2570\u256f\u2500 ") for line in box.splitlines()]
    lines = ["" if set(line) == {"-"} else line for line in lines]
    text = " ".join(takewhile(bool, dropwhile(not_, lines[1:])))  # after the title, up to the border; the help follows
    number = r"Error parsing (\S+): (?:invalid literal for int|could not convert string to float)[^:]*: (.*)"
    if wrong := re.match(r"Error parsing (\S+): .*? from \[(.*?)\]", text) or re.match(number, text):
        text = f"{wrong[1]} cannot be {wrong[2]}."
    text = re.sub(r"Expected one of \((.*?)\) ?\.", lambda found: f"There are: {', '.join(sorted(_words_in(found[1])))}.", text)
    if missing := re.match(r"Missing from zscape (\S+): (\{.*?\}|--\S+(?: [A-Z]+)?|\S+)", text):
        choices = re.findall(r"[^{},\s]+", missing[2]) if missing[2].startswith("{") else ()
        text = f"{missing[1]} needs {'one of ' + ', '.join(choices) if choices else missing[2]}."
    verb = f" {words[0]}" if words and not words[0].startswith("-") and help_of([words[0]]) else ""
    if text.startswith("Unrecognized options:") and "Available subcommands:" in box:
        there = " ".join(lines).split("Available subcommands:")[1].split("For full")[0].strip()
        verb = ""  # there is no help for it
        if _is_model(words[0]):
            text, verb = f"{words[0]} is a model: zscape gui --model {words[0]} opens it in the window", " gui"
        else:
            text = f"there is no command {words[0]!r}{_perhaps(words[0], there.split(', '))}; there are: {there}"
    elif extra := re.match(r"Unrecognized options: (.*)", text):
        text = f"{words[0]} does not take {extra[1]}"
    elif text.startswith("Missing value for argument 'preset'"):
        text = f"{words[0]} needs PRESET"
    elif lone := re.match(r"Missing value for argument '(--\S+)'", text):
        text = f"{lone[1]} needs a value"
    return f"{text.strip().rstrip('.')}. See zscape{verb} --help."


def _words_in(choices: str) -> list[str]:
    """The choices in an error message, without quotes; an empty choice, the default, is left out."""
    # A line of the box may end behind a hyphen.
    return [word for each in choices.split(",") if (word := each.strip(" '").replace("- ", "-"))]


def _is_model(word: str) -> bool:
    """Whether `word` is the name of a model, or the path of a model file."""
    from zscape.models.files.header import read_spec
    from zscape.models.files.library import find

    try:
        read_spec(find(word))
    except (ZscapeError, OSError):
        return False
    return True


def _unknown_options(words: Sequence[str], help_of: Callable[[list[str]], str]) -> str:
    """The unknown option of the call, with a similar known one; "" if all are known."""
    text = help_of(list(takewhile(lambda word: not word.startswith("-"), words)))
    command = re.search(r"usage: (zscape[\w -]*?) \[", text)
    if command is None:  # there is no such command
        return ""
    known = _options_in(text)
    asked = [word.partition("=")[0] for word in words if re.match(r"--?[A-Za-z]", word)]
    unknown = [word for word in dict.fromkeys(asked) if word.replace("_", "-") not in known]
    if not unknown:
        return ""
    if command[1] == "zscape" and unknown[0] in _options_in(help_of(["gui"])):
        return f"{unknown[0]} needs a command before it: for the window, zscape gui {unknown[0]}. See zscape gui --help."
    lacks = f"no option {unknown[0]}" if len(unknown) == 1 else f"none of the options {', '.join(unknown)}"
    return f"{command[1].removeprefix('zscape ')} has {lacks}{_perhaps(unknown[0], known)}. See {command[1]} --help."


def _options_in(text: str) -> list[str]:
    """The names of the options in the help `text` of a command."""
    # An option starts a line of a box; two spaces separate it from its description.
    heads = re.findall(r"^[\s\u2502|]*(-.*?)(?:\s{2}|$)", text, re.MULTILINE)
    return [name for head in heads for name in re.findall(r"(?<!\S)--?[a-z][\w-]*", head)]


def _perhaps(word: str, known: Sequence[str]) -> str:
    """The options of `known` that `word` may have meant, in words; "" if none is similar."""
    near = get_close_matches(word, known, n=2, cutoff=0.7)
    return f" (perhaps {' or '.join(near)})" if near else ""
