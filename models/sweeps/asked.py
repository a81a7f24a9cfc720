"""Makes a sweep from the arguments of the command line or a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Way
from zscape.models.inputs.blending import check_way, truncated
from zscape.models.inputs.directions import in_layers
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import ZONES
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import check_classes_once
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value, check_truncation
from zscape.models.sweeps.analogy import Analogy
from zscape.models.sweeps.asked_pad import SEEDS as PAD_SEEDS
from zscape.models.sweeps.asked_pad import pad_sheet_of
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.candidates import Candidates
from zscape.models.sweeps.class_sweep import ClassSweep
from zscape.models.sweeps.direction import DirectionSweep
from zscape.models.sweeps.options import EXTENT, TEMPERATURE, check_kind
from zscape.models.sweeps.plane import Plane
from zscape.models.sweeps.style_mixing import StyleMixing
from zscape.models.sweeps.style_sweep import StyleSweep

SEEDS = {"class": 1, "style": 2, "analogy": 3, "plane": 3, **PAD_SEEDS, "candidates": 2}
"""Number of seeds that each sweep takes: that of the centre, then those of the other points.

For a plane these are its two directions, unless the directions are named; for candidates, the seed of the variations. Style
mixing and a sweep along a direction take one seed for each point on their sides.
"""
SHOW_CLASSES = ("class", "style", "polygon")
"""Sweeps that show several classes, so that none can be given."""
ONLY_POINTS = ("class", "style", "analogy", "direction", "mixing")
"""Sweeps whose seeds are those of points and of nothing else."""
MIXED = (4, 6)
"""Default rows and columns of points in a style mixing table."""
MOST = 100
"""Maximum number of rows or columns."""


def sweep_of(
    kind: str,
    space: Space,
    seeds: Sequence[int] = (),
    classes: Sequence[int] = (),
    columns: int | None = None,
    rows: int | None = None,
    way: Way = "slerp",
    truncation: float = 1.0,
    values: Mapping[str, Value] | None = None,
    layers: str | Sequence[int] = "",
    direction: str | Sequence[str] = "",
    extent: float = EXTENT,
    points: Sequence[Recipe] = (),
    temperature: float = TEMPERATURE,
    also: Mapping[str, Mapping[str, float]] | None = None,
) -> Sweep:
    """Make the sweep called `kind` in SWEEPS.

    seeds: see SEEDS; missing ones are filled with the smallest unused seeds. points: stored points, which come before those of
    seeds. classes: the class of each point of an analogy, a plane or a pad, the first for all by default; the corners of a
    polygon. rows: for an analogy, a plane or a pad, also the number of columns. values: values of single inputs, fixed in all
    points. layers: of style mixing, a zone or numbers from 0, "coarse" by default; its seeds are those of the rows, then those of
    the columns. direction, extent: a sweep along a direction goes from -extent to extent; its rows are points, and `layers` are
    the style layers moved, "" for all. A plane may have two directions. temperature: how far candidates vary, 0 to 1. also: for
    each direction, what is added per 1 along it, see DirectionSweep. Raises ZscapeError for an unknown kind or way, too many
    seeds, and numbers out of range.
    """
    check_kind(kind)
    check_way(way)
    check_truncation(truncation)
    check_classes_once(space, classes, values or {})
    _check_values(kind, space, seeds, values or {})
    table = (rows or MIXED[0], columns or MIXED[1])
    along = [direction] if isinstance(direction, str) else list(direction)
    along = [name for name in along if name] or ([""] if kind == "direction" else [])
    wanted = sum(table) if kind == "mixing" else rows or 1 if kind == "direction" else SEEDS[kind]
    if kind == "direction":
        wanted = max(wanted, len(seeds) + len(points))
    elif kind == "plane" and along:
        wanted = 1
    _check_directions(kind, along, extent, space)
    if also and not along:
        raise ZscapeError(f"{_a(kind)} sweep keeps no direction as it is: only one along directions does.")
    if len(seeds) + len(points) > wanted:
        what = f"point{'s' * (wanted > 1)}" if points else f"seed{'s' * (wanted > 1)}"
        raise ZscapeError(f"{_a(kind)} sweep takes at most {wanted} {what}; {len(seeds) + len(points)} were given.")
    for name, value in (("rows", rows), ("columns", columns)):
        if value is not None and not 1 <= value <= MOST:
            raise ZscapeError(f"The {name} of a sweep must be from 1 to {MOST}, not {value}.")
    rest = (number for number in range(2 * wanted) if number not in seeds)
    filled = [*seeds, *(next(rest) for _ in range(wanted - len(seeds) - len(points)))]
    input_of_classes = space.first(Classes)
    drawn, points = [*points, *map(Recipe.seed, filled)], []
    for place, point in enumerate(drawn):
        point = truncated(point, truncation, space) if truncation != 1 else point
        if classes and input_of_classes and kind != "polygon":
            chosen = classes[min(place, len(classes) - 1)]
            point = point.with_value(input_of_classes.name, input_of_classes.only(chosen))
        point = point.with_values(values or {})
        space.check(point)
        points.append(point)
    if kind in PAD_SEEDS or (kind == "plane" and along):
        ways = [_along(name, layers, also, space) for name in along]
        return pad_sheet_of(kind, space, points, rows, ways, extent, classes)
    match kind:
        case "class":
            return ClassSweep(points[0], columns or ClassSweep.columns, rows)
        case "style":
            return StyleSweep(points[0], points[1], columns or StyleSweep.columns, rows, way)
        case "analogy":
            return Analogy(points[0], points[1], points[2], rows or Analogy.size)
        case "direction":
            name, rest_of = _along(along[0], layers, also, space)
            return DirectionSweep(points[0], tuple(points[1:]), name, -extent, extent, columns or DirectionSweep.columns, rest_of)
        case "mixing":
            zone, numbers = _layers(layers, space)
            return StyleMixing(points[0], tuple(points[1 : table[0]]), tuple(points[table[0] :]), zone, numbers)
        case "candidates":
            if not 0 <= temperature <= 1:
                raise ZscapeError(f"The temperature of candidates is from 0, no variation, to 1, not {temperature}.")
            return Candidates(points[0], temperature, filled[1], rows or Candidates.rows, columns or Candidates.columns)
        case _:
            return Plane(points[0], (filled[-2], filled[-1]), rows or Plane.size, extent)


def _check_values(kind: str, space: Space, seeds: Sequence[int], values: Mapping[str, Value]) -> None:
    """Raise ZscapeError for a class in `values`, or for `seeds`, that would have no effect."""
    classes, latents = space.first(Classes), space.every(Latent)
    if classes is not None and classes.name in values and kind in SHOW_CLASSES:
        raise ZscapeError(f"{_a(kind)} sweep shows several classes: leave {classes.name!r} out of the values.")
    if seeds and latents and kind in ONLY_POINTS and all(each.name in values for each in latents):
        raise ZscapeError(f"The latent {latents[0].name!r} is given, so the seeds would have no effect: leave out one of them.")


def _a(kind: str) -> str:
    """Return the name of a kind of sweep with its article, at the start of a sentence."""
    return f"An {kind}" if kind[0] in "aeiou" else f"A {kind}"


def _check_directions(kind: str, along: Sequence[str], extent: float, space: Space) -> None:
    most = {"direction": (1,), "plane": (0, 2)}.get(kind, (0,))
    if len(along) not in most:
        takes = {"direction": "one direction", "plane": "two directions, or none"}.get(kind, "no direction")
        raise ZscapeError(f"{_a(kind)} sweep takes {takes}; {len(along)} {'was' if len(along) == 1 else 'were'} given.")
    for name in along:
        if name not in space.directions:
            known = ", ".join(space.directions) or "none: find some with `zscape directions`"
            words = f"There is no direction {name!r}" if name else "Say along which direction"
            raise ZscapeError(f"{words}; the model knows {known}.")
    if not 0 < extent <= MOST:  # also false for NaN
        raise ZscapeError(f"A sweep goes up to more than 0 and at most {MOST} from the middle, not {extent}.")


def _along(
    name: str, layers: str | Sequence[int], also: Mapping[str, Mapping[str, float]] | None, space: Space
) -> tuple[str, tuple[tuple[str, float], ...]]:
    """Return the name of direction `name` restricted to `layers`, and what is added per 1 along it, in the same layers."""
    chosen = layers if isinstance(layers, str) else ",".join(map(str, layers))
    rest = tuple((in_layers(each, chosen), amount) for each, amount in (also or {}).get(name, {}).items())
    for each in (named := in_layers(name, chosen), *(other for other, _ in rest)):
        space.named(each)
    return named, rest


def _layers(asked: str | Sequence[int], space: Space) -> tuple[str, tuple[int, ...]]:
    """Return (zone, numbers of layers); the numbers are empty if a zone was asked for."""
    if isinstance(asked, str) and (not asked or asked in ZONES):
        return asked or ZONES[0], ()
    if space.styles is None:
        raise ZscapeError("This model has no styles, so it has no layers to choose: leave them out.")
    return ZONES[0], space.styles.layers_of(asked if isinstance(asked, str) else ",".join(map(str, asked)))
