"""Names of measures: those in files, those shown to the user, and those that older files used.

Does not import torch, so that listing models is quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")

FORMER = {
    "encoder_class_found": "encoder_class_accuracy",
    "restyled_as_asked": "restyled_class_accuracy",
    "restyled_as_asked_refined": "restyled_class_accuracy_refined",
}
"""Names in model files before format 2 -> the present names."""

PHRASES = {
    " named as asked by ": " classified by ",
    " and named by ": " and classified by ",
    " judge (": " classifier (",
    "the judge": "the classifier",
    " others as yardstick": " other real pictures as the baseline",
    "the same hand in": "the same style in",
    "class found with the latent": "class inferred together with the latent",
    "class found": "class inferred",
}
"""Wording in the conditions recorded in those files -> the present wording."""

LABELS = {
    "encoder_class_accuracy": "class accuracy of the encoder",
    "restyled_class_accuracy": "class accuracy of restyled images",
    "encoder_mse": "reconstruction error (MSE)",
    "encoder_mse_auto": "reconstruction error (MSE), class inferred",
    "other_classes_mse": "error of the other classes from one picture (MSE)",
    "frechet_distance": "Frechet distance",
    "chi_square": "chi-square of pixel histograms",
    "nearest_neighbour_error": "nearest-neighbour error",
    "variety_least": "variety of the least varied class",
}
"""Names shown to the user, if not derived from the name in the file."""

PERCENTAGES = frozenset(
    {
        "class_accuracy",
        "nearest_neighbour_error",
        "encoder_class_accuracy",
        "restyled_class_accuracy",
        "restyled_class_accuracy_refined",
    }
)
"""Measures that are shown as percentages; all are stored as fractions."""


def current_names(values: Mapping[str, T]) -> dict[str, T]:
    """Return `values` (measures or their notes) under the present names.

    If a file has both names, the present one's value is kept.
    """
    renamed = {FORMER.get(name, name): value for name, value in values.items()}
    return {**renamed, **{name: value for name, value in values.items() if name not in FORMER}}


def current_notes(notes: Mapping[str, str]) -> dict[str, str]:
    """Return the conditions of measures under the present names and in the present wording."""
    return {name: current_words(text) for name, text in current_names(notes).items()}


def current_words(text: str) -> str:
    """Return the recorded conditions `text` in the present wording."""
    for former, present in PHRASES.items():
        text = text.replace(former, present)
    return text


def label_of(name: str) -> str:
    """Return the displayed name of the measure `name`: "slant_kept_refined" gives "slant kept in other classes, refined"."""
    base = name.removesuffix("_refined")
    words = LABELS.get(base)
    if words is None:
        kept = base.removesuffix("_kept")
        words = f"{kept.replace('_', ' ')} kept in other classes" if kept != base else base.replace("_", " ")
    return words if base == name else f"{words}, refined"


def value_text(name: str, value: float) -> str:
    """Return the displayed value of the measure `name`: a percentage, or four significant digits."""
    return f"{value:.2%}" if name in PERCENTAGES else f"{value:.4g}" if abs(value) >= 1e-3 else f"{value:.5f}"
