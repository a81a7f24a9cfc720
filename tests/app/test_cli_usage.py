"""Wrong usage is said in the words of the call: what lacks, or which option there is not."""

import io
import sys

import pytest

from zscape.app.cli.main import main


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["train"], "train needs PRESET."),
        (["sweep"], "sweep needs one of class, style, "),
        (["sample", "--modle", "mnist"], "sample has no option --modle (perhaps --model)."),
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
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_wrong_usage_names_what_is_wrong(words, says, encoding, monkeypatch):
    written = io.BytesIO()
    for name in ("stdout", "stderr"):  # the parser draws its boxes as the terminal can show them
        monkeypatch.setattr(sys, name, io.TextIOWrapper(written, encoding, write_through=True))
    assert main(words) == 2
    line = written.getvalue().decode(encoding)
    assert line.count("\n") == 1
    assert line.startswith(f"zscape: {says}")
    named = line.rstrip(".\n").rsplit("See zscape ", 1)[1].split()
    assert named[-1] == "--help"
    assert main(named) == 0  # what it names is there
