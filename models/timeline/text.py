"""Reads and writes timelines as JSON text. Reading is strict: every error gives one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.plain import enc_hook, plain_value, recipe_of, value_of
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.scalar import DIRECTION
from zscape.models.inputs.space import Space
from zscape.models.timeline.easing import MOST_SHARES, Curve, Easing, Measured
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.timeline import WAYS, Key, NumberKey, Timeline

FORMAT = 1
LARGEST = 8_000_000
"""Maximum number of characters that are read."""
MOST_KEYS = 100_000
MOST_MARKS = 10_000
LONGEST = 36_000.0
"""In seconds."""
MODEL, RUN = "model", "run"
"""Optional fields of a file: the name and the training run (`Spec.run`) of the model of its points."""
FIELDS = {MODEL, RUN, "timeline", "seconds", "base", "tracks", "sheet", "loop", "marks", "part", "numbers", "even"}


def timeline_text(timeline: Timeline) -> str:
    """Return `timeline` as JSON; the same timeline always gives the same text."""
    return json.dumps(plain_timeline(timeline), indent=1, allow_nan=False)


def plain_timeline(timeline: Timeline) -> dict[str, Any]:
    """Return `timeline` as dictionaries, lists, text and numbers, for JSON."""
    tracks = {
        name: [{**_plain(key), "value": plain_value(key.value), "way": key.way} for key in keys] for name, keys in timeline.tracks
    }
    sheet = {name: [{**_plain(key), "value": key.value} for key in keys] for name, keys in timeline.sheet}
    said = {"timeline": FORMAT, "seconds": timeline.seconds, "base": enc_hook(timeline.base), "tracks": tracks, "sheet": sheet}
    marks = {"marks": [_plain_mark(each) for each in timeline.marks]} if timeline.marks else {}
    part = {"part": list(timeline.part)} if timeline.part is not None else {}
    numbers: dict[str, Any] = {}
    for name, number, keys in timeline.numbers:
        numbers.setdefault(name, {})[number] = [{**_plain(key), "value": key.value} for key in keys]
    even = {"even": True} if timeline.even else {}
    return {**said, "loop": timeline.loop, **marks, **part, **({"numbers": numbers} if numbers else {}), **even}


def read_timeline(text: str, space: Space | None = None) -> Timeline:
    """Read the timeline in `text`. space: that of the model to be animated, None not to compare.

    Raises ZscapeError if it is not a timeline, has another version, is out of order, not finite, too long, or for another space.
    """
    if len(text) > LARGEST:
        raise ZscapeError(f"This timeline is longer than {LARGEST:,} characters.")
    try:
        given = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ZscapeError(f"This is not a timeline: it is not JSON ({error}).") from error
    timeline = timeline_of(given)
    if space is not None:
        check_timeline(timeline, space)
    return timeline


def made_with(text: str) -> tuple[str, str]:
    """Return the name and the training run of the model in the text of a timeline, each "" if not recorded.

    text: as already read by `read_timeline`.
    """
    given = json.loads(text)
    return given.get(MODEL, ""), given.get(RUN, "")


def timeline_of(given: object) -> Timeline:
    """Make a timeline from the result of `plain_timeline`. Raises ZscapeError as `read_timeline` does."""
    if not isinstance(given, Mapping) or given.get("timeline") != FORMAT:
        raise ZscapeError('This is not a timeline in a format that this Zscape knows: it has no "timeline": 1.')
    _only(given, FIELDS, "A timeline")
    seconds = _number(given.get("seconds"), "The length of a timeline")
    if seconds > LONGEST:
        raise ZscapeError(f"A timeline lasts at most {LONGEST:,.0f} seconds, not {seconds:g}.")
    if not isinstance(given.get(MODEL, ""), str):
        raise ZscapeError("The model of a timeline is a name.")
    if not isinstance(given.get(RUN, ""), str):
        raise ZscapeError("The run of a timeline is a text.")
    loop, even = given.get("loop", False), given.get("even", False)
    if not isinstance(loop, bool) or not isinstance(even, bool):
        raise ZscapeError("A timeline's loop and even are true or false.")
    tracks = tuple((name, tuple(_key(name, key) for key in keys)) for name, keys in _tracks(given, "tracks"))
    sheet = tuple((name, tuple(_number_key(name, key) for key in keys)) for name, keys in _tracks(given, "sheet"))
    marks, part = _marks(given.get("marks", [])), _part(given.get("part"))
    numbers = []
    for name, _ in _groups(given):
        for number, keys in _tracks(given["numbers"], name):
            numbers.append((name, number, tuple(_number_key(number, key) for key in keys)))
    return Timeline(seconds, recipe_of(given.get("base", {})), tracks, sheet, loop, marks, part, tuple(numbers), even)


def check_timeline(timeline: Timeline, space: Space) -> None:
    """Raise ZscapeError if `timeline` is for another space: an unknown input, or a value that does not fit its input."""
    space.check(timeline.base)
    for name, keys in timeline.tracks:
        for key in keys:
            space.check(Recipe({name: key.value}))
    for name, number, numbers in timeline.numbers:
        taken = space.input(name)
        known = taken.scalars(space)
        for each in numbers:
            value = taken.with_scalar(taken.default(0), number, each.value)
            taken.check(value)
        if number.startswith(DIRECTION) and number not in known:
            space.direction(number[len(DIRECTION) :], name)  # raises ZscapeError


def _groups(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    groups = given.get("numbers", {})
    if not isinstance(groups, Mapping):
        raise ZscapeError("The numbers of a timeline are an object, input name to tracks of its numbers.")
    return list(groups.items())


def _tracks(given: Mapping[str, Any], field: str) -> list[tuple[str, list[Any]]]:
    tracks = given.get(field, {})
    if not isinstance(tracks, Mapping) or not all(isinstance(keys, list) for keys in tracks.values()):
        raise ZscapeError(f"The {field} of a timeline are an object, name to a list of keys.")
    if sum(map(len, tracks.values())) > MOST_KEYS:
        raise ZscapeError(f"A timeline has at most {MOST_KEYS:,} keys.")
    return list(tracks.items())


def _key(name: str, given: Any) -> Key:
    time, easing = _timing(name, given, {"time", "value", "easing", "way"})
    way = given.get("way", "slerp")
    if way not in WAYS:
        raise ZscapeError(f"A key of {name!r} goes by slerp, lerp or spline, not {way!r}.")
    return Key(time, value_of(name, given.get("value")), easing, way)


def _number_key(name: str, given: Any) -> NumberKey:
    time, easing = _timing(name, given, {"time", "value", "easing"})
    return NumberKey(time, _number(given.get("value"), f"A key of {name!r}"), easing)


def _marks(given: Any) -> tuple[Mark, ...]:
    if not isinstance(given, list) or len(given) > MOST_MARKS:
        raise ZscapeError(f"The marks of a timeline are a list of at most {MOST_MARKS:,}.")
    return tuple(_mark(each) for each in given)


def _part(given: Any) -> tuple[float, float] | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 2:
        raise ZscapeError("The part of a timeline that is played is two numbers: its in and its out point, in seconds.")
    return _number(given[0], "The in point of a timeline"), _number(given[1], "The out point of a timeline")


def _mark(given: Any) -> Mark:
    known = {each.name for each in fields(Mark)}
    if not isinstance(given, Mapping) or not {"start", "seconds", "text"} <= given.keys():
        raise ZscapeError("A mark of a timeline is an object with a start, seconds and a text.")
    _only(given, known, "A mark")
    numbers = {name: _number(given[name], f"The {name} of a mark") for name in ("start", "seconds", "size") if name in given}
    words = {name: value for name, value in given.items() if name not in numbers and name != "picture"}
    if odd := sorted(name for name, value in words.items() if not isinstance(value, str)):
        raise ZscapeError(f"The {odd[0]} of a mark is a text.")
    picture = value_of("picture of a mark", given["picture"]) if "picture" in given else None
    if picture is not None and not isinstance(picture, PictureValue):
        raise ZscapeError("The picture of a mark is a picture.")
    return Mark(**{**words, **numbers}, picture=picture)


def _plain_mark(mark: Mark) -> dict[str, Any]:
    words = {name: value for name, value in asdict(mark).items() if name != "picture"}
    return {**words, **({"picture": plain_value(mark.picture)} if mark.picture is not None else {})}


def _timing(name: str, given: Any, fields: set[str]) -> tuple[float, Easing]:
    if not isinstance(given, Mapping):
        raise ZscapeError(f"A key of {name!r} is an object with a time and a value.")
    _only(given, fields, f"A key of {name!r}")
    easing = given.get("easing", "linear")
    if isinstance(easing, list):
        if len(easing) != 4:
            raise ZscapeError(f"An easing curve is four numbers, that of {name!r} has {len(easing)}.")
        easing = Curve(*(_number(each, "A handle of an easing curve") for each in easing))
    elif isinstance(easing, Mapping):
        _only(easing, {"shares"}, f"The easing of a key of {name!r}")
        shares = easing.get("shares")
        if not isinstance(shares, list) or len(shares) > MOST_SHARES:
            raise ZscapeError(f"The shares of an easing are a list of at most {MOST_SHARES} numbers.")
        easing = Measured(tuple(_number(each, "A share of an easing") for each in shares))
    elif not isinstance(easing, str):
        raise ZscapeError(f"The easing of a key of {name!r} is a name, four numbers, or shares.")
    return _number(given.get("time"), f"The time of a key of {name!r}"), easing


def _number(given: Any, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) < 1e12:
        raise ZscapeError(f"{what} is a finite number, not {str(given)[:40]!r}.")
    return float(given)


def _only(given: Mapping[str, Any], fields: set[str], what: str) -> None:
    if odd := sorted(set(given) - fields):
        raise ZscapeError(f"{what} has no field {odd[0]!r}.")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")


def _plain(key: Key | NumberKey) -> dict[str, Any]:
    easing = key.easing
    if isinstance(easing, Measured):
        return {"time": key.time, "easing": {"shares": list(easing.shares)}}
    plain = [easing.x1, easing.y1, easing.x2, easing.y2] if isinstance(easing, Curve) else easing
    return {"time": key.time, "easing": plain}
