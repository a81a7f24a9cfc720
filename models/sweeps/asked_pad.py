"""Makes the sheet of a pad from the arguments of the command line or a notebook."""

from __future__ import annotations

from collections.abc import Sequence

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import needs_classes
from zscape.models.sweeps.mixed_pads import CornersPad, PointsPad
from zscape.models.sweeps.pad_sheet import PadSheet
from zscape.models.sweeps.pads import ClassesPad, DirectionsPad
from zscape.models.sweeps.seeds_pad import SeedsPad

SEEDS = {"corners": 4, "triangle": 3, "seeds": 1, "polygon": 1}
"""Names of the pad sheets, and the number of points each is made of."""


def pad_sheet_of(
    kind: str,
    space: Space,
    points: Sequence[Recipe],
    rows: int | None,
    directions: Sequence[tuple[str, tuple[tuple[str, float], ...]]] = (),
    extent: float = 3.0,
    classes: Sequence[int] = (),
) -> PadSheet:
    """Make the sheet called `kind` in SEEDS, or "plane" along two directions, of rows x rows tiles.

    points: for "corners" and "triangle" the points between which it lies, for "seeds" the middle one, otherwise the base.
    directions: the names of a plane's two directions, each with what is added per 1 along it, see DirectionsPad. extent: how far
    a plane extends on each side. classes: the corners of a polygon, () for all. Raises ZscapeError for anything the model does
    not have.
    """
    size = rows or PadSheet.rows
    centre = points[0]
    match kind:
        case "corners":
            a, b, c, d = points
            return PadSheet(centre, CornersPad(a, b, c, d=d), (0.5, 0.5, 1.0), size, size, edges=True)
        case "triangle":
            a, b, c = points
            return PadSheet(centre, PointsPad(a, b, c), (*PointsPad.view[:2], 1.0), size, size, edges=True)
        case "polygon":
            numbers = tuple(classes) or tuple(range(len(needs_classes(space, "a polygon").labels)))
            return PadSheet(centre, ClassesPad(numbers), (0.0, 0.0, 2.0), size, size, edges=True)
        case "seeds":
            latent = space.first(Latent)
            value = centre.value(latent) if latent else None
            place = SeedsPad().place(centre, space)
            if not isinstance(value, LatentValue) or place is None:
                raise ZscapeError("A sheet of seeds begins with a seed: give one, of a model with a latent.")
            off, half = (0.0 if size % 2 else 0.5), (size - 1) / 2  # so that every tile is a seed and none is below 0
            view = max(place[0] + off, half), max(place[1] - off, half), size - 1.0
            return PadSheet(centre, SeedsPad(), view, size, size, edges=True)
        case _:
            (along_x, also_x), (along_y, also_y) = directions
            if along_x == along_y:
                raise ZscapeError(f"A plane needs two different directions, not {along_x!r} twice.")
            pad = DirectionsPad(along_x, along_y, also_x, also_y)
            return PadSheet(centre, pad, (0.0, 0.0, 2 * extent), size, size, edges=True)
