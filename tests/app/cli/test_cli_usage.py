"""Wrong usage gets a message in the words of the call: what is missing, or which option is unknown. Help explains each option."""

import io
import sys
from functools import cache
from importlib.metadata import version
from typing import get_args

import pytest

from zscape.app.cli.main import main
from zscape.app.cli.usage import in_one_line
from zscape.app.cli.verbs import Verb
from zscape.app.cli.verbs.sweep import KIND_HELP, Kind
from zscape.app.cli.verbs.window import VIEW_HELP
from zscape.app.views import VIEWS

VERBS = [get_args(each)[1].name for each in get_args(Verb)]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["train"], "train needs PRESET."),
        (["sweep"], "sweep needs one of class, style, "),
        (["sample", "--modle", "mnist"], "sample has no option --modle (perhaps --model)."),
        (["type", "A", "--label"], "--label needs a value."),
        (["train", "--bad", "3"], "train has no option --bad."),
        (["train", "digits-dcgan", "--step", "3"], "train has no option --step (perhaps --steps)."),
        (["models", "--jsn"], "models has no option --jsn (perhaps --json)."),
        (["sweep", "class", "--colums=3"], "sweep has no option --colums (perhaps --columns)."),
        (["data", "make", "letters", "--bad", "--worse"], "data has none of the options --bad, --worse."),
        (["train", "digits-dcgan", "now"], "train does not take now."),
        (["sampel"], "there is no command 'sampel' (perhaps sample); there are: gui, models, "),
        (["faces"], "faces is a model: zscape gui --model faces opens it in the window. See zscape gui --help."),
        (["--bad"], "zscape has no option --bad."),
        (["--model", "letters"], "--model needs a command before it: for the window, zscape gui --model."),
        (["sample"], "sample needs --out PATH."),
        (["sweep", "plane", "--direction", "a", "--direction=b", "--out", "x.png"], "--direction is given twice: give it once"),
        (["sample", "--count", "x", "--out", "x.png"], "--count cannot be 'x'."),
        (["sample", "--seed", "1.5", "--out", "x.png"], "--seed cannot be '1.5'."),
        (["sample", "--truncation", "1,5", "--out", "x.png"], "--truncation cannot be '1,5'."),
        (["animate", "--ready", "all", "--out", "x.mp4"], "invalid choice 'all' for argument '--ready'. There are: classes, "),
        (["bench", "--only", "x"], "invalid choice 'x' for argument '--only'. There are: autosave, encoding, export, film, "),
        (["sample", "--count", "1", "--out="], "A path is empty"),
    ],
)
def test_wrong_usage_names_what_is_wrong(words, says, monkeypatch):
    line = said_about(words, "utf-8", monkeypatch)
    assert line.startswith(f"zscape: {says}")


@pytest.mark.parametrize(
    ("words", "says"), [(["sweep"], "sweep needs one of class, style, "), (["sampel"], "there is no command 'sampel'")]
)
def test_wrong_usage_is_said_on_a_terminal_that_has_only_ascii_too(words, says, monkeypatch):
    """The parser draws boxes in the encoding of the terminal, round one message or round several lines."""
    assert said_about(words, "ascii", monkeypatch).startswith(f"zscape: {says}")


@pytest.mark.parametrize("broken", ["('b', 'long-\n│ film', 'a').", "('b', 'a',\n│ 'long-film')\n│ ."])
def test_choices_are_listed_wherever_the_lines_of_the_message_end(broken):
    """The parser lists them in an order that differs from run to run."""
    box = f"╭─ Parsing error ─╮\n│ invalid choice 'x'. Expected one of {broken} │\n╰───╯"
    line = in_one_line(box, ["bench", "--only", "x"], lambda _: "--only")
    assert line.startswith("invalid choice 'x'. There are: a, b, long-film.")


