"""The losses of a training run as a table beside its model, so that its curves continue when it is resumed."""

from __future__ import annotations

import contextlib
import csv
import math
from collections.abc import Mapping
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.files.reading import read_whole

LOSS_FILE = "losses.csv"
MOST = 1000
"""Maximum number of rows: after more steps, a row is the mean of 2, 4, 8, ... of them."""
LARGEST = 1_000_000
"""Maximum bytes of a table that is read."""

Row = dict[str, float]


class LossTable:
    """The figures of the steps so far, in at most MOST rows.

    A row holds "step", the last step it averages, and each figure measured in these steps, by name.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._stride = 1
        self._step = 0
        self._sums: dict[str, tuple[float, int]] = {}  # of the steps after the last row: sum and count

    @classmethod
    def read(cls, path: Path, step: int) -> LossTable:
        """Read the table at `path` as it was after `step` steps; empty if there is none, or it cannot be read."""
        table = cls()
        with contextlib.suppress(ZscapeError, OSError, ValueError, KeyError, csv.Error):
            lines = read_whole(path, LARGEST).decode().splitlines()
            rows = [_numbers(row) for row in csv.DictReader(lines)]
            table.rows = [row for row in rows if 0 < row["step"] <= step]
        table._step = step
        table._thin()
        return table

    def add(self, step: int, figures: Mapping[str, float]) -> None:
        """Add `figures` measured in step `step`; steps come in order, one step perhaps in several parts."""
        if step != self._step and self._step % self._stride == 0:
            self._close()
        self._step = step
        for name, value in figures.items():
            total, count = self._sums.get(name, (0.0, 0))
            self._sums[name] = total + value, count + 1

    def write(self, path: Path) -> None:
        """Write the table to `path` as CSV: a column "step" and one for each figure, empty where it was not measured."""
        self._close()
        names = dict.fromkeys(name for row in self.rows for name in row)
        with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, list(names) or ["step"], restval="", lineterminator="\n")
            table.writeheader()
            table.writerows({name: f"{value:.6g}" for name, value in row.items()} for row in self.rows)

    def _close(self) -> None:
        """Combine the steps after the last row into a new row."""
        if self._sums:
            self.rows.append({"step": self._step} | {name: total / count for name, (total, count) in self._sums.items()})
            self._sums = {}
            self._thin()

    def _thin(self) -> None:
        while self._step > MOST * self._stride:
            self._stride *= 2
        if len(self.rows) > MOST:
            groups: dict[int, list[Row]] = {}
            for row in self.rows:
                groups.setdefault(math.ceil(row["step"] / self._stride), []).append(row)
            self.rows = [_mean(group) for group in groups.values()]


def _numbers(row: Mapping[str | None, str | None]) -> Row:
    """Convert cells to numbers, without empty ones and those not finite. Raises ValueError for a cell that is not a number."""
    values = {name: float(cell) for name, cell in row.items() if name and cell}
    return {name: value for name, value in values.items() if math.isfinite(value)}


def _mean(rows: list[Row]) -> Row:
    names = dict.fromkeys(name for row in rows for name in row)
    found = {name: [row[name] for row in rows if name in row] for name in names}
    return {name: sum(values) / len(values) for name, values in found.items()} | {"step": rows[-1]["step"]}
