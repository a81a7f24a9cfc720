"""The kind of model that a scene is for: the inputs that its recipes set."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class Kind:
    """The inputs of a model, () as long as no model has been opened.

    Class labels are part of it: a point made for digits means nothing for garments. labelled: whether the labels are known. A
    session of the first format may lack them; then only the numbers of classes are compared.
    """

    inputs: tuple[Input, ...] = ()
    labelled: bool = True

    def akin(self, other: Kind) -> bool:
        """Whether a model of one kind may show a scene of the other: they agree in everything that both specify."""
        return self._unlabelled() == other._unlabelled() and self.same_classes(other)

    def same_classes(self, other: Kind) -> bool:
        """Whether the classes have the same labels, as far as both kinds know them."""
        return not self.labelled or not other.labelled or not self.inputs or not other.inputs or self.labels == other.labels

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each class input."""
        return tuple(each.labels for each in self.inputs if isinstance(each, Classes))

    @property
    def space(self) -> Space:
        """The latent space of its recipes, without directions."""
        return Space(self.inputs)

    def _unlabelled(self) -> tuple[object, ...]:
        return tuple((each.name, len(each.labels)) if isinstance(each, Classes) else each for each in self.inputs)

    def __str__(self) -> str:
        return " and ".join(each.summary for each in self.inputs)


UNKNOWN = Kind()
"""The kind before any model is opened, and that of scenes from files that do not specify one."""
