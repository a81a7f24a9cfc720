"""What the window remembers, read from a file that users may have edited."""

import pytest

from zscape.app.state.settings import Settings
from zscape.app.work.control.controller_map import MAP, ControllerMap


@pytest.mark.parametrize(
    ("kept", "expected"), [("30", 30), ("nan", 5), ("1e999", 5), ("", 5), ("x", 5), ("9" * 30, 90), ("-1", 1), ("@Size(1 2)", 5)]
)
def test_a_number_is_finite_and_within_its_range(tmp_path, kept, expected):
    (tmp_path / "window.ini").write_text(f"[General]\nspeed={kept}\n")
    assert Settings(tmp_path).number("speed", 5, (1, 90)) == expected


@pytest.mark.parametrize("kept", ["[" * 100_000, "[1]", "7", "{", '{"a": {"b": 1}}'])
def test_controllers_that_cannot_be_read_are_ignored(tmp_path, kept):
    settings = Settings(tmp_path)
    settings.keep(MAP, kept)
    assert ControllerMap(settings).path("b") == ""
