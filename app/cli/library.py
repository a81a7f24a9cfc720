"""`zscape models` and `zscape data`: what is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from tyro.conf import Positional

from zscape.app.cli.usage import UsageError


@dataclass(frozen=True)
class Models:
    """List the models: bundled and trained."""

    json: bool = False
    """Print one JSON object with everything the files say of themselves."""

    def run(self) -> int:
        """Print the list."""
        from zscape.models.files.measure_names import label_of, value_text
        from zscape.models.files.library import listing

        entries = listing()
        if self.json:
            rows = [{**asdict(e.spec), "called": e.called, "origin": e.origin, "path": str(e.path)} for e in entries]
            print(json.dumps({"models": rows}))
            return 0
        rows_of_text = [("NAME", "ORIGIN", "FAMILY", "IMAGE", "CLASSES", "Z", "STEP", "DATA")]
        for entry in entries:
            spec = entry.spec
            channels, height, width = spec.image_shape
            image = f"{width}x{height} {'grey' if channels == 1 else 'colour'}"
            rows_of_text.append(
                (
                    entry.called,
                    entry.origin,
                    spec.family,
                    image,
                    str(len(spec.class_names)),
                    str(spec.z_size),
                    f"{spec.step:,}",
                    spec.data,
                )
            )
        table(rows_of_text)
        for entry in entries:
            if entry.spec.measures:
                print(f"\n{entry.called}")
                spec = entry.spec
                table([(f"  {label_of(name)}", value_text(name, value), spec.notes.get(name, "")) for name, value in spec.measures.items()])
        return 0


@dataclass(frozen=True)
class Data:
    """List the data sets there are, or fetch one."""

    what: Positional[Literal["list", "fetch"]]
    """list: which data sets there are. fetch NAME: download one."""
    name: Positional[str] = ""
    """Which data set to fetch."""
    json: bool = False
    """Print one JSON object."""

    def run(self) -> int:
        """List or fetch."""
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

    def _fetch(self) -> int:
        if not self.name:
            raise UsageError("Say which data set to fetch: `zscape data list` shows them.")

        from zscape.app.cli.show import show
        from zscape.models.data.fetch import fetch

        path = show(fetch(self.name))
        print(json.dumps({"name": self.name, "path": str(path)}) if self.json else f"{self.name} is at {path}")
        return 0


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows of cells, the columns aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
