"""Which module imports which, read from the sources."""

import ast
from collections import deque
from functools import cache


def modules_in(folders):
    """Every module below `folders` ({folder: its import name}): its full name and its file."""
    found = {}
    for folder, package in folders.items():
        for path in sorted(folder.rglob("*.py")):
            inner = path.relative_to(folder).with_suffix("").parts
            found[".".join([package, *inner]).removesuffix(".__init__")] = path
    return found


def import_graph(modules):
    """For each of `modules` (name: file), the modules it imports, at the top or in functions, but not for types only."""
    return {name: _imported(path.read_text("utf-8"), modules) - {name} for name, path in modules.items()}


def circles_in(graph):
    """Every import cycle once, as a path ["a", "b", "a"]: the shortest one through each module."""
    left = graph
    while len(left) > len(left := {name: targets & set(left) for name, targets in left.items() if targets & set(left)}):
        pass  # a module that imports none of those left is on no circle
    graph, ways = left, {}
    for start in graph:
        if way := _way_back(graph, start):
            ways.setdefault(frozenset(way), way)
    return sorted(ways.values())


@cache
def imports_in(source):
    """Every import of a source, at the top or inside other statements: the statement, and whether it is under TYPE_CHECKING."""
    found, waiting = [], [(node, False) for node in ast.parse(source).body]
    while waiting:
        node, typing = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append((node, typing))
        if hasattr(node, "body"):
            inner = typing or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
            waiting += [(each, inner) for each in node.body]
        others = [*getattr(node, "orelse", ()), *getattr(node, "finalbody", ())]
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            others += part.body
        waiting += [(each, typing) for each in others]
    return tuple(found)


def _imported(source, modules):
    names = set()
    for node, typing in imports_in(source):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import; write it out from zscape on"
        if typing:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        else:
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & set(modules)


def _way_back(graph, start):
    """The shortest path of imports from `start` back to it, or None."""
    came_from = {}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for target in sorted(graph[name]):
            if target == start:
                way = [start]
                while name != start:
                    way.append(name)
                    name = came_from[name]
                return [start, *reversed(way)] if len(way) > 1 else [start, start]
            if target not in came_from:
                came_from[target] = name
                waiting.append(target)
    return None
