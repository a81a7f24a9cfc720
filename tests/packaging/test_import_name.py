"""Everything is imported under one name, zscape, so that it never conflicts with other folders called `models` or `app`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEFORE_THE_INSTALL = {Path("scripts/check_system.py")}
"""Runs before Zscape is installed."""
BARE = re.compile(
    r"""(?:^|[;"'\n])\s*(?:from|import)\s+(?:[\w.]+,\s*)*(?:app|models|resources)(?:\.|\s+import\b|\s*$)""", re.MULTILINE
)


def test_a_notebook_beside_folders_of_the_same_names_works(tmp_path, home):
    for name in ("models", "app", "resources"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"MINE = {name!r}\n")
    (tmp_path / "models/net.py").write_text("import zscape.models.errors\nLAYERS = 3\n")
    cells = """
import zscape
import models, app, resources
from models.net import LAYERS
import zscape.models.files.library as library
import zscape.app.cli.main
from zscape.models.files.checkpoint import load_model
assert (models.MINE, app.MINE, resources.MINE, LAYERS) == ("models", "app", "resources", 3)
assert zscape.models.__file__ != models.__file__ and zscape.app.__file__ != app.__file__
load_model(library.find("mnist"))
import zscape.app.window.main_window
assert not hasattr(models, "files") and not hasattr(app, "window")
print("works")
"""
    done = subprocess.run([sys.executable, "-c", cells], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "works\n", done.stderr


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("from models.errors import ZscapeError", True),
        ("    import app", True),
        ('code = "import sys, app.cli.main"', True),
        ("from zscape.models import errors", False),
        ("import zscape.app", False),
        ("what is left from models of before", False),
    ],
)
def test_a_bare_name_is_told(line, bare):
    assert bool(BARE.search(line)) is bare


def test_nothing_of_ours_is_imported_by_a_bare_name():
    files = [path for folder in ("zscape", "app", "models", "scripts", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in files
        if path.relative_to(ROOT) not in BEFORE_THE_INSTALL and path != Path(__file__)
        for match in BARE.finditer(path.read_text("utf-8"))
    ]
    assert not found
