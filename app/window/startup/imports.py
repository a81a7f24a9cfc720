"""Speeds up the imports of PySide and of later modules by skipping what a window does not need."""

from __future__ import annotations

import builtins
import sys
from typing import Any

UNNEEDED = ("signature/lib/pyi_generator.py", "signature/lib/enum_sig.py")
"""PySide's own modules for generating stub files. Compiling and running them takes a seventh of the time to the first paint."""


def make_light() -> None:
    """Import PySide without its stub generator, and stop it from reading sources. Only for a process of Zscape's own.

    This changes parts of PySide that are not public; if they do not exist, nothing changes.
    """
    _import_without_generator()
    _leave_sources_unread()


def _import_without_generator() -> None:
    """PySide compiles these modules at every start, and does not use them afterwards."""
    compiled: Any = builtins.compile

    def without(source: Any, name: Any, *more: Any, **options: Any) -> Any:
        return compiled("" if isinstance(name, str) and name.endswith(UNNEEDED) else source, name, *more, **options)

    vars(builtins)["compile"] = without
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        vars(builtins)["compile"] = compiled


def _leave_sources_unread() -> None:
    """Make PySide assume that no module wants its snake_case names. It looks for `PySide6` in the source of each module that is
    imported after it, which makes the import of torch a tenth slower.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False
