"""Converts sessions of the first format, whose models all had a latent "z" and classes "class", to the second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEFAULT_TARGET = {"seeds": [[15, 1.0]]}


def in_second(plain: Mapping[str, Any]) -> dict[str, Any]:
    """A session of the first format as plain values of the second. Raises any Python error if the file is wrong."""
    return {
        "model": plain.get("model", ""),
        "view": plain.get("view", ""),
        **_scene(plain),
        "others": [_scene(each) for each in plain.get("others", ())],
    }


def _scene(plain: Mapping[str, Any]) -> dict[str, Any]:
    size, count = plain.get("z_size", 0), plain.get("classes", 0)
    names = list(plain.get("class_names", ()))
    if (size, count) == (0, 0) and not names:
        kind: dict[str, Any] = {}
    elif size < 1 or count < 0 or len(names) not in (0, count):
        raise ValueError("a scene for no kind of model")
    else:
        labels = names or [str(number) for number in range(count)]
        inputs: list[dict[str, Any]] = [{"kind": "latent", "name": "z", "size": size}]
        inputs += [{"kind": "classes", "name": "class", "labels": labels}] if count else []
        kind = {"inputs": inputs, "labelled": bool(names)}
    old = plain.get("scene", {})
    if odd := sorted(set(old) - {*"abc", "point", "target", "shelf", "columns", "way", "keep_norm", "restyle"}):
        raise ValueError(f"a scene has no field {odd[0]!r}")
    columns = old.get("columns", 10)
    if columns < 2:
        raise ValueError("columns below 2")
    views: dict[str, Any] = {
        "class-sweep": {"columns": columns},
        "style-sweep": {"target": old.get("target", DEFAULT_TARGET), "columns": columns, "way": old.get("way", "slerp")},
        "arithmetic": {"keep_norm": old.get("keep_norm", True), **{name: old[name] for name in "abc" if old.get(name)}},
        "restyle": {"given": old["restyle"]} if old.get("restyle") else {},
    }
    point = {"point": old["point"]} if "point" in old else {}
    return {"kind": kind, "scene": {**point, "shelf": old.get("shelf", []), "views": views}}
