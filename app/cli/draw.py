"""`zscape sample` and `zscape sweep`: pictures of a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tyro.conf import Positional, arg

from zscape.app.cli.usage import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inference.runner import Artist
    from zscape.models.inputs.points import Points, Space
    from zscape.models.progress import Work
    from zscape.models.sweeps.sweeps import Sweep as Spread

DRAWN_AT_ONCE = 500
MOST = 1_000_000
"""Images of one call: their pixels are kept in memory until they are written."""
PICTURES = (".png",)
ARRAYS = (".npz",)


@dataclass(frozen=True)
class Sample:
    """Draw random images of a model."""

    out: Path
    """Where to: X.npz (images, labels, z) or X.png (a contact sheet)."""
    model: str = ""
    """A model's name or file; the bundled one by default."""
    count: int | None = None
    """How many images in all, the classes in turn."""
    per_class: int | None = None
    """How many images of each class, class by class."""
    classes: str = ""
    """Which classes, by name or number: 0,3. All by default."""
    seed: int = 0
    """Where the random numbers start; the same seed gives the same images."""
    truncation: float = 1.0
    """A factor on z: below 1 is more typical and less varied."""
    device: str = "auto"

    def run(self) -> int:
        """Draw and write."""
        suffix = _suffix(self.out, (*ARRAYS, *PICTURES))
        if (self.count is None) == (self.per_class is None):
            raise UsageError("Say how many: either --count N or --per-class N.")
        if (self.count or self.per_class or 0) < 1:
            raise UsageError("At least one image must be asked for.")
        if (self.count or self.per_class or 0) > MOST:
            raise UsageError(f"At most {MOST:,} can be asked for at a time: draw more with other seeds.")

        import numpy as np

        from zscape.app.cli.show import show
        from zscape.models.inputs.points import Points

        artist = _artist(self.model, self.device)
        space = artist.model.spec.space
        chosen = np.array(_classes(self.classes, space), np.int64)
        labels = np.repeat(chosen, self.per_class) if self.per_class else np.resize(chosen, self.count or 0)
        columns = self.per_class or min(len(chosen), len(labels))
        z = np.random.RandomState(_seed(self.seed)).standard_normal((len(labels), space.z_size)).astype(np.float32)
        z *= np.float32(self.truncation)
        images = show(_draw(artist, Points(z, np.eye(space.classes, dtype=np.float32)[labels], 1, len(labels))))
        _write(self.out, suffix, images, -(-len(labels) // columns), columns, labels=labels, z=z)
        return 0


@dataclass(frozen=True)
class Sweep:
    """Draw a sheet of neighbouring points, as a picture or moving."""

    kind: Positional[Literal["class", "style", "analogy", "plane"]]
    """class: one z through every class. style: from one z to another in every class. analogy: A - B + C. plane: a flat sheet."""
    out: Path
    """Where to: X.png, X.npz, or moving: .gif .webp .apng .mp4 .webm."""
    model: str = ""
    """A model's name or file; the bundled one by default."""
    rows: int | None = None
    """Rows of the sheet (of analogy and plane: also its columns)."""
    columns: int | None = None
    """Columns of a class or style sweep."""
    seed: Annotated[tuple[int, ...], arg(metavar="S ...")] = ()
    """class: z. style: the z of both ends. analogy: A, B and C. plane: the middle, then two directions. 0 1 2 by default."""
    classes: str = ""
    """The class of each point of an analogy, or of a plane: 3 or 3,3,5."""
    way: Literal["slerp", "lerp"] = "slerp"
    """How a style sweep goes: along the great circle, or straight."""
    truncation: float = 1.0
    """A factor on z: below 1 is more typical and less varied."""
    seconds: float = 4.0
    """How long one loop of a moving sheet lasts."""
    fps: float = 25.0
    """Frames a second of a moving sheet; GIF knows 20, 25 and 50 exactly."""
    scale: int = 0
    """Enlarge each pixel this many times; 0 makes the sheet about 560 pixels wide (npz is never enlarged)."""
    device: str = "auto"

    def run(self) -> int:
        """Draw and write."""
        from zscape.models.media.animation import FORMATS

        suffix = _suffix(self.out, (*PICTURES, *ARRAYS, *(name for name in FORMATS if name)))
        for name, value in (("--rows", self.rows), ("--columns", self.columns)):
            if value is not None and not 1 <= value <= 100:
                raise UsageError(f"{name} must be from 1 to 100.")
        if self.scale < 0 or self.scale > 32:
            raise UsageError("--scale must be from 1 to 32, or 0 to have it chosen.")
        if not (0 < self.fps <= 120 and 0 < self.seconds <= 600):
            raise UsageError("--fps must be above 0 and at most 120, --seconds above 0 and at most 600.")

        from zscape.app.cli.show import show
        from zscape.models.media.animation import write_animation

        artist = _artist(self.model, self.device)
        spread = self._spread(artist.model.spec.space)
        points = spread.points(artist.model.spec.space)
        width = points.columns * artist.model.spec.image_shape[2]
        scale = self.scale or max(1, round(560 / width))
        if suffix in (*PICTURES, *ARRAYS):
            images = show(_draw(artist, points))
            _write(
                self.out, suffix, images, points.rows, points.columns, scale, labels=points.c.argmax(1), z=points.z, c=points.c
            )
        else:
            count = max(2, round(self.seconds * self.fps))
            show(write_animation(self.out, _frames(artist, spread, count), self.fps, count, scale))
        return 0

    def _spread(self, space: Space) -> Spread:
        from zscape.models.inputs.recipe import Recipe
        from zscape.models.sweeps.sweeps import Analogy, ClassSweep, Plane, StyleSweep

        wanted = {"class": 1, "style": 2, "analogy": 3, "plane": 3}[self.kind]
        if len(self.seed) > wanted:
            raise UsageError(f"A {self.kind} sweep takes at most {wanted} seed{'s' * (wanted > 1)}; {len(self.seed)} were given.")
        seeds = [*map(_seed, self.seed), *range(3)[len(self.seed) : wanted]]
        labels = _classes(self.classes, space) if self.classes else [0]
        points = [
            Recipe(seeds=((seed, 1.0),), truncation=self.truncation).with_class(labels[min(k, len(labels) - 1)], space.classes)
            for k, seed in enumerate(seeds)
        ]
        match self.kind:
            case "class":
                return ClassSweep(points[0], columns=self.columns or ClassSweep.columns, rows=self.rows)
            case "style":
                return StyleSweep(points[0], points[1], self.columns or StyleSweep.columns, self.rows, self.way)
            case "analogy":
                return Analogy(points[0], points[1], points[2], size=self.rows or Analogy.size)
            case "plane":
                return Plane(points[0], (seeds[1], seeds[2]), size=self.rows or Plane.size)


def _artist(model: str, device: str) -> Artist:
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.library import default_name, find
    from zscape.models.inference.runner import Artist

    return Artist(load_model(find(model or default_name())), device)


def _draw(artist: Artist, points: Points) -> Work[NDArray[np.uint8]]:
    """Work that draws many points: uint8 [N, H, W, C]."""
    import numpy as np

    from zscape.models.inputs.points import Points
    from zscape.models.progress import Progress

    parts = []
    for start in range(0, len(points.z), DRAWN_AT_ONCE):
        yield Progress(start, len(points.z), "Drawing")
        z, c = points.z[start : start + DRAWN_AT_ONCE], points.c[start : start + DRAWN_AT_ONCE]
        parts.append(artist.draw(Points(z, c, 1, len(z))).images)
    return np.concatenate(parts)


def _frames(artist: Artist, spread: Spread, count: int) -> Iterator[NDArray[np.uint8]]:
    from zscape.models.media.grids import grid

    for index in range(count):
        points = replace(spread, phase=index / count).points(artist.model.spec.space)  # type: ignore[call-arg]
        yield grid(artist.draw(points).images, points.rows, points.columns)


def _write(
    out: Path, suffix: str, images: NDArray[np.uint8], rows: int, columns: int, scale: int = 1, **arrays: NDArray[np.generic]
) -> None:
    import numpy as np

    from zscape.models.media.grids import grid
    from zscape.models.media.images import save_png
    from zscape.models.media.npz import save_arrays

    if suffix in ARRAYS:
        save_arrays(out, images=images, **arrays)
        return
    missing = rows * columns - len(images)
    if missing:
        images = np.concatenate([images, np.zeros((missing, *images.shape[1:]), np.uint8)])
    save_png(out, grid(images, rows, columns), scale)


def _suffix(out: Path, known: tuple[str, ...]) -> str:
    suffix = out.suffix.lower()
    if suffix not in known:
        raise UsageError(f"--out {out}: the name must end in one of {', '.join(known)}.")
    return suffix


def _classes(words: str, space: Space) -> list[int]:
    """The classes named by `words`, "0,3" or "coat,bag"; all for ""."""
    from zscape.models.inputs.class_names import number_of

    return [number_of(word, space.class_names) for word in words.split(",")] if words else list(range(space.classes))


def _seed(seed: int) -> int:
    from zscape.models.inputs.recipe import Recipe

    Recipe(seeds=((seed, 1.0),))  # says so where it is out of range
    return seed
