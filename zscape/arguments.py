"""The arguments that a person gives in a notebook as plain values that models take, or one line that says what is wrong."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import SEED_LIMIT, check_seed


def whole(what: str, given: Any, low: int | None = None) -> int:
    """A whole number of any kind, such as numpy's. what: how a message calls it. low: the smallest."""
    try:
        number = operator.index(given)
    except TypeError:
        number = None
    if number is None or (low is not None and number < low):
        raise ZscapeError(f"The {what} is {given!r}: it must be a whole number{'' if low is None else f', {low} or more'}.")
    return number


def device(given: Any) -> str:
    """The name of a device that is on this machine; torch's own object for one is taken too."""
    import torch

    from zscape.models.inference.device import choose

    name = str(given) if isinstance(given, torch.device) else given
    if not isinstance(name, str):
        raise ZscapeError(f"The device is {given!r}: it must be auto, cpu, cuda, cuda:1 or mps.")
    choose(name)
    return name


def refuse_idle(name: str, idle: bool, of: str) -> None:
    """Refuse an argument that was given and would do nothing, in the words of the command line. of: what it is for."""
    if idle:
        raise ZscapeError(f"{name} is for {of}.")


def vector(given: Any) -> tuple[float, ...]:
    """Numbers in a row; whether they are finite and as many as there must be is for who takes them."""
    try:
        return tuple(map(float, np.asarray(given, np.float64).ravel()))
    except (TypeError, ValueError, RuntimeError):
        raise ZscapeError("The vector of a direction must be numbers, one for each of what it moves.") from None


def side(what: str, given: Any) -> int | None:
    """How many rows or columns, None where nothing is said."""
    return None if given is None else whole(f"number of {what}", given)


def number(what: str, given: Any) -> float:
    """A number of any kind; whether it is finite and in range is for who takes it."""
    if not isinstance(given, str | bytes):
        try:
            return float(given)
        except (TypeError, ValueError, OverflowError):
            pass
    raise ZscapeError(f"The {what} is {given!r}: it must be a number.")


def seed(given: Any) -> int:
    """One seed."""
    try:
        found = operator.index(given)
    except TypeError:
        raise ZscapeError(f"{given!r} is not a seed: use a whole number from 0 to {SEED_LIMIT - 1}.") from None
    check_seed(found)
    return found


def seeds(given: Any) -> tuple[int, ...]:
    """One seed or several."""
    return tuple(map(seed, several(given)))


def names(given: Any) -> list[str]:
    """The names of directions that are given by name, or themselves; without empty ones."""
    return [name for each in several(given) if (name := str(getattr(each, "name", each)))]


def several(given: Any) -> list[Any]:
    """What is in a list; one thing alone, such as a name or a number, is a list of it, and None an empty one."""
    if given is None:
        return []
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping) else [given]


def mapping(what: str, given: Any) -> Mapping[str, Any]:
    """A mapping with names as keys."""
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise ZscapeError(f"{what} must be a dictionary, name of an input -> what is given for it, not {type(given).__name__}.")
    return given
