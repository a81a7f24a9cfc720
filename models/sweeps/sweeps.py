"""Sweeps: one recipe turned into the many points of a sheet.

Every sweep is a frozen value: `points(space)` says where its tiles lie, `tile(index, space)` is the recipe of one tile (what a
click on it goes to) and `caption(index, space)` names it. `phase` runs from 0 to 1 and is the time of an animation: at 1 a sweep
is back where it was at 0, so every animation is a seamless loop; at 0 it is the still picture.

A new sweep is a class here; the command line takes the ones that `zscape sweep` names in app/cli/draw.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from zscape.models.errors import ZscapeError
from zscape.models.inputs.interpolation import WAYS, Way
from zscape.models.inputs.points import Floats, Points, Space, draw, resolve
from zscape.models.inputs.recipe import Recipe


def there_and_back(t: ArrayLike) -> Floats:
    """A triangle wave of period 1: 0 -> 0, 0.5 -> 1, 1 -> 0."""
    return np.asarray(1 - np.abs(1 - 2 * np.mod(np.asarray(t, np.float32), 1)), np.float32)


def between_classes(position: ArrayLike, count: int) -> Floats:
    """Class weights float32 [N, count] at `position` [N] on the ring of classes: 2.25 is 75 % class 2 and 25 % class 3."""
    position = np.mod(np.asarray(position, np.float64), count).round(6)
    low = np.floor(position).astype(np.int64) % count
    share = (position - np.floor(position)).astype(np.float32)
    c = np.zeros((len(position), count), np.float32)
    rows = np.arange(len(position))
    c[rows, low] += 1 - share
    c[rows, (low + 1) % count] += share
    return c


def name_of_class(weights: Sequence[float], names: Sequence[str]) -> str:
    """The weights in words: the name of a single class, else the two heaviest with their shares."""
    if not weights:
        return names[0]
    total = sum(weights)
    shares = sorted(((weight / total, name) for weight, name in zip(weights, names, strict=True)), reverse=True)
    if shares[0][0] > 0.995:
        return shares[0][1]
    return " + ".join(f"{share:.0%} {name}" for share, name in shares[:2] if share >= 0.005)


@dataclass(frozen=True)
class Sweep:
    """The base of all sweeps."""

    def points(self, space: Space) -> Points:
        """Where the tiles lie."""
        raise NotImplementedError

    def tile(self, index: int, space: Space) -> Recipe:
        """The recipe of the tile at `index`, in reading order."""
        return self.points(space).recipe(index)

    def caption(self, index: int, space: Space) -> str:
        """One line on the tile at `index`."""
        return name_of_class(self.tile(index, space).classes, space.class_names)


@dataclass(frozen=True)
class Single(Sweep):
    """One point, large. Its animation goes round the ring of classes, starting at the heaviest."""

    point: Recipe
    phase: float = 0.0

    def points(self, space: Space) -> Points:
        points = resolve([self.point], space, 1, 1)
        if self.phase == 0.0:
            return points
        position = int(np.argmax(points.c[0])) + self.phase * space.classes
        return Points(points.z, between_classes([position], space.classes), 1, 1)

    def tile(self, index: int, space: Space) -> Recipe:
        return self.point if self.phase == 0.0 else super().tile(index, space)


@dataclass(frozen=True)
class ClassSweep(Sweep):
    """One z in every class: row r starts at class r and morphs to class r + 1 in `columns` steps, the last row to the first.

    rows: how many rows the ring of classes is laid out in, None for one a class. Its animation moves every tile round the ring.
    """

    point: Recipe
    columns: int = 10
    rows: int | None = None
    phase: float = 0.0

    def points(self, space: Space) -> Points:
        count, rows = space.classes, self.rows or space.classes
        start = resolve([self.point], space, 1, 1)
        tiles = rows * self.columns
        position = (np.arange(tiles) / tiles + self.phase) * count
        return Points(np.repeat(start.z, tiles, axis=0), between_classes(position, count), rows, self.columns)

    def tile(self, index: int, space: Space) -> Recipe:
        return replace(self.point, classes=tuple(self.points(space).c[index].tolist()))


@dataclass(frozen=True)
class Gallery(Sweep):
    """Several points side by side in one row, each as it is: thumbnails."""

    recipes: tuple[Recipe, ...]

    def points(self, space: Space) -> Points:
        return resolve(self.recipes, space, 1, len(self.recipes))

    def tile(self, index: int, space: Space) -> Recipe:
        return self.recipes[index]


@dataclass(frozen=True)
class ClassRow(Sweep):
    """Each of several points in every class: a row a point, a column a class. Restyling is this, with points an encoder found.

    lines: where it divides the classes, each row is broken over so many lines, so that the tiles can be larger.
    """

    rows: tuple[Recipe, ...]
    lines: int = 1

    def points(self, space: Space) -> Points:
        recipes = [row.with_class(k, space.classes) for row in self.rows for k in range(space.classes)]
        lines = self.lines if space.classes % self.lines == 0 else 1
        return resolve(recipes, space, len(self.rows) * lines, space.classes // lines)

    def tile(self, index: int, space: Space) -> Recipe:
        row, column = divmod(index, space.classes)
        return self.rows[row].with_class(column, space.classes)


@dataclass(frozen=True)
class StyleSweep(Sweep):
    """From the style of `start` to the style of `end`: a row a class, z going one `way` from left to right.

    rows: how many of the classes, from the first; None for all. Its animation is a wave that runs along the columns.
    """

    start: Recipe
    end: Recipe
    columns: int = 10
    rows: int | None = None
    way: Way = "slerp"
    phase: float = 0.0

    def _steps(self) -> Floats:
        t = np.linspace(0, 1, self.columns) if self.columns > 1 else np.zeros(1)
        return there_and_back(t / 2 + self.phase)

    def points(self, space: Space) -> Points:
        ends = resolve([self.start, self.end], space, 1, 2)
        z = WAYS[self.way](ends.z[0], ends.z[1], self._steps())
        c = np.eye(space.classes, dtype=np.float32)[: self.rows]
        return Points(np.tile(z, (len(c), 1)), np.repeat(c, self.columns, axis=0), len(c), self.columns)

    def caption(self, index: int, space: Space) -> str:
        row, column = divmod(index, self.columns)
        return f"{space.class_names[row]}, {float(self._steps()[column]):.0%} of the way"


@dataclass(frozen=True)
class Analogy(Sweep):
    """A - B + C: the parallelogram with B at the top left, A at the top right, C at the bottom left and the result opposite B.

    z = B + u (A - B) + v (C - B), the same for the class weights with what falls below 0 cut off (Radford 2016, section 6.3.2,
    "vector arithmetic"; White 2016 calls the sheet a J-diagram). keep_norm scales each z to the length it would have if the
    lengths were mixed in the same way, as far as that is positive (else to the mean length of the three), because the sum of
    independent draws is longer than the prior ever gives. size: tiles a side. Its animation unfolds the sheet from B and folds
    it again.
    """

    a: Recipe
    b: Recipe
    c: Recipe
    size: int = 7
    keep_norm: bool = True
    phase: float = 0.0

    def points(self, space: Space) -> Points:
        corners = resolve([self.a, self.b, self.c], space, 1, 3)
        extent = float(there_and_back(self.phase + 0.5))
        side = np.linspace(0, extent, self.size) if self.size > 1 else np.array([extent])
        v, u = (axis.reshape(-1, 1) for axis in np.meshgrid(side, side, indexing="ij"))
        weights = np.hstack([u, 1 - u - v, v])  # of A, B, C; they sum to 1
        z = weights @ corners.z.astype(np.float64)
        if self.keep_norm:
            norms = np.linalg.norm(corners.z.astype(np.float64), axis=1)
            wanted = np.where(weights @ norms > norms.min() / 2, weights @ norms, norms.mean())
            lengths = np.linalg.norm(z, axis=1)
            z *= np.divide(wanted, lengths, out=np.ones_like(lengths), where=lengths > 1e-6)[:, None]
        c = np.clip(weights @ corners.c.astype(np.float64), 0, None)
        c /= c.sum(axis=1, keepdims=True)
        return Points(z.astype(np.float32), c.astype(np.float32), self.size, self.size)

    def result(self, space: Space) -> Recipe:
        """The point A - B + C."""
        return replace(self, phase=0.0).points(space).recipe(self.size * self.size - 1)

    def caption(self, index: int, space: Space) -> str:
        last = self.size - 1
        row, column = divmod(index, self.size)
        corner = {(0, 0): "B: ", (0, last): "A: ", (last, 0): "C: ", (last, last): "A - B + C: "}.get((row, column), "")
        return corner + super().caption(index, space)


@dataclass(frozen=True)
class Plane(Sweep):
    """A flat sheet through `point`: z + x e1 + y e2 with x and y from -extent to extent.

    e1 and e2 are orthonormal directions drawn from `seeds`. Its animation turns the sheet once about its middle.
    """

    point: Recipe
    seeds: tuple[int, int] = (1, 2)
    size: int = 10
    extent: float = 3.0
    phase: float = 0.0

    def points(self, space: Space) -> Points:
        if space.z_size < 2:
            raise ZscapeError("A plane needs a latent of at least two numbers; this model's has one.")
        middle = resolve([self.point], space, 1, 1)
        axes, _ = np.linalg.qr(np.stack([draw(seed, space.z_size) for seed in self.seeds], axis=1).astype(np.float64))
        turn = 2 * np.pi * self.phase
        side = np.linspace(-self.extent, self.extent, self.size) if self.size > 1 else np.zeros(1)
        y, x = (axis.reshape(-1, 1) for axis in np.meshgrid(side, side, indexing="ij"))
        turned = np.hstack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)])
        z = middle.z.astype(np.float64) + turned @ axes.T
        return Points(z.astype(np.float32), np.repeat(middle.c, self.size**2, axis=0), self.size, self.size)
