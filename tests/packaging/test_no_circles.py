"""There are no import cycles, and no imports by a computed name, which readers and tools cannot see."""

import re
from pathlib import Path

from import_graph import circles_in, import_graph, modules_in

ROOT = Path(__file__).parents[2]
FOLDERS = {ROOT / "zscape": "zscape", **{ROOT / name: f"zscape.{name}" for name in ("app", "models", "resources")}}


def test_there_is_no_circle_of_imports():
    graph = import_graph(modules_in(FOLDERS))
    assert "zscape.models.errors" in graph["zscape.models.files.library"], "the graph is not what it should be"
    assert not circles_in(graph), "\n" + "\n".join(" -> ".join(way) for way in circles_in(graph))


def test_every_import_is_written_as_one():
    hidden = re.compile(r"\b(import_module|__import__|spec_from_file_location|runpy)\b")
    found = [name for name, path in modules_in(FOLDERS).items() if hidden.search(path.read_text("utf-8"))]
    assert not found, "these import by a name put together, where nobody who reads the imports sees it"


def test_a_circle_is_found_at_the_top_and_in_functions_but_not_among_types(tmp_path):
    for name, text in {
        "__init__": "",
        "straight": "from toy import top_a",
        "top_a": "import toy.top_b",
        "top_b": "from toy.top_a import thing",
        "late_a": "def f():\n    from toy.late_b import thing",
        "late_b": "if True:\n    from toy import late_a",
        "types_a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from toy.types_b import Thing",
        "types_b": "import toy.types_a",
    }.items():
        (tmp_path / f"{name}.py").write_text(text)
    ways = circles_in(import_graph(modules_in({tmp_path: "toy"})))
    assert ways == [["toy.late_a", "toy.late_b", "toy.late_a"], ["toy.top_a", "toy.top_b", "toy.top_a"]]
