"""`zscape data`: lists the data sets and makes new ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tyro.conf import Positional

from zscape.app.cli.options import Flag, MaybeInt, MaybePath, MaybeText, option
from zscape.app.cli.table import table
from zscape.app.cli.usage import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Name = Annotated[str, option("[NAME]")]
Fonts = Annotated[tuple[Path, ...], option("FOLDER ...")]
WHAT_HELP = """list: show the data sets.
fetch NAME: download one.
make letters, make faces: draw one.
vary DATA: add synthetic fonts to letters, made from their own by shearing, stretching and thickening."""


@dataclass(frozen=True)
class Data:
    """List the data sets, download one, make one (letters from fonts, or cartoon faces), or vary its fonts."""

    what: Positional[Annotated[Literal["list", "fetch", "make", "vary"], option(text=WHAT_HELP)]]
    name: Positional[Name] = ""
    """Which data set to fetch, to make or to vary."""
    out: MaybePath = None
    """make, vary: where to, X.npz."""
    fonts: Fonts = ()
    """make letters: folders with fonts (or font files); the system's by default. A font is a group of the data set."""
    alphabet: MaybeText = None
    """make letters: A-Z, a-z, 0-9, or the letters themselves; A-Z by default."""
    size: MaybeInt = None
    """make letters: pixels per side, 64 by default."""
    count: MaybeInt = None
    """make faces: how many pictures, ten of each person; a person is a group. Needs: pip install 'zscape[data]'."""
    times: MaybeInt = None
    """vary: how many synthetic fonts from each font, 4 by default."""
    seed: MaybeInt = None
    """make faces, vary: seed of the random numbers; the same seed gives the same people and fonts."""
    json: Flag = False
    """Print one JSON object."""

    def run(self) -> int:
        """List, download or make a data set."""
        if self.what in ("make", "vary"):
            return self._make() if self.what == "make" else self._vary()
        makes = {"--out": self.out, "--fonts": self.fonts or None, **self._options}
        if given := [flag for flag, value in makes.items() if value is not None]:
            raise UsageError(f"{given[0]} belongs to `zscape data make` or `vary`.")
        if self.what == "fetch":
            return self._fetch()
        if self.name:
            raise UsageError(f"`zscape data list` takes no name; to download use `zscape data fetch {self.name}`.")

        from zscape.models.data.sources import known

        entries = known()
        if self.json:
            rows = [
                {"name": e.name, "what": e.what, "here": e.here, "count": e.count, "path": str(e.path or "")} for e in entries
            ]
            print(json.dumps({"data": rows}))
            return 0
        table(
            [("NAME", "HERE", "IMAGES", "WHAT"), *((e.name, "yes" if e.here else "no", f"{e.count:,}", e.what) for e in entries)]
        )
        return 0

    @property
    def _options(self) -> dict[str, int | str | None]:
        return {
            "--alphabet": self.alphabet,
            "--size": self.size,
            "--count": self.count,
            "--times": self.times,
            "--seed": self.seed,
        }

    def _fetch(self) -> int:
        if not self.name:
            raise UsageError("Say which data set to fetch: `zscape data list` shows them.")

        from zscape.app.cli.show import show
        from zscape.models.data.fetch import fetch

        path = show(fetch(self.name))
        print(json.dumps({"name": self.name, "path": str(path)}) if self.json else f"{self.name} is at {path}")
        return 0

    def _make(self) -> int:
        if self.name not in ("letters", "faces"):
            raise UsageError("Say what to make: `zscape data make letters` or `zscape data make faces`.")
        out = self._out(f"make {self.name}", ("--alphabet", "--size") if self.name == "letters" else ("--count", "--seed"))
        return self._letters(out) if self.name == "letters" else self._faces(out)

    def _out(self, command: str, options: tuple[str, ...]) -> Path:
        """The output file; raises UsageError if it is missing, or for an option that does not belong to `command`."""
        if self.out is None or self.out.suffix.lower() != ".npz":
            raise UsageError(f"`zscape data {command}` needs --out X.npz.")
        others = [flag for flag, value in self._options.items() if value is not None and flag not in options]
        if given := others + ["--fonts"] * (bool(self.fonts) and command != "make letters"):
            raise UsageError(f"{given[0]} does not belong to `zscape data {command}`.")
        from zscape.models.files.atomic import check_place

        check_place(self.out)
        return self.out

    def _vary(self) -> int:
        if not self.name:
            raise UsageError("Say which letters to vary: `zscape data vary letters.npz --out varied.npz`.")
        out = self._out("vary", ("--times", "--seed"))

        from zscape.app.cli.show import show
        from zscape.models.data.formats.arrays import arrays_of
        from zscape.models.data.sources import load
        from zscape.models.data.synthetic.letter_variants import varied

        made = show(varied(load(self.name), 4 if self.times is None else self.times, self.seed or 0))
        fonts = len(set(made.groups.tolist())) if made.groups is not None else 0
        return self._written(out, arrays_of(made), f"{fonts:,} fonts", "", {})

    def _letters(self, out: Path) -> int:
        from zscape.app.cli.show import show
        from zscape.models.data.synthetic.letters import make_letters

        alphabet, size = "A-Z" if self.alphabet is None else self.alphabet, 64 if self.size is None else self.size
        made = show(make_letters(self.fonts, alphabet, size))
        fonts, classes = len(made.arrays["font_names"]), len(made.arrays["class_names"])
        few = "1 font, too few to learn styles from,"
        what = f"{classes:,} letter{'s' * (classes != 1)} in {f'{fonts:,} fonts' if fonts > 1 else few}"
        return self._written(out, made.arrays, what, made.left_out, {"left_out": made.odd})

    def _faces(self, out: Path) -> int:
        from zscape.app.cli.show import show
        from zscape.models.data.synthetic.cartoon_faces import make_faces

        if self.count is None:
            raise UsageError("`zscape data make faces` needs --count N, the number of pictures.")
        arrays = show(make_faces(self.count, self.seed or 0))
        people = int(arrays["persons"][-1]) + 1
        return self._written(out, arrays, f"{people:,} people" if people > 1 else "1 person, too few to learn from,", "", {})

    def _written(self, out: Path, arrays: dict[str, NDArray[Any]], what: str, left_out: str, more: dict[str, object]) -> int:
        from zscape.models.media.npz import save_arrays

        save_arrays(out, **arrays)
        count = len(arrays["images"])
        if self.json:
            print(json.dumps({"name": self.name, "path": str(out), "count": count, **more}))
        else:
            counted = f"{count:,} picture{'s' * (count != 1)} of {what} {'are' if count != 1 else 'is'} at {out}."
            print(counted + (f" {left_out}" if left_out else ""))
        return 0
