"""The commands in the README can be run as printed: the files they read are in the repository."""

import io
import itertools
import re
import shlex
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from zscape.app.cli.main import main
from zscape.models.files.checkpoint import load_model
from zscape.models.files.library import find
from zscape.models.files.units_file import load_units

ROOT = Path(__file__).parents[2]
EXPLAINED = ("RUN", "FOLDER")
"""Placeholders for something of the user's own; the README says what."""
WRITES = ("--out",)


def commands():
    """The words of each command in the README."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    found = [shlex.split(line.partition(" #")[0].partition(";")[0]) for line in lines if line.startswith("    zscape ")]
    return [words[1:] for words in found]


@cache
def help_of(verb):
    with redirect_stdout(io.StringIO()) as out:
        assert main([verb, "--help"]) == 0
    return out.getvalue()


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_has_the_options_that_are_printed(words):
    text = help_of(words[0])
    assert f"zscape {words[0]}" in text
    for option in (word for word in words if word.startswith("--")):
        assert re.search(rf"(?<!\S){option}(?!\S)", text), option


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_a_command_reads_is_here_or_explained(words):
    made = {out for each in commands() for flag, out in itertools.pairwise(each) if flag in WRITES}
    for flag, word in itertools.pairwise(words):
        if flag in WRITES or word.startswith("-") or not ("/" in word or "." in word):
            continue
        if re.fullmatch(r"[\d.]+", word) or any(word.startswith(out) for out in made):
            continue  # a number, or a file that another command writes
        assert (ROOT / word).exists(), word


def test_what_stands_for_something_is_explained():
    text = (ROOT / "README.md").read_text("utf-8")
    capitals = {word for words in commands() for word in words if re.fullmatch(r"[A-Z]{3,}", word)}
    assert capitals <= set(EXPLAINED)
    assert all(re.search(rf"\b{word}(: yours| is the| has)", text) for word in capitals), capitals


def test_the_unit_edits_are_those_of_the_bundled_model():
    assert load_units(ROOT / "docs" / "turned.units.json", load_model(find("mnist")).spec)
