"""Makes points from arrays that the user supplies."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.points import Points
from zscape.models.inputs.space import Space


def given_points(given: Mapping[str, NDArray[np.float32]], space: Space, model: str, run: str = "") -> Points:
    """Make points from `given`, input name -> numbers [N, ...] of the inputs of `space`; Points are returned unchanged.

    Styles may be left out: they follow the latent. model, run: name and training run of the model; warns if the points were made
    for another one. Raises ZscapeError for names, shapes or numbers that do not fit.
    """
    wanted = {each.name: each.shape for each in space.inputs}
    styles = space.styles
    missing = [name for name in wanted if name not in given and (styles is None or name != styles.name)]
    if missing or set(given) - set(wanted):
        raise ZscapeError(f"{model} takes {', '.join(wanted)}; points were given for {', '.join(given) or 'nothing'}.")
    try:
        with np.errstate(over="ignore"):  # numbers beyond float32 are reported below
            arrays = {name: _array(rows) for name, rows in given.items()}
    except (TypeError, ValueError, RuntimeError) as error:  # raised for a torch tensor that requires grad too
        raise ZscapeError(f"Points must be numbers, input name -> [N, ...]: {str(error).rstrip('.')}.") from error
    for name, rows in arrays.items():
        if rows.shape[1:] != wanted[name]:
            raise ZscapeError(f"{name!r} must be numbers [N, {', '.join(map(str, wanted[name]))}], not {list(rows.shape)}.")
        if not len(rows) or not np.isfinite(rows).all():
            raise ZscapeError(f"{name!r} holds {'numbers that are not finite' if len(rows) else 'no point'}: give other points.")
        space.input(name).check_rows(rows)
    if len({len(rows) for rows in arrays.values()}) != 1:
        raise ZscapeError("Every input must be given for as many points.")
    if isinstance(given, Points) and given.of:
        name, other = given.of
        if (other != run) if other and run else (name != model):
            whose = f"another model named {name!r}" if name == model else f"the model {name!r}"
            warnings.warn(f"These points were made for {whose}: in {model!r} they are something else.", stacklevel=4)
    return given if isinstance(given, Points) else Points(arrays, 1, len(next(iter(arrays.values()))))


def _array(rows: object) -> NDArray[np.float32]:
    """Convert to float32 as generators need it: contiguous and forwards in memory, as a reversed array is not."""
    array = np.asarray(rows)
    if np.iscomplexobj(array):
        raise TypeError("complex numbers are not allowed")
    return np.require(array, np.float32, "C")
