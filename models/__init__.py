"""Everything of Zscape that runs without a window: inputs, generators, training, data, files.

The package can be called: `zscape.models()` lists the available models.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec


class _Models(ModuleType):
    """The package, also callable as the public function `zscape.models` (see zscape/__init__.py)."""

    def __call__(self) -> dict[str, Spec]:
        """Return the spec of each model, by the name that `zscape.open` takes, bundled models first."""
        from zscape.models.files.library import listing

        found: dict[str, Spec] = {}
        for entry in listing():
            found.setdefault(entry.called, entry.spec)
        return found


sys.modules[__name__].__class__ = _Models
