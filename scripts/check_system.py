"""Says in one line what this machine lacks for Zscape, and how to get it. Standard library only: it runs before the install."""

from __future__ import annotations

import ctypes
import importlib.util
import sys

# The shared libraries Qt opens, and the Debian/Ubuntu packages they are in. Those of the second table only a display needs.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing(libraries: dict[str, str]) -> list[str]:
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


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
        if packages := missing(OFFSCREEN):
            print(f"Qt needs system libraries that are not here: `apt-get install {' '.join(packages)}`.", file=sys.stderr)
            return 1
        if packages := missing(DISPLAY):
            print(f"To open a window (tests need none) also: `apt-get install {' '.join(packages)}`.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
