"""The real pictures that models are compared with: one fixed split, the same for every model."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.data.data_of_model import data_here, why_not_here
from zscape.models.data.dataset import Dataset
from zscape.models.data.model_classes import taken_by_place, with_classes_of
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.spec import Spec
from zscape.models.training.encoder import HELD_OUT_SEED

HELD_OUT = 10_000
"""Pictures held out at most; of smaller sets a fifth."""
FEWEST = 100
"""On fewer pictures the measures would be noise."""


@dataclass(frozen=True, eq=False)
class Reference:
    """held_out: what everything is compared with. rest: the other real pictures, which reference classifiers are trained on."""

    held_out: Dataset
    rest: Dataset


def reference(data: Dataset) -> Reference:
    """The split of `data`: every class in its share. Raises ZscapeError for fewer than 100 pictures.

    The seed is that of the encoder's training: splits of one seed lie within each other, so that a few held-out pictures
    (`held_out` of a smaller split) were seen neither by an encoder nor by a reference classifier.
    """
    if len(data) < FEWEST:
        raise ZscapeError(f"{data.name} has {len(data)} pictures: measuring takes at least {FEWEST}; choose other data.")
    rest, held_out = data.split(min(HELD_OUT, len(data) // 5), HELD_OUT_SEED)
    return Reference(held_out, rest)


def matched(data: Dataset, spec: Spec) -> Dataset:
    """`data` with the classes of the model of `spec` (see `with_classes_of`)."""
    return with_classes_of(data, spec.class_names, spec.name)


def by_place(data: Dataset, spec: Spec) -> str:
    """What `matched` takes for what where the classes of the data have no names, in a sentence; else ""."""
    return taken_by_place(data.class_names, spec.class_names, data.name, spec.name)


def default_data(spec: Spec) -> Dataset:
    """What the model of `spec` was trained on where that is here, else, for a model of digits, those that come with Zscape.

    Raises ZscapeError if there are none, or they cannot be read.
    """
    if line := why_not_here(spec):
        raise ZscapeError(line)
    return load(data_here(spec))
