"""Draw the pictures of docs/tour: the window in each view with each of three models, and style mixing with one that has styles.

    python scripts/make_tour.py [VIEW...]

A view that a model cannot fill is left out. The pictures have 256 colours, which makes them half as large.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

import zscape
from zscape.app.views import VIEWS

MODELS = ("mnist", "letters", "faces")
STYLED = "faces-styles"
"""Only drawn where it has more to show than the others: its inputs are those of the view `MIXING`."""
MIXING = "style-mixing"
THEMES = {"mnist": "light", "letters": "dark", "faces": "light", STYLED: "dark"}
PLACE = Path(__file__).resolve().parent.parent / "docs" / "tour"


def main() -> None:
    PLACE.mkdir(exist_ok=True)
    for name in (*MODELS, STYLED):
        space = zscape.open(name).inner.space
        for view in sys.argv[1:] or VIEWS:
            if VIEWS[view].lacks(space) or (name == STYLED and view != MIXING):
                continue
            with tempfile.TemporaryDirectory() as folder:
                drawn = zscape.screenshot(name, view, Path(folder) / "window.png", THEMES[name], (1280, 720))
                with Image.open(drawn) as picture:
                    small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
            small.save(PLACE / f"{view}-{name}.png", optimize=True)
            print(PLACE / f"{view}-{name}.png", flush=True)


if __name__ == "__main__":
    main()