def said_about(words, encoding, monkeypatch):
    """The line about wrong usage on a terminal with this encoding; the help that it refers to exists."""
    written = io.BytesIO()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(written, encoding, write_through=True))
    assert main(words) == 2
    line = written.getvalue().decode(encoding)
    assert line.count("\n") == 1
    named = line.rstrip(".\n").rsplit("See zscape ", 1)[1].split()
    assert named[-1] == "--help"
    assert has_help(*named)
    return line


@cache
def has_help(*words):
    return main(list(words)) == 0


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"zscape {version('zscape')}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_help_tells_each_option_in_words(verb, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")  # wide enough for each option's help to fit in one line, or a list
    assert main([verb, "--help"]) == 0
    told = capsys.readouterr().out
    assert "None" not in told
    assert "(default: )" not in told
    assert "(default: '')" not in told
    options = [line.strip("\u2502 ") for line in told.splitlines() if line.startswith("\u2502 --")]
    for option in options:  # its name and the placeholder of its value, then words
        assert len(option.replace("(required)", "").partition("(default")[0].split()) > 3, option


def test_help_names_each_view_and_each_kind_of_sheet():
    assert VIEW_HELP.partition(": ")[2].rstrip(".").split(", ") == list(VIEWS)
    told = [line.partition(":")[0] for line in KIND_HELP.splitlines()]
    assert told == list(get_args(Kind))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("type A --label A --out a.png", "--label is for --like PICTURE."),
        ("type A --like a.png --seed 3 --out b.png", "--seed is for a line without --like."),
        ("type A --seconds 3 --out a.png", "--seconds is for --to SEED."),
        ("compare mnist mnist --fps 30 --out a.png", "--fps is for the folder of one run."),
        ("compare run --scale 4 --out a.mp4", "--scale is for two models."),
        ("compare run --columns 3 --out a.mp4", "--columns is for a contact sheet: .png, .svg or .pdf."),
        ("paint a.png --must b.png --seed 3 --out c.png", "--seed is for painting without a picture."),
        ("paint --must b.png --only-painted --out c.png", "--only-painted is for painting on a picture."),
        ("encode a.png --free --out z.npz", "--free is for --refine STEPS."),
        ("neighbours a.png --classes 3", "--classes is for points, not for a picture."),
        ("directions --name smile --out d.safetensors", "--name is for --method pairs."),
        ("directions --count 3 --out d.safetensors", "--count is for --method pca and sefa."),
        ("type A --like a.png --truncation 0.5 --out b.png", "--truncation is for the styles of seeds: --seed or --to."),
        ("type A --height 90 --out a.svg", "--height is for a picture or a film."),
        ("paint --empty --must b.png --rest 1 --out c.png", "--rest is for painting without --empty."),
        ("map --generated 9 --count 5 --out m.npz", "--count is for pictures of data: --generated says how many points."),
        ("map --colour slant --out m.npz", "--colour is for a picture: .png."),
        ("animate --ready random --fps 9 --out a.svg", "--fps is for a film."),
        ("animate --ready random --fit fill --colour #ffffff --out a.gif", "--colour is for --fit pad."),
        ("sweep class --fps 9 --out a.png", "--fps is for a moving sheet: .gif .webp .apng .mp4 .webm."),
        ("sweep class --scale 2 --out a.npz", "--scale is for a picture or a moving sheet."),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(words, says, capsys):
    assert main(words.split()) == 2
    assert capsys.readouterr().err == f"zscape: {says}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--model mnits", "There is no model 'mnits'"),
        ("--session gone.json", "gone.json: there is no such file"),
        (f"--session {__file__}", f"{__file__} holds no session"),
        ("--device gpu", "Device 'gpu' is not on this machine"),
    ],
)
def test_the_window_does_not_open_on_something_else(words, says, capsys):
    assert main(["gui", *words.split()]) == 1
    line = capsys.readouterr().err
    assert line.startswith(f"zscape: {says}")
    assert line.count("\n") == 1
