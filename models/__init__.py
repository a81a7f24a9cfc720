"""Everything of Zscape that runs without a window: inputs, generators, training, data, files.

The package can be called: `zscape.models()` tells which models there are.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec


class _Models(ModuleType):
    """The package, which the public face also offers as a function (see zscape/__init__.py)."""

    def __call__(self) -> dict[str, Spec]:
        """What each model says of itself, by the name that `zscape.open` takes: bundled ones first."""
        from zscape.models.files.library import listing

        found: dict[str, Spec] = {}
        for entry in listing():
            found.setdefault(entry.called, entry.spec)
        return found


sys.modules[__name__].__class__ = _Models
