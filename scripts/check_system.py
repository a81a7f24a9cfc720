"""Says in one line what this machine lacks for Zscape, and how to get it. Standard library only: it runs before the install."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  older ones run this script to be told so
        print(
            f"Zscape needs Python 3.11 or newer, this is {sys.version.split()[0]}: try `make PYTHON=python3.12 ...`.",
            file=sys.stderr,
        )
        return 1
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        print("Python's venv module is missing: `apt-get install python3-venv`.", file=sys.stderr)
        return 1
    if "--libraries" in sys.argv and sys.platform == "linux":
        from app.window.startup.system_libraries import ALWAYS, ON_X11, missing

        if packages := missing(ALWAYS):
            print(f"Qt needs system libraries that are not here: `apt-get install {' '.join(packages)}`.", file=sys.stderr)
            return 1
        if packages := missing(ON_X11):
            print(f"To open a window (tests need none) also: `apt-get install {' '.join(packages)}`.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
