"""Make resources/icons/icons.ttf and icons.json: the icons of buttons, from Material Design Icons.

python scripts/make_icons.py --fonts FOLDER [NAME ...]    # NAME as on pictogrammers.com/library/mdi: added to existing ones

FOLDER: the fonts folder of the package QtAwesome (pip install QtAwesome), which has the icons and their names. The program
does not need that package: importing it took a tenth of the time to the first picture.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[1] / "resources" / "icons"
FONT, NAMES = "materialdesignicons6-webfont-*.ttf", "materialdesignicons6-webfont-charmap-*.json"
FAMILY = "Zscape icons"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    known = json.loads(next(given.fonts.glob(NAMES)).read_text())
    there = OUT / "icons.json"
    names = sorted({*(json.loads(there.read_text()) if there.exists() else ()), *given.names})
    codes = {name: int(known[name], 16) for name in names}
    with TTFont(next(given.fonts.glob(FONT)), recalcTimestamp=False) as font:
        options = Options(hinting=False, layout_features=[], name_IDs=[1, 2, 4, 6, 13, 14], notdef_outline=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=codes.values())
        subsetter.subset(font)
        for name in font.getGlyphOrder():  # the font has 0 everywhere, which FreeType would take as the left edge of the outline
            outline = font["glyf"][name]
            outline.recalcBounds(font["glyf"])
            font["hmtx"][name] = (font["hmtx"][name][0], getattr(outline, "xMin", 0))
        for which, text in ((1, FAMILY), (4, FAMILY), (6, FAMILY.replace(" ", "-"))):
            font["name"].setName(text, which, 3, 1, 0x409)
            font["name"].setName(text, which, 1, 0, 0)
        font.save(OUT / "icons.ttf")
    there.write_text(json.dumps({name: f"{code:x}" for name, code in codes.items()}, indent=0) + "\n")


if __name__ == "__main__":
    main()
