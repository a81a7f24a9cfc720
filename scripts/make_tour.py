"""Draw the pictures of docs/tour: the window in each view with each of three models, and style mixing with one that has styles.

python scripts/make_tour.py [VIEW...]

A view that a model cannot fill is left out; one that is empty until the user adds something gets an example. The pictures have
256 colours, which halves their size.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

import zscape
from zscape.app.state import session_file
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.views import VIEWS
from zscape.app.views.compare.state import CompareState
from zscape.app.window.screenshot import screenshot
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

MODELS = ("mnist", "letters", "faces")
STYLED = "faces-styles"
"""Drawn only in the view `MIXING`, which needs its inputs; in other views it would show nothing new."""
MIXING = "style-mixing"
THEMES = {"mnist": "light", "letters": "dark", "faces": "light", STYLED: "dark"}
ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "tour"
GIVEN = {
    "mnist": ROOT / "resources" / "samples" / "five-on-paper.jpg",
    "letters": ROOT / "docs" / "one-letter.png",
    "faces": ROOT / "docs" / "one-face.png",
}
"""The pictures to restyle."""
COMPARED = {
    "mnist": CompareState("mnist-dcgan"),
    "letters": CompareState(anchor=Recipe.seed(7), classes=True),
    "faces": CompareState(anchor=Recipe.seed(7), classes=True),
}
"""What each model is compared with: another model, or another point."""


def example(view: str, name: str, space: Space, folder: Path) -> Path | None:
    """The file to open in `view` with the model called `name`, created in `folder` if necessary; None if the view needs none."""
    if view == "restyle":
        return GIVEN[name]
    if view != "compare":
        return None
    path = folder / f"compare{session_file.SUFFIX}"
    session_file.save(path, SessionFile(name, view, Kind(space.inputs), Scene().with_view(COMPARED[name])))
    return path


def main() -> None:
    PLACE.mkdir(exist_ok=True)
    for name in (*MODELS, STYLED):
        space = zscape.open(name).inner.space
        for view in sys.argv[1:] or VIEWS:
            if VIEWS[view].lacks(space) or (name == STYLED and view != MIXING):
                continue
            with tempfile.TemporaryDirectory() as folder:
                drawn = Path(folder) / "window.png"
                screenshot(name, view, drawn, THEMES[name], (1280, 720), example(view, name, space, Path(folder)))
                with Image.open(drawn) as picture:
                    # Without k-means, small areas of the accent colour would become grey.
                    small = picture.convert("RGB").quantize(256, kmeans=1, dither=Image.Dither.NONE)
            small.save(PLACE / f"{view}-{name}.png", optimize=True)
            print(PLACE / f"{view}-{name}.png", flush=True)


if __name__ == "__main__":
    main()
