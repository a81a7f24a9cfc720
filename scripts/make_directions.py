"""Draw docs/directions: a sheet of each model's directions, and one direction with and without slant locked.

python scripts/make_directions.py

The pictures have 256 colours, which halves their size.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

import zscape

PLACE = Path(__file__).resolve().parent.parent / "docs" / "directions"
SCALES = {"mnist": 2, "letters": 1, "faces": 1, "faces-styles": 1}
"""The models that come with directions, and the scale factor of their pixels."""
POINTS = 5
NAMES = 150
"""The width of the row names in pixels."""


def main() -> None:
    PLACE.mkdir(exist_ok=True)
    for name, scale in SCALES.items():
        model = zscape.open(name)
        rows = {each: model.sweep("direction", seed=3, direction=each)[0] for each in model.directions}
        save(f"{name}.png", rows, scale)
    model, asked = zscape.open("mnist"), {"seed": range(POINTS), "rows": POINTS, "direction": "component 2"}
    free, locked = (model.sweep("direction", **asked, keep=keep) for keep in ((), ("slant",)))
    for words, sheet in (("free", free), ("slant-locked", locked)):
        save(f"component-2-{words}.png", {f"seed {seed}": row for seed, row in enumerate(sheet)}, 2)


def save(name: str, rows: dict[str, NDArray[np.uint8]], scale: int) -> None:
    """Write `rows` to a file: images uint8 [columns, H, W, C] each, with its name at the left."""
    height, width = (scale * side for side in next(iter(rows.values())).shape[1:3])
    columns = len(next(iter(rows.values())))
    sheet = Image.new("RGB", (NAMES + columns * (width + 2), len(rows) * (height + 2)), "white")
    pen = ImageDraw.Draw(sheet)
    for line, (words, images) in enumerate(rows.items()):
        top = line * (height + 2)
        pen.text((4, top + height // 2 - 7), words, "black", font_size=14)
        for column, image in enumerate(images):
            picture = Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image).convert("RGB")
            sheet.paste(picture.resize((width, height), Image.Resampling.NEAREST), (NAMES + column * (width + 2), top))
    sheet.quantize(256, dither=Image.Dither.NONE).save(PLACE / name, optimize=True)
    print(PLACE / name, flush=True)


if __name__ == "__main__":
    main()
