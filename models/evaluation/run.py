"""One evaluation run: its settings, the pictures compared, and the measures so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.reference_classifier import ReferenceClassifier
from zscape.models.evaluation.report import Figure
from zscape.models.files.checkpoint import Model
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import Points
from zscape.models.inputs.value import check_seed
from zscape.models.progress import Work


@dataclass(frozen=True)
class Settings:
    """The settings of an evaluation.

    samples: number of images drawn, the classes in turn, or, if natural is true, each as often as among the held-out pictures.
    truncation: a factor on z. seed: for the random numbers. inputs, refined: number of held-out pictures on which the encoder is
    measured, before and after `steps` steps of refinement.
    """

    samples: int = 10_000
    truncation: float = 1.0
    seed: int = 0
    inputs: int = 2000
    refined: int = 600
    steps: int = 100
    natural: bool = False

    def __post_init__(self) -> None:
        if not 100 <= self.samples <= 200_000:
            raise ZscapeError(f"{self.samples} samples are too few or too many: measuring takes from 100 to 200,000.")
        if not 0 < self.truncation <= 10:
            raise ZscapeError(f"A truncation of {self.truncation} is out of range: it must be above 0 and at most 10.")
        check_seed(self.seed)


QUICK = Settings(samples=2000, inputs=200, refined=100)
"""For a quick first look."""


@dataclass(frozen=True, eq=False)
class EvaluationRun:
    """A model and the pictures that it is compared with.

    data: the real pictures, in the model's shape. held_out: those that everything is compared with; others: the baseline, as many
    as the samples or all there are. runner: runs the generator. classifier: the reference classifier or None; unclassified: why
    there is none. figures: the measures so far; left_out: measure -> why it could not be computed.
    """

    model: Model
    runner: GeneratorRunner
    data: Dataset
    held_out: Dataset
    others: Dataset
    settings: Settings
    classifier: ReferenceClassifier | None
    unclassified: str = ""
    figures: list[Figure] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def conditional(self) -> bool:
        """Whether the model has classes at all."""
        return len(self.model.spec.class_names) > 1

    @cached_property
    def classes(self) -> NDArray[np.int64]:
        """The classes that are drawn: those of the held-out pictures."""
        return np.unique(self.held_out.labels) if self.conditional else np.zeros(1, np.int64)

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """The classes of the samples, int64 [samples]."""
        if not (self.settings.natural and self.conditional):
            return np.resize(self.classes, self.settings.samples)
        mixed = np.random.RandomState(self.settings.seed).permutation(self.held_out.labels)
        labels: NDArray[np.int64] = np.resize(mixed, self.settings.samples)
        return labels

    @property
    def missing(self) -> list[str]:
        """The names of the classes without pictures in the held-out part of the data, which are not measured."""
        return [name for k, name in enumerate(self.model.spec.class_names) if self.conditional and k not in self.classes]

    @property
    def balance(self) -> str:
        """How the samples are spread over the classes, in words."""
        if not self.conditional:
            return "no classes"
        if self.settings.natural:
            return "each class in its natural share"
        each, rest = divmod(self.settings.samples, len(self.classes))
        return f"{each:,} a class" if not rest else f"{each:,} or {each + 1:,} a class"

    @property
    def drawn(self) -> str:
        """The conditions of the samples, in words."""
        return f"{self.settings.samples:,} samples ({self.balance}, truncation {self.settings.truncation:g})"

    def add(self, name: str, value: float, real: float | None, conditions: str) -> None:
        """Add a measure. Raises ZscapeError if its value is not finite."""
        if not np.isfinite(value):
            raise ZscapeError(
                f"{self.model.spec.name}: its {name.replace('_', ' ')} is not a finite number; the model is unusable."
            )
        self.figures.append(Figure(name, float(value), None if real is None else float(real), conditions))

    def pictures(self, points: Points, label: str = "Drawing") -> Work[NDArray[np.uint8]]:
        """Draw images uint8 [N, H, W, C] at `points`. Raises ZscapeError if one is not finite."""
        return (yield from drawn(self.runner, points, label))
