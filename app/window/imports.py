"""Imports behind PySide, which is asked not to read the source of each module."""

from __future__ import annotations

import sys
from typing import Any


def leave_sources_unread() -> None:
    """Have PySide take it that no module wants names in its snake case: it looks for `PySide6` in the source of each module that
    is imported after it, which makes the import of torch a tenth slower. For a process that is Zscape's own.

    What finds that out is no public part of PySide: where there is no such thing, nothing is changed.
    """
    import PySide6.QtCore  # noqa: F401  brings it along

    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False
