"""Unit edits on the command line: `zscape sample --units`, `zscape sweep --units`."""

from dataclasses import replace

import numpy as np
import pytest
from command_line import fails
from PIL import Image

from zscape.app.cli.main import main
from zscape.models.files.header import read_spec
from zscape.models.files.units_file import load_units, save_units
from zscape.models.inputs.units import NOTHING, UNIT_EDITS
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.npz import load_arrays

OFF = NOTHING.with_units("norms.1", range(4), gain=0.0)


@pytest.fixture
def units(tiny_model, tmp_path):
    path = tmp_path / "off.units.json"
    save_units(path, read_spec(tiny_model), OFF)
    return path


def images(tmp_path, *words):
    out = tmp_path / "out.npz"
    assert main([*words, "--out", str(out)]) == 0
    return load_arrays(out, "images")["images"]


def test_the_file_holds_what_was_saved(tiny_model, units):
    assert load_units(units, read_spec(tiny_model)) == OFF


@pytest.mark.parametrize("verb", [("sample", "--count", "6"), ("sweep", "class"), ("sweep", "style")])
def test_pictures_are_drawn_with_the_edits(tiny_model, tmp_path, units, verb):
    plain = images(tmp_path, *verb, "--model", str(tiny_model))
    edited = images(tmp_path, *verb, "--model", str(tiny_model), "--units", str(units))
    assert edited.shape == plain.shape
    assert len({each.tobytes() for each in plain}) > 3
    assert not np.array_equal(plain, edited)


def test_a_film_is_drawn_with_the_edits_and_carries_them(tiny_model, tmp_path, units):
    plain, edited = tmp_path / "plain.webp", tmp_path / "edited.webp"
    for out, more in ((plain, ()), (edited, ("--units", str(units)))):
        words = ("animate", "--ready", "random", "--model", str(tiny_model), "--seconds", "1", "--fps", "3", "--size", "56x56")
        assert main([*words, *more, "--out", str(out)]) == 0
    with Image.open(plain) as one, Image.open(edited) as other:
        assert one.convert("L").tobytes() != other.convert("L").tobytes()
    timeline, _ = timeline_in(edited)
    assert timeline.base.get(UNIT_EDITS) == OFF


def test_edits_of_another_model_and_files_that_hold_none_are_fails(tiny_model, tmp_path, units, capsys):
    spec = read_spec(tiny_model)
    other, none, wrong = (tmp_path / f"{name}.json" for name in ("other", "none", "wrong"))
    save_units(other, replace(spec, name="strange", sha256="cd" * 32), OFF)
    none.write_text("[1, 2]")
    save_units(wrong, spec, NOTHING.with_units("norms.1", [99], gain=0.0))
    odd = tmp_path / "odd.json"
    odd.write_text(units.read_text().replace("0.0", "NaN"))
    far = tmp_path / "far.json"
    far.write_text(units.read_text().replace("0.0", "1e30"))
    cases = ((other, "strange"), (none, "no unit edits"), (wrong, "99"), (odd, "no unit edits"), (far, "gain"))
    for path, words in (*cases, (tmp_path / "gone.json", "Cannot read")):
        out = tmp_path / "s.npz"
        line = fails(capsys, 1, "sample", "--count", "2", "--model", tiny_model, "--units", path, "--out", out)
        assert words in line
        assert not out.exists()
