"""The measures of a model with their conditions, and writing them into its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from zscape.models.files.checkpoint import load_tensors, save_tensors
from zscape.models.files.header import KEY, spec_json, spec_of
from zscape.models.files.measure_names import value_text
from zscape.models.files.spec import Spec
from zscape.models.files.tensor_file import read_header


@dataclass(frozen=True)
class Figure:
    """One measure: its name, its value, its value for real pictures (None if there is none), and its conditions."""

    name: str
    value: float
    real: float | None
    conditions: str

    def text(self, value: float | None) -> str:
        """Return `value` as shown for this measure; "" for None."""
        return "" if value is None else value_text(self.name, value)


@dataclass(frozen=True)
class Report:
    """All measures of one model on one data set.

    conditions: those of all measures (samples, truncation, seed, ...) as plain values. left_out: measure -> why it could not be
    computed. seconds: duration.
    """

    model: str
    data: str
    figures: tuple[Figure, ...]
    conditions: Mapping[str, Any]
    left_out: Mapping[str, str]
    seconds: float

    def __getitem__(self, name: str) -> float:
        """Return the value of the measure called `name`."""
        return next(figure.value for figure in self.figures if figure.name == name)

    def plain(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON, with figures by name."""
        figures = {f.name: {"value": f.value, "real": f.real, "conditions": f.conditions} for f in self.figures}
        return {**asdict(self), "figures": figures, "conditions": dict(self.conditions), "left_out": dict(self.left_out)}


def record(path: Path, report: Report) -> Spec:
    """Write the measures, with their conditions, into the model file at `path`; return its spec after that.

    Measures of the same name are replaced and everything else stays, the weights bit for bit. The old file stays until the new
    one is complete. Raises ZscapeError for a file that is not a model or cannot be written.
    """
    header = read_header(path)
    spec = spec_of(path, header)
    changed = replace(
        spec,
        measures={**spec.measures, **{figure.name: figure.value for figure in report.figures}},
        notes={**spec.notes, **{figure.name: _note(figure) for figure in report.figures}},
        recorded={**spec.recorded, "evaluation": {**report.conditions, "seconds": round(report.seconds, 1)}},
    )
    text = spec_json(changed)
    save_tensors(path, load_tensors(path, header), {**header.texts, KEY: text})
    return changed


def _note(figure: Figure) -> str:
    return figure.conditions + (f"; real pictures: {figure.text(figure.real)}" if figure.real is not None else "")
