"""The kinds of heat maps that a model can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.data.data_of_model import own_data
from zscape.models.evaluation.reference_classifier import classifier_file
from zscape.models.files.checkpoint import Model
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent import Latent

PRIOR, DATA, OPINION, CERTAINTY, ATTRIBUTE = "prior", "data", "discriminator", "certainty", "attribute "


@dataclass(frozen=True)
class Choice:
    """One kind of heat map. name: in sessions. label: in lists. tip: its meaning. unit: of its numbers.

    lacks: why the model cannot have it, "" if it can. reversed: whether small numbers are the interesting ones.
    """

    name: str
    label: str
    tip: str
    unit: str = ""
    lacks: str = ""
    reversed: bool = False


def choices(model: Model) -> tuple[Choice, ...]:
    """Return every kind, including those that `model` cannot have."""
    space, spec = model.space, model.spec
    latent = space.first(Latent)
    no_latent = "" if latent else "The model has no latent"
    no_data = no_latent or (
        f"It needs an encoder, and {spec.name} has none"
        if model.encoder is None
        else ""
        if own_data(spec)
        else f"It needs the pictures that {spec.name} was trained on ({spec.data or 'unknown'}), which are not here"
    )
    found = [
        Choice(PRIOR, "Density of the prior", "How probable the latent is among those that are drawn at random", "log density",
               no_latent),
        Choice(DATA, "Density of the data", "How near the training pictures are, found by the encoder",
               "distance", no_data, reversed=True),
        Choice(OPINION, "Discriminator's opinion", "How real the picture looks to the network that judged it in training",
               "logit", "" if model.discriminator else f"{spec.name} keeps no discriminator"),
        Choice(CERTAINTY, "Certainty of the class", "How sure a classifier of real pictures is of what is drawn",
               "probability", "" if classifier_file(spec.class_names, spec.image_shape)
               else f"There is no classifier for the classes of {spec.name}"),
    ]  # fmt: skip
    return (*found, *attributes(model.directions))


def attributes(directions: Sequence[Direction]) -> list[Choice]:
    """Return a choice for each attribute that directions know: measured on pictures first, then estimated from the latent."""
    measured, estimated = [], []
    for each in directions:
        name = ATTRIBUTE + each.name
        if each.name in ATTRIBUTES:
            measured.append(Choice(name, each.name.capitalize(), f"{each.name}, measured on the picture", ""))
        elif normal_of(each) is not None:
            tip = f"{each.name}, as far as the latent tells: estimated by the regression that found its direction"
            estimated.append(Choice(name, each.name.capitalize(), tip, each.unit))
    return measured + estimated


def normal_of(direction: Direction) -> np.ndarray | None:
    """Return how much each coordinate raises the direction's attribute, in its standard deviations: [S]; None if not known."""
    normal, deviation = direction.provenance.get("normal"), direction.provenance.get("sd")
    if not isinstance(normal, Sequence) or len(normal) != len(direction.vector) or not deviation:
        return None
    return np.asarray(normal, np.float64) / float(deviation)
