"""Converts recipes and inputs to plain values for JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from zscape.models.errors import ZscapeError
from zscape.models.inputs import KINDS
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.units import UnitsValue
from zscape.models.inputs.value import Value

VALUES: dict[str, type[Value]] = {**{name: kind.value_type for name, kind in KINDS.items()}, UnitsValue.kind: UnitsValue}
"""Every type of value that a recipe can hold, by the name of its kind."""
OLD = {"seeds", "latent", "overrides", "moves", "classes", "truncation"}
"""Fields of a recipe in the first format, which only knew a latent "z" and classes "class"."""


def enc_hook(given: Any) -> Any:
    """Return what msgspec is to write for a recipe."""
    if isinstance(given, Recipe):
        values = {name: plain_value(value) for name, value in given.values}
        return {"root": given.root, **({"values": values} if values else {})}
    raise NotImplementedError(type(given))


def plain_input(given: Input) -> dict[str, Any]:
    """Convert an input to plain values."""
    return {"kind": given.kind, **_builtins(given)}


def plain_value(value: Value) -> dict[str, Any]:
    """Convert a value to plain values, without fields that have their default."""
    return {"kind": value.kind, **_said(value)}


def dec_hook(kind: type, given: Any) -> Any:
    """Convert plain values read by msgspec to a recipe. Raises ZscapeError if they are not one."""
    if kind is Recipe:
        return recipe_of(given)
    raise NotImplementedError(kind)


def recipe_of(given: Any) -> Recipe:
    """Convert plain values of this format or the first to a recipe. Raises ZscapeError if they are not one."""
    if not isinstance(given, Mapping):
        raise ZscapeError(f"A recipe is an object with values by input name, not {type(given).__name__}.")
    if given.keys() & OLD and not given.keys() & {"root", "values"}:
        return _first_format(given)
    if odd := sorted(given.keys() - {"root", "values"}):
        raise ZscapeError(f"A recipe has no field {odd[0]!r}.")
    values = given.get("values", {})
    if not isinstance(values, Mapping):
        raise ZscapeError("The values of a recipe are an object, input name to value.")
    return Recipe({str(name): value_of(str(name), value) for name, value in values.items()}, given.get("root", 0))


def input_of(given: Any) -> Input:
    """Convert plain values to an input. Raises ZscapeError if they are not one."""
    kind = given.get("kind") if isinstance(given, Mapping) else given
    if not isinstance(given, Mapping) or not isinstance(kind, str) or kind not in KINDS:
        raise ZscapeError(f"No kind of input is called {kind!r}; there are: {', '.join(KINDS)}.")
    fields = {name: each for name, each in given.items() if name != "kind"}
    found: Input = _convert(fields, KINDS[kind], "An input")
    return found


def value_of(name: str, given: Any) -> Value:
    """Convert plain values to a value for the input called `name`. Raises ZscapeError if they are not one."""
    kind = given.get("kind") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(kind, str) or kind not in VALUES:
        raise ZscapeError(f"The recipe's {name!r} is of no kind that this Zscape knows.")
    fields = {each: value for each, value in given.items() if each != "kind"}
    value: Value = _convert(fields, VALUES[kind], f"The recipe's {name!r}")
    return value


def _convert(fields: Mapping[str, Any], kind: type[Any], what: str) -> Any:
    known = kind.__dataclass_fields__
    if odd := sorted(set(fields) - set(known)):
        raise ZscapeError(f"{what} has no field {odd[0]!r}.")
    try:
        return msgspec.convert(fields, kind, dec_hook=dec_hook)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise ZscapeError(f"{what} cannot be read: {error}.") from error


def _said(value: Value) -> dict[str, Any]:
    """Return the fields of `value` that differ from their defaults."""
    usual = type(value)()
    return {name: each for name, each in _builtins(value).items() if getattr(value, name) != getattr(usual, name)}


def _builtins(given: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(given, enc_hook=enc_hook)
    return plain


def _first_format(given: Mapping[str, Any]) -> Recipe:
    if odd := sorted(given.keys() - OLD):
        raise ZscapeError(f"A recipe has no field {odd[0]!r}.")
    renamed = {"latent": "numbers", "overrides": "coordinates"}
    fields = {renamed.get(name, name): value for name, value in given.items() if name != "classes"}
    values: dict[str, Value] = {"z": _convert(fields, LatentValue, "The recipe's latent")}
    if given.get("classes"):
        values["class"] = _convert({"weights": given["classes"]}, ClassesValue, "The recipe's class")
    return Recipe(values)
