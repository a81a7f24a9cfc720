"""Which module imports which, read from the sources."""

import ast
from collections import deque


def modules_in(folders):
    """Every module below `folders` ({folder: the name it is imported by}): its full name and its file."""
    found = {}
    for folder, package in folders.items():
        for path in sorted(folder.rglob("*.py")):
            inner = path.relative_to(folder).with_suffix("").parts
            found[".".join([package, *inner]).removesuffix(".__init__")] = path
    return found


def import_graph(modules):
    """For each of `modules` (name: file), those of them that it imports: at the top, in functions, anywhere but for types."""
    return {name: _imported(path.read_text("utf-8"), modules) - {name} for name, path in modules.items()}


def circles_in(graph):
    """Every circle, once, as a way round: ["a", "b", "a"]. Of the circles through a module it is the shortest."""
    ways = {}
    for start in graph:
        if way := _way_back(graph, start):
            ways.setdefault(frozenset(way), way)
    return sorted(ways.values())


def _imported(source, modules):
    names = set()
    waiting = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import; write it out from zscape on"
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
    return names & set(modules)


def _way_back(graph, start):
    """The shortest way from `start` over imports back to it, None where there is none."""
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
