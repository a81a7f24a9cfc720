"""Convert the arguments given in a notebook to the plain values that models take, or raise an error of one line."""

from __future__ import annotations

import operator
import os
import reprlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path
from zscape.models.inputs.value import SEED_LIMIT, check_seed
from zscape.models.timeline.easing import Easing
from zscape.models.timeline.through import easing_of


def whole(what: str, given: Any, low: int | None = None, high: int | None = None) -> int:
    """Convert a whole number of any type, such as numpy's, to an int. what: its name in messages. low, high: the limits."""
    try:
        number = operator.index(given)
    except TypeError:
        number = None
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        span = "" if low is None else f", {low} or more" if high is None else f" from {low} to {high:,}"
        raise ZscapeError(f"The {what} is {reprlib.repr(given)}: it must be a whole number{span}.")
    return number


def device(given: Any) -> str:
    """Return the name of a device of this machine. A torch.device is accepted too."""
    import torch

    from zscape.models.inference.device import choose

    name = str(given) if isinstance(given, torch.device) else given
    if not isinstance(name, str):
        raise ZscapeError(f"The device is {reprlib.repr(given)}: it must be auto, cpu, cuda, cuda:1 or mps.")
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
        raise ZscapeError("The vector of a direction must be numbers, one for each component that it moves.") from None


def layers(given: Any) -> str:
    """Return style layers as text, such as "coarse" or "0,2", given as text, a number or several numbers; "" for none."""
    return ",".join(map(str, several(given)))


def path(what: str, given: Any) -> Path:
    """Return the path of a file or folder, with ~ expanded. what: its name in messages."""
    if not isinstance(given, str | os.PathLike) or not str(given):
        raise ZscapeError(f"The {what} is {reprlib.repr(given)}: it must be a path.")
    return typed_path(Path(given))


def source(given: Any) -> str:
    """Return the name or the path of data as text; "" if none was given."""
    if given is not None and not isinstance(given, str | os.PathLike):
        raise ZscapeError(f"The data are a {type(given).__name__}: they must be the name of a data set, or a path.")
    return "" if given is None else str(given)


def easing(given: Any) -> Easing:
    """Return an easing, given as such, by name or as four numbers. The caller checks that the name exists."""
    plain = isinstance(given, Iterable) and not isinstance(given, str)
    return easing_of(",".join(map(str, given))) if plain else given


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
    raise ZscapeError(f"The {what} is {reprlib.repr(given)}: it must be a number.")


def seed(given: Any) -> int:
    """Return one seed as an int."""
    try:
        found = operator.index(given)
    except TypeError:
        raise ZscapeError(f"{reprlib.repr(given)} is not a seed: use a whole number from 0 to {SEED_LIMIT - 1}.") from None
    check_seed(found)
    return found


def seeds(given: Any) -> tuple[int, ...]:
    """Return one seed or several as a tuple."""
    return tuple(map(seed, several(given)))


def name(given: Any) -> str:
    """Return the name for a direction, without surrounding spaces."""
    if not isinstance(given, str) or not given.strip().isprintable():
        raise ZscapeError(f"The name of a direction is {reprlib.repr(given)}: it must be a line of text.")
    return given.strip()


def names(given: Any) -> list[str]:
    """Return the names of directions, given as names or as Direction objects. Empty names are left out."""
    return [name for each in several(given) if (name := str(getattr(each, "name", each)))]


def several(given: Any) -> list[Any]:
    """Return `given` as a list. A single item, such as a name or a number, becomes a list of one; None an empty list.

    Arrays of no dimension, such as the items of a torch tensor, become numbers.
    """
    if given is None:
        return []
    alone = not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping) or getattr(given, "ndim", 1) == 0
    return [each.item() if getattr(each, "ndim", 1) == 0 else each for each in ([given] if alone else given)]


def mapping(what: str, given: Any) -> Mapping[str, Any]:
    """Check that `given` is a mapping whose keys are names, and return it."""
    odd = next((name for name in given if not isinstance(name, str)), None) if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or odd is not None:
        what_not = f"one with {odd!r} as a name" if isinstance(given, Mapping) else type(given).__name__
        raise ZscapeError(f"{what} must be a dictionary, name of an input -> its values, not {what_not}.")
    return given
