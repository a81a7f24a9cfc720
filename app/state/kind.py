"""The kind of model that a scene is for: what its recipes give values to."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.inputs.base import Input
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class Kind:
    """The inputs of a model, () while no model has been open.

    The labels of classes are part of it: a point that was set up among digits means nothing among garments. labelled: whether
    they are known; a session of the first format may lack them, and counts stand in.
    """

    inputs: tuple[Input, ...] = ()
    labelled: bool = True

    def akin(self, other: Kind) -> bool:
        """Whether a scene of one may be shown by a model of the other: as far as both say, they are the same."""
        return self._unlabelled() == other._unlabelled() and self.same_classes(other)

    def same_classes(self, other: Kind) -> bool:
        """Whether the classes have the same labels, as far as both say."""
        return not self.labelled or not other.labelled or not self.inputs or not other.inputs or self.labels == other.labels

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each input of classes."""
        return tuple(each.labels for each in self.inputs if isinstance(each, Classes))

    @property
    def space(self) -> Space:
        """The space of its recipes, without directions."""
        return Space(self.inputs)

    def _unlabelled(self) -> tuple[object, ...]:
        return tuple((each.name, len(each.labels)) if isinstance(each, Classes) else each for each in self.inputs)

    def __str__(self) -> str:
        return " and ".join(each.summary for each in self.inputs)


UNKNOWN = Kind()
"""The kind while no model has been open, and that of scenes from files that don't say it."""
