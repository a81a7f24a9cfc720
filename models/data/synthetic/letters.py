"""Makes a data set of letters from fonts: the letter is the class, the font the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.synthetic.font_files import alphabet_of, font_files, system_folders
from zscape.models.data.synthetic.font_pictures import FontPictures
from zscape.models.data.synthetic.font_worker import FontWorker
from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path
from zscape.models.media.npz import LIMIT
from zscape.models.progress import Progress, Work

SIZES = (16, 256)
LEVELS = 48
"""Fonts whose pictures are equal after rounding to this many levels count as the same."""
FEWEST_FONTS, FEWEST_LETTERS = 4, 10
"""With fewer, symbols cannot be told from letters by comparing fonts."""
READABLE = 0.15
"""Fraction of letters that must look most like the same letter of the other fonts; symbols get 0 to 0.12, letters 0.4 to 1."""


@dataclass(frozen=True)
class Letters:
    """A data set of letters.

    arrays: images uint8 [N, S, S] (white on black), labels int64 [N], fonts int64 [N] (the group), class_names, font_names [F],
    and families [F] if there are at least two. odd: number of fonts left out, by kind.
    """

    arrays: dict[str, NDArray[Any]]
    odd: dict[str, int]

    @property
    def left_out(self) -> str:
        """A sentence about the fonts that were left out, "" for none."""
        if not self.odd:
            return ""
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.odd.items(), key=lambda each: (-each[1], each[0])))
        count = sum(self.odd.values())
        return f"{count:,} {'font was' if count == 1 else 'fonts were'} left out: {kinds}."


def make_letters(places: Sequence[Path], alphabet: str = "A-Z", size: int = 64) -> Work[Letters]:
    """Draw the letters of every usable font in `places` (folders and files; none: the system's fonts).

    alphabet: see `alphabet_of`. size: side in pixels, 16 to 256. Fonts that are variable, lack letters, hold symbols or blank
    glyphs, are much wider than the picture, equal another, are damaged or never finish drawing are left out and counted. Raises
    ZscapeError for a place without fonts, if no font is usable, and for more than an .npz can hold.
    """
    letters = alphabet_of(alphabet)
    if not SIZES[0] <= size <= SIZES[1]:
        raise ZscapeError(f"Letters of {size} pixels cannot be drawn; ask for {SIZES[0]} to {SIZES[1]}")
    roots = [typed_path(place) for place in places] or system_folders()
    yield Progress(0, 0, "Looking for fonts")
    files = font_files(roots)
    odd: Counter[str] = Counter()
    fonts: list[FontPictures] = []
    names: list[str] = []
    folders: list[str] = []
    seen: set[bytes] = set()
    with FontWorker(letters, size) as worker:
        for number, path in enumerate(files):
            drawing = worker.draw(path)
            while True:
                try:
                    next(drawing)
                except StopIteration as stop:
                    faces: list[FontPictures | str] = stop.value
                    break
                yield Progress(number, len(files), "Drawing fonts")
            yield Progress(number + 1, len(files), "Drawing fonts")
            for face, drawn in enumerate(faces):
                if isinstance(drawn, str):
                    odd[drawn] += 1
                    continue
                rounded = np.rint(drawn.images / 255 * (LEVELS - 1)).astype(np.uint8).tobytes()
                if rounded in seen:
                    odd["equal to another"] += 1
                    continue
                seen.add(rounded)
                fonts.append(drawn)
                names.append(path.name if len(faces) == 1 else f"{path.name} {face}")
                folders.append("" if path.parent in [root.resolve() for root in roots] else path.parent.name)
                if len(fonts) * drawn.images.nbytes > LIMIT:
                    raise ZscapeError(
                        f"The pictures of {len(fonts):,} fonts take more than {LIMIT >> 30} GB; ask for smaller ones"
                    )
    kept = _readable(fonts)
    odd["symbols"] += int((~kept).sum())
    if not kept.any():
        raise ZscapeError(f"No font is usable. {Letters({}, +odd).left_out} Give other fonts or letters.")
    chosen = np.flatnonzero(kept).tolist()
    families = _families([folders[number] for number in chosen], [fonts[number].family for number in chosen])
    arrays = {
        "images": np.concatenate([fonts[number].images for number in chosen]),
        "labels": np.tile(np.arange(len(letters)), len(chosen)),
        "fonts": np.arange(len(chosen)).repeat(len(letters)),
        "class_names": np.array(letters),
        "font_names": np.array([names[number] for number in chosen]),
    }
    return Letters(arrays | ({"families": np.array(families)} if families else {}), dict(+odd))


def _readable(fonts: Sequence[FontPictures]) -> NDArray[np.bool_]:
    """Return which fonts hold letters: whose pictures look more like the same letter of other fonts than like another letter.

    Pictures are compared as 8x8 values of length 1, less their mean over the letters, which removes weight and size.
    """
    if len(fonts) < FEWEST_FONTS or len(fonts[0].images) < FEWEST_LETTERS:
        return np.ones(len(fonts), bool)
    coarse = np.stack([_coarse(font.images) for font in fonts])  # [F, K, 64]
    total = coarse.sum(0)
    kept = np.empty(len(fonts), bool)
    for number, each in enumerate(coarse):
        others = total - each
        others = others - others.mean(0)
        others /= np.linalg.norm(others, axis=1, keepdims=True) + 1e-9
        likest = ((each - each.mean(0)) @ others.T).argmax(1)
        kept[number] = (likest == np.arange(len(each))).mean() >= READABLE
    return kept


def _coarse(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Convert uint8 [K, S, S] to float32 [K, 64] of length 1."""
    edges = np.linspace(0, images.shape[1], 9).astype(int)[:-1]
    sums: NDArray[np.float32] = np.add.reduceat(np.add.reduceat(images.astype(np.float32), edges, 1), edges, 2).reshape(
        len(images), 64
    )
    sums /= np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
    return sums


def _families(folders: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the family of each font: its folder, or, beside others, the family name it contains; [] for one family."""
    for each in ([folder or name for folder, name in zip(folders, names, strict=True)], list(names)):
        if len(set(each)) > 1:
            return each
    return []
