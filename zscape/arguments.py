"""Convert the arguments given in a notebook to the plain values that models take, or raise an error of one line."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import SEED_LIMIT, check_seed


def whole(what: str, given: Any, low: int | None = None) -> int:
    """Convert a whole number of any type, such as numpy's, to an int. what: its name in messages. low: the smallest allowed."""
    try:
        number = operator.index(given)
    except TypeError:
        number = None
    if number is None or (low is not None and number < low):
        raise ZscapeError(f"The {what} is {given!r}: it must be a whole number{'' if low is None else f', {low} or more'}.")
    return number


def device(given: Any) -> str:
    """Return the name of a device of this machine. A torch.device is accepted too."""
    import torch

    from zscape.models.inference.device import choose

    name = str(given) if isinstance(given, torch.device) else given
    if not isinstance(name, str):
        raise ZscapeError(f"The device is {given!r}: it must be auto, cpu, cuda, cuda:1 or mps.")
    choose(name)
    return name


def refuse_idle(name: str, idle: bool, of: str) -> None:
    """Reject an argument that would have no effect, worded as on the command line. of: what the argument is for."""
    if idle:
        raise ZscapeError(f"{name} is for {of}.")


def vector(given: Any) -> tuple[float, ...]:
    """Flatten `given` to a tuple of floats. The caller checks that they are finite and of the right count."""
    try:
        return tuple(map(float, np.asarray(given, np.float64).ravel()))
    except (TypeError, ValueError, RuntimeError):
        raise ZscapeError("The vector of a direction must be numbers, one for each of what it moves.") from None


def side(what: str, given: Any) -> int | None:
    """Return the number of rows or columns, or None if none was given."""
    return None if given is None else whole(f"number of {what}", given)


def number(what: str, given: Any) -> float:
    """Convert a number of any type to a float. The caller checks that it is finite and in range."""
    if not isinstance(given, str | bytes):
        try:
            return float(given)
        except (TypeError, ValueError, OverflowError):
            pass
    raise ZscapeError(f"The {what} is {given!r}: it must be a number.")


def seed(given: Any) -> int:
    """Return one seed as an int."""
    try:
        found = operator.index(given)
    except TypeError:
        raise ZscapeError(f"{given!r} is not a seed: use a whole number from 0 to {SEED_LIMIT - 1}.") from None
    check_seed(found)
    return found


def seeds(given: Any) -> tuple[int, ...]:
    """Return one seed or several as a tuple."""
    return tuple(map(seed, several(given)))


def names(given: Any) -> list[str]:
    """Return the names of directions, given as names or as Direction objects. Empty names are left out."""
    return [name for each in several(given) if (name := str(getattr(each, "name", each)))]


def several(given: Any) -> list[Any]:
    """Return `given` as a list. A single item, such as a name or a number, becomes a list of one; None an empty list."""
    if given is None:
        return []
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping) else [given]


def mapping(what: str, given: Any) -> Mapping[str, Any]:
    """Check that `given` is a mapping whose keys are names, and return it."""
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise ZscapeError(f"{what} must be a dictionary, name of an input -> what is given for it, not {type(given).__name__}.")
    return given
