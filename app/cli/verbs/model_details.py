"""The output of `zscape models NAME`: inputs, how the model was made, and its measures with their conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from zscape.models.inputs import Classes, Latent

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec

WIDTH = 100
INDENT = "  "
KEYS = 26
"""The width of the names on the left, in terminal columns."""
NAMED = 12
"""The most classes that are listed."""


def pictures_of(spec: Spec) -> str:
    """The size and the colours of a model's pictures: "28x28 grey"."""
    channels, height, width = spec.image_shape
    return f"{width}x{height} {'grey' if channels == 1 else 'colour'}"


def details(spec: Spec, parts: frozenset[str]) -> Iterator[str]:
    """Lines of at most 100 columns. parts: the networks in the file (generator, encoder, discriminator)."""
    yield from _section("Model", _facts(spec, parts))
    yield from _section("How it was made", _making(spec))
    if not spec.measures:
        yield from ("Measures", f"{INDENT}none yet: `zscape evaluate --record` takes them", "")
        return

    from zscape.models.files.measure_names import label_of, value_text

    yield "Measures"
    for name, value in spec.measures.items():
        yield f"{INDENT}{label_of(name)}: {value_text(name, value)}"
        yield from _wrapped(spec.notes.get(name, ""), INDENT * 3)


def _facts(spec: Spec, parts: frozenset[str]) -> dict[str, str]:
    return {
        "family": spec.family,
        "pictures": f"{pictures_of(spec)}, {'strokes' if spec.subject == 'glyph' else 'objects'}",
        **_inputs(spec),
        "attribute coordinates": ", ".join(f"{name} (z {place})" for name, place in spec.coordinates.items()),
        "encoder": "yes" if "encoder" in parts else "no: `zscape train-encoder` trains one",
        "discriminator": "yes" if "discriminator" in parts else "no",
        "trained on": spec.data or "not recorded",
        "licence": spec.licence or "not recorded",
    }


def _inputs(spec: Spec) -> dict[str, str]:
    said: dict[str, str] = {}
    for each in spec.inputs:
        if isinstance(each, Classes):
            names = each.labels
            more = f", ... ({len(names)} classes)" if len(names) > NAMED else f" ({len(names)} classes)"
            said[f"input {each.name}"] = ", ".join(names[:NAMED]) + more if len(names) > 1 else "none"
        elif isinstance(each, Latent):
            said[f"input {each.name}"] = f"{each.size} numbers, normally distributed"
        else:
            said[f"input {each.name}"] = each.summary
    return said


def _making(spec: Spec) -> dict[str, str]:
    recorded = spec.recorded
    encoder, training, start = (_mapping(recorded, name) for name in ("encoder", "training", "start"))
    versions = ", ".join(f"{name} {value}" for name, value in _mapping(recorded, "versions").items())
    threads = recorded.get("threads")
    return {
        "command": _text(recorded, "command"),
        "seed": _text(training, "seed"),
        "time": _time(recorded.get("seconds")) + (f" on {threads} thread{'s' * (threads != 1)}" if threads else ""),
        "steps": f"{spec.step:,} ({spec.images:,} images)" if spec.step else "",
        "warm start": f"{start['name']}, step {start.get('step', 0):,}" if "name" in start else "",
        "encoder's command": _text(encoder, "command"),
        "encoder's seed": _text(_mapping(encoder, "settings") or _mapping(encoder, "trained_with"), "seed"),
        "encoder's time": _time(encoder.get("seconds")),
        "versions": versions,
    }


def _section(title: str, facts: Mapping[str, str]) -> Iterator[str]:
    """A title, then a line (or a wrapped paragraph) per fact; facts without a value are left out."""
    yield title
    said = {name: text for name, text in facts.items() if text}
    for name, text in said.items():
        lines = wrap(text, WIDTH - KEYS - len(INDENT), break_on_hyphens=False)
        for number, line in enumerate(lines):
            yield f"{INDENT}{'' if number else name:<{KEYS}}{line}"
    if not said:
        yield f"{INDENT}not recorded"
    yield ""


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _mapping(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = values.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name, ""))


def _time(seconds: object) -> str:
    """Seconds in words, "" if unknown."""
    if not isinstance(seconds, int | float):
        return ""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
