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
"""Maximum number of pictures held out; of smaller sets a fifth."""
FEWEST = 100
"""With fewer pictures the measures would be noise."""


@dataclass(frozen=True, eq=False)
class Reference:
    """The two parts of the real pictures.

    held_out: those that everything is compared with. rest: the others, on which reference classifiers are trained.
    """

    held_out: Dataset
    rest: Dataset


def reference(data: Dataset) -> Reference:
    """Split `data`, stratified by class. Raises ZscapeError for fewer than 100 pictures.

    The seed is that of the encoder's training. Splits with one seed are nested, so a few held-out pictures (`held_out` of a
    smaller split) were seen neither by an encoder nor by a reference classifier.
    """
    if len(data) < FEWEST:
        raise ZscapeError(f"{data.name} has {len(data)} pictures: measuring takes at least {FEWEST}; choose other data.")
    rest, held_out = data.split(min(HELD_OUT, len(data) // 5), HELD_OUT_SEED)
    return Reference(held_out, rest)


def matched(data: Dataset, spec: Spec) -> Dataset:
    """Return `data` with the classes of the model of `spec` (see `with_classes_of`)."""
    return with_classes_of(data, spec.class_names, spec.name)


def by_place(data: Dataset, spec: Spec) -> str:
    """Return a sentence about the classes that `matched` assigns by order because those of the data have no names; else ""."""
    return taken_by_place(data.class_names, spec.class_names, data.name, spec.name)


def default_data(spec: Spec) -> Dataset:
    """Load the data that the model of `spec` was trained on, or else, for a model of digits, those that come with Zscape.

    Raises ZscapeError if there are none on this machine, or they cannot be read.
    """
    if line := why_not_here(spec):
        raise ZscapeError(line)
    return load(data_here(spec))
