"""Reads attributes of a folder's pictures from a table beside it: CelebA's list_attr_celeba.txt, or a CSV."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.reading import read_whole, reading

LIMIT = 400 << 20
"""Maximum bytes of a table; CelebA's, with 202,599 pictures, has 27 MB."""
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Byte order marks that show the encoding of a text, as spreadsheets write them."""
GROUP_COLUMNS = ("group", "groups", "person", "persons", "font", "fonts")
WORDS = {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}


def table_of(folder: Path) -> Path | None:
    """Return the table of attributes of a folder's pictures; None if there is none.

    It is called list_attr_celeba.txt or .csv, or attributes.csv, and lies in the folder or beside it; or it lies beside the
    folder and has its name: pictures.csv for the folder pictures.
    """
    folder = folder.resolve()
    names = ("list_attr_celeba.txt", "list_attr_celeba.csv", "attributes.csv")
    places = [folder / name for name in names] + [folder.parent / f"{folder.name}.csv"] + [folder.parent / name for name in names]
    return next((path for path in places if path.is_file()), None)


@dataclass(frozen=True)
class Table:
    """A table of attributes.

    values: float64 [R, A], for the R pictures `files` and the A attributes `names`. groups: int64 [R] or None.
    """

    path: Path
    files: tuple[str, ...]
    names: tuple[str, ...]
    values: NDArray[np.float64]
    groups: NDArray[np.int64] | None = None

    def of(self, pictures: Sequence[PurePosixPath]) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.int64] | None, str]:
        """Return attributes, float64 [N] by name, groups and a warning ("" for none) for `pictures`, paths within the folder.

        The table names a picture by its path, its name, or its name without the suffix. A row that has the path of one picture,
        or names another folder, is about no other. Raises ZscapeError if a picture has no row, or a name stands for several
        pictures.
        """
        rows = self._rows(pictures)
        missing = [picture for picture, row in zip(pictures, rows, strict=True) if row < 0]
        if missing:
            found = f"{len(missing):,} of {len(pictures):,} pictures have no row, for one {missing[0]}"
            hint = f" (its first row is about {self.files[0]!r})" if len(missing) == len(pictures) else ""
            raise ZscapeError(f"{self.path}: {found}{hint}; add their rows, or move the table away to load without attributes")
        row, count = Counter(rows).most_common(1)[0]
        if count > 1:
            first = pictures[rows.index(row)]
            raise ZscapeError(f"{self.path}: {first.name} stands for {count} pictures; write the folder before it, as {first}")
        chosen = self.values[rows]
        attributes = {name: np.ascontiguousarray(column) for name, column in zip(self.names, chosen.T, strict=True)}
        unused = len(self.files) - len(set(rows))
        said = f"{self.path.name}: {unused:,} of {len(self.files):,} rows are about pictures that are not there."
        return attributes, None if self.groups is None else self.groups[rows], said if unused else ""

    def _rows(self, pictures: Sequence[PurePosixPath]) -> list[int]:
        """Return the row of each picture, -1 for none, or if its name alone fits several rows."""
        by_path = {file: row for row, file in enumerate(self.files)}
        taken = {by_path[str(picture)] for picture in pictures if str(picture) in by_path}
        by_name: dict[str, list[int]] = {}
        for row, file in enumerate(self.files):
            if row not in taken:
                path = PurePosixPath(file)
                for name in {path.name, path.stem}:
                    by_name.setdefault(name, []).append(row)
        rows = []
        for picture in pictures:
            named, stemmed = (
                [row for row in by_name.get(name, []) if _in_folder(self.files[row], picture)]
                for name in (picture.name, picture.stem)
            )
            fits = named or stemmed
            rows.append(by_path.get(str(picture), fits[0] if len(fits) == 1 else -1))
        return rows


def _in_folder(file: str, picture: PurePosixPath) -> bool:
    """Whether a row about `file` may be about `picture`: it names no folder, or that of the picture, perhaps from further up."""
    folder, of_picture = PurePosixPath(file).parent.parts, picture.parent.parts
    return not folder or folder[len(folder) - len(of_picture) :] == of_picture


def read_table(path: Path) -> Table:
    """Read the table in `path`: the first column names the pictures, each further column is an attribute.

    A column called group, person or font is not an attribute: equal cells form a group of pictures (see Dataset.groups). Values
    are numbers, or true, false, yes and no; an attribute that is -1 or 1 everywhere, as in CelebA, becomes 0 or 1. The separator
    of a CSV, comma, semicolon or tab, is that of its first line. Raises ZscapeError, giving row and column, for a value that is
    missing or not a finite number, for a name that occurs twice, and for a file that is not a table.
    """
    text = _text(path)
    lines = text.splitlines()
    if path.suffix.lower() == ".txt":
        header, rows, first = _celeba(lines, path)
    else:
        separator = max(",;\t", key=lines[0].count) if lines else ","
        with reading(path):
            cells = list(csv.reader(lines, delimiter=separator, strict=True))
        if separator == ";":  # in such files the decimal separator is a comma
            cells = [[row[0], *(cell.replace(",", ".") for cell in row[1:])] if row else row for row in cells]
        header, rows, first = (cells[0] if cells else []), cells[1:], 2
    names = tuple(name.strip() for name in header[1:])
    grouping = next((place for place, name in enumerate(names, 1) if name.lower() in GROUP_COLUMNS), 0)
    numbered = [(number, row) for number, row in enumerate(rows, first) if any(cell.strip() for cell in row)]
    if not names or not numbered:
        raise ZscapeError(
            f"{path} has no attributes; its first line must name the picture's column and one for each attribute, "
            "and a line for each picture must follow"
        )
    if "" in names or len(set(names)) < len(names):
        twice = next((name for name, count in Counter(names).items() if count > 1), "")
        raise ZscapeError(f"{path}: the attribute {twice!r} occurs twice or has no name; give each column a name of its own")
    files, grouped, values = [], [], np.empty((len(numbered), len(names)))
    for out, (number, row) in zip(values, numbered, strict=True):
        if len(row) != len(names) + 1:
            raise ZscapeError(f"{path}: line {number} has {len(row)} values, not {len(names) + 1} as the first; mend that line")
        files.append(row[0].strip().replace("\\", "/").removeprefix("./"))
        if grouping:
            grouped.append(row[grouping].strip())
            row[grouping] = "0"
        out[:] = [_number(cell, path, number, name) for cell, name in zip(row[1:], names, strict=True)]
    if len(set(files)) < len(files):
        twice, count = Counter(files).most_common(1)[0]
        raise ZscapeError(f"{path}: the picture {twice!r} has {count} rows; keep one")
    signs = (np.abs(values) == 1).all(axis=0) & (values == -1).any(axis=0)
    values[:, signs] = (values[:, signs] + 1) / 2
    if not grouping:
        return Table(path, tuple(files), names, values)
    if "" in grouped:
        line = numbered[grouped.index("")][0]
        raise ZscapeError(f"{path}: line {line}: {names[grouping - 1]!r} is empty; write the same name for pictures of one style")
    groups = np.unique(grouped, return_inverse=True)[1].astype(np.int64)
    kept = [place for place in range(len(names)) if place != grouping - 1]
    return Table(path, tuple(files), tuple(names[place] for place in kept), values[:, kept], groups)


def _text(path: Path) -> str:
    with reading(path):
        data = read_whole(path, LIMIT)
    encoding = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ZscapeError(f"{path} is not text in UTF-8 ({error.reason}); save it as CSV with UTF-8") from error


def _celeba(lines: list[str], path: Path) -> tuple[list[str], list[list[str]], int]:
    """Split lines (the number of pictures, the names, one line per picture) into header, rows and the first row's line number."""
    counted = bool(lines) and lines[0].strip().isdecimal()
    start = 1 if counted else 0
    if len(lines) <= start + 1:
        raise ZscapeError(f"{path} has no rows; CelebA's list begins with the number of pictures and the names of the attributes")
    rows = [line.split() for line in lines[start + 1 :]]
    given = sum(map(bool, rows))
    if counted and int(lines[0]) != given:
        raise ZscapeError(f"{path}: promises {int(lines[0]):,} pictures and has {given:,} rows; it is cut short: copy it again")
    return ["", *lines[start].split()], rows, start + 2


def _number(cell: str, path: Path, line: int, name: str) -> float:
    word = cell.strip().lower()
    try:
        value = WORDS[word] if word in WORDS else float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        what = f"is {cell.strip()!r}" if word else "is empty"
        raise ZscapeError(f"{path}: line {line}: {name!r} {what}; write a number, or 0 and 1 for no and yes")
    return value
