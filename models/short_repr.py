"""How a result is shown in a notebook: by shapes, not by its numbers, of which there may be millions."""

from __future__ import annotations

import reprlib
from dataclasses import fields
from typing import Any


class ShortRepr:
    """For a dataclass with arrays, made with repr=False: the one that it would make has all their numbers."""

    def __repr__(self) -> str:
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.repr}  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(f'{name}={_short(value)}' for name, value in values.items())})"


def _short(value: Any) -> str:
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return f"{value.dtype} {list(value.shape)}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_short(each)}' for name, each in value.items())}}}"
    return reprlib.repr(value) if isinstance(value, str | tuple | list) else repr(value)
