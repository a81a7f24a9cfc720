"""Speeds up the start by skipping two things that PySide does for other kinds of programs.

While QtCore is imported, PySide imports a dozen Python modules from an archive inside its library. Python stores no compiled
files for modules from there, so PySide compiles their sources at every start. Two of them only write type stubs (.pyi files);
nothing else uses them. PySide has no option to leave them out, and imports them by name, so they must exist: here they are
compiled from an empty text. If a later release used them, the tests that start the program would fail.

After that, PySide reads the source of every module that is imported; see `_leave_sources_unread`.
"""

from __future__ import annotations

import builtins
import sys
from typing import Any

STUB_WRITERS = ("signature/lib/pyi_generator.py", "signature/lib/enum_sig.py")
"""The ends of their file names. Compiling and running them takes a seventh of the time to the first paint."""


def make_light() -> None:
    """Import QtCore without those two modules, and stop PySide from reading sources. Only for a process of Zscape's own, because
    other code may want what is skipped.

    This changes parts of PySide that are not public; if another release lacks them, nothing is skipped.
    """
    _import_without_stub_writers()
    _leave_sources_unread()


def _import_without_stub_writers() -> None:
    """Replace the built-in function `compile`, which PySide calls for its modules, while QtCore is imported."""
    real: Any = builtins.compile

    def compile_needed(source: Any, name: Any, *more: Any, **options: Any) -> Any:
        return real("" if isinstance(name, str) and name.endswith(STUB_WRITERS) else source, name, *more, **options)

    vars(builtins)["compile"] = compile_needed
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        vars(builtins)["compile"] = real


def _leave_sources_unread() -> None:
    """Make PySide assume that no module wants its snake_case names. It looks for `PySide6` in the source of each module that is
    imported after it, which makes the import of torch a tenth slower.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False
