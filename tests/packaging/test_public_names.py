"""Tests use the public interface: no test reads, sets or imports a private name of Zscape."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
OURS = {"self", "cls"}
BEGINS_PRIVATE = re.compile(r"\b_[^\W_]")
"""Whether some word begins with a single underscore."""


def private(name):
    return name.startswith("_") and not name.startswith("__")


def others_modules(tree):
    """The names in a file that stand for modules of others, which may call public what begins with an underscore (os._exit)."""
    plain = [alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return {(each.asname or each.name).split(".")[0] for each in plain if not each.name.startswith("zscape")}


def private_uses(source):
    """(line, name) of every private name that the file does not define itself."""
    if not BEGINS_PRIVATE.search(source):
        return []  # as in most files: reading the words is much quicker than parsing
    tree = ast.parse(source)
    own = OURS | others_modules(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr):
            if not (isinstance(node.value, ast.Name) and node.value.id in own):
                found.append((node.lineno, node.attr))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zscape"):
            names = [*node.module.split("."), *(alias.name for alias in node.names)]
            found += [(node.lineno, name) for name in names if private(name)]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("setattr", "getattr"):
            words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            found += [(node.lineno, word) for word in words if any(map(private, word.split(".")))]
    return found


def test_no_test_reads_a_private_name():
    found = {path.relative_to(TESTS): private_uses(path.read_text("utf-8")) for path in TESTS.rglob("*.py")}
    assert {str(path): uses for path, uses in found.items() if uses} == {}


@pytest.mark.parametrize(
    "source",
    [
        "view._frame",
        "a.b()._c = 1",
        "from zscape.app._x import y",
        "from zscape.app.x import _y",
        "monkeypatch.setattr(x, '_y', 1)",
        "monkeypatch.setattr('zscape.app.x._y', 1)",
        "import zscape.app as app\napp._x",
    ],
)
def test_it_is_found_however_it_is_written(source):
    assert private_uses(source)


def test_what_is_the_files_own_or_pythons_may_be_used():
    assert not private_uses("import os\nclass A:\n    def f(self):\n        self._x = __file__\nos._exit(1)")
