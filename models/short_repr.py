"""Short representation of results in a notebook: the shapes of arrays instead of their values, which may be millions."""

from __future__ import annotations

import reprlib
from dataclasses import fields
from typing import Any


class ShortRepr:
    """Mixin for dataclasses with arrays, declared with repr=False because the generated repr prints all values."""

    def __repr__(self) -> str:
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.repr}  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(f'{name}={_short(value)}' for name, value in values.items())})"


def _short(value: Any) -> str:
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return f"{value.dtype} {list(value.shape)}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_short(each)}' for name, each in value.items())}}}"
    return reprlib.repr(value) if isinstance(value, str | tuple | list) else repr(value)
