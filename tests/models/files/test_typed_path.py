"""Paths as users type them."""

from pathlib import Path

from zscape.models.files.typed_path import typed_path


def test_the_home_of_a_person_and_of_nobody(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert typed_path("~/a.png") == tmp_path / "a.png"
    assert typed_path(Path("b/c")) == Path("b/c")
    assert typed_path("~nobody-of-that-name/a") == Path("~nobody-of-that-name/a")
