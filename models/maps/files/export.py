"""Exports maps to other programs: CSV, and the projector of TensorBoard."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import check_place, replacing
from zscape.models.maps.map import Map
from zscape.models.maps.reduction.principal import principal
from zscape.models.media.preparing.surround import ground_of
from zscape.models.progress import Progress, Work

ROWS = 500
"""Rows written between two progress reports."""
LARGEST = 8192
"""Maximum side of the sprite in pixels, the limit of browsers."""
WIDE, KEPT = 200, 50
"""Vectors with more than WIDE numbers are reduced to KEPT principal components."""
VECTORS, METADATA, SPRITE, CONFIG = "vectors.tsv", "metadata.tsv", "sprite.png", "projector_config.pbtxt"


def write_csv(path: Path, given: Map, places: NDArray[np.int64] | None = None) -> Work[None]:
    """Write one line per picture: its place in the collection, x, y, class and attributes. places: which pictures, None for all.

    Raises ZscapeError if the file cannot be written.
    """
    every = given.collection
    names = list(every.attributes)
    chosen = np.arange(len(every)) if places is None else places
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["picture", "x", "y", "class", *names])
        for start in range(0, len(chosen), ROWS):
            for place in chosen[start : start + ROWS].tolist():
                x, y = given.positions[place].tolist()
                numbers = [f"{every.attributes[name][place]:.6g}" for name in names]
                writer.writerow([place, f"{x:.6g}", f"{y:.6g}", every.label(place), *numbers])
            yield Progress(min(start + ROWS, len(chosen)), len(chosen), "Writing the table")


def check_folder(folder: Path) -> None:
    """Raise ZscapeError if the projector's files cannot be written into `folder`, or it holds other files."""
    if folder.is_dir() and not (folder / CONFIG).is_file() and any(folder.iterdir()):
        raise ZscapeError(f"{folder} is there already, with other files in it: choose the name of a new folder.")
    check_place(folder / CONFIG)


def write_projector(folder: Path, given: Map, places: NDArray[np.int64] | None = None) -> Work[None]:
    """Write the files of TensorBoard's projector, vectors.tsv, metadata.tsv, sprite.png and projector_config.pbtxt, to `folder`.

    The vectors are the values that the map was made of; for pixels, their principal components. `tensorboard --logdir FOLDER`
    shows them, and projector.tensorflow.org loads them. Raises ZscapeError if the folder cannot be written, or holds other files.
    """
    check_folder(folder)
    every = given.collection
    chosen = np.arange(len(every)) if places is None else places
    rows = every.rows(given.likeness)
    if rows.shape[1] > WIDE:
        axes = principal(rows, KEPT)
        rows = yield from axes.projecting(rows[chosen], "Finding principal components")
    else:
        rows = rows[chosen]
    with replacing(folder / VECTORS) as temporary, temporary.open("w", encoding="utf-8") as file:
        for start in range(0, len(rows), ROWS):
            for row in rows[start : start + ROWS].tolist():
                file.write("\t".join(f"{number:.5g}" for number in row) + "\n")
            yield Progress(min(start + ROWS, len(rows)), len(rows), "Writing the vectors")
    names = list(every.attributes)
    with replacing(folder / METADATA) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write("\t".join(map(_cell, ["picture", "class", *names])) + "\n")
        for place in chosen.tolist():
            numbers = [f"{every.attributes[name][place]:.6g}" for name in names]
            file.write("\t".join([str(place), _cell(every.label(place)), *numbers]) + "\n")
    yield Progress(0, 0, "Drawing the sprite")
    width, height = _sprite(folder / SPRITE, every.images[chosen])
    with replacing(folder / CONFIG) as temporary:
        temporary.write_text(
            "embeddings {\n"
            f'  tensor_name: "{_quoted(every.model)}: {given.likeness}"\n'
            f'  tensor_path: "{VECTORS}"\n'
            f'  metadata_path: "{METADATA}"\n'
            "  sprite {\n"
            f'    image_path: "{SPRITE}"\n'
            f"    single_image_dim: {width}\n"
            f"    single_image_dim: {height}\n"
            "  }\n"
            "}\n",
            encoding="utf-8",
        )


def _sprite(path: Path, images: NDArray[np.uint8]) -> tuple[int, int]:
    """Write the pictures in reading order into a square; return (width, height) of each in it."""
    count, height, width, channels = images.shape
    side = math.ceil(math.sqrt(count))
    shrink = min(1.0, LARGEST / (side * max(height, width)))
    wide, high = max(1, int(width * shrink)), max(1, int(height * shrink))
    step_y, step_x = np.arange(high) * height // high, np.arange(wide) * width // wide
    sprite = np.empty((side * high, side * wide, channels), np.uint8)
    sprite[...] = ground_of(images)[:channels]
    for place, image in enumerate(images):
        row, column = divmod(place, side)
        sprite[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = image[step_y][:, step_x]
    with replacing(path) as temporary:
        Image.fromarray(sprite[..., 0] if channels == 1 else sprite).save(temporary, "PNG")
    return wide, high


def _cell(text: str) -> str:
    """Return `text` for a table with tab-separated columns."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return "".join(each for each in text if each.isprintable() and each not in '"\\')
