"""Imports of PySide and behind it, spared what takes time and a window does not need."""

from __future__ import annotations

import builtins
import sys
from typing import Any

UNNEEDED = ("signature/lib/pyi_generator.py", "signature/lib/enum_sig.py")
"""What PySide carries in itself for those who write stub files. Compiled and run it takes a seventh of the first paint."""


def make_light() -> None:
    """Import PySide without what writes stub files, and have it read no sources. For a process that is Zscape's own.

    What this changes is no public part of PySide: where there is no such thing, all is as it would be without.
    """
    _import_without_generator()
    _leave_sources_unread()


def _import_without_generator() -> None:
    """PySide compiles these modules of its own at every start, and does not use them after that."""
    compiled: Any = builtins.compile

    def without(source: Any, name: Any, *more: Any, **options: Any) -> Any:
        return compiled("" if isinstance(name, str) and name.endswith(UNNEEDED) else source, name, *more, **options)

    vars(builtins)["compile"] = without
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        vars(builtins)["compile"] = compiled


def _leave_sources_unread() -> None:
    """Have PySide take it that no module wants names in its snake case: it looks for `PySide6` in the source of each module that
    is imported after it, which makes the import of torch a tenth slower.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False
