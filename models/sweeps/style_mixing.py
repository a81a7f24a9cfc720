"""Style mixing: style layers of some points replaced by those of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.styles import ZONES, Styles, StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, caption


@dataclass(frozen=True)
class StyleMixing(Sweep):
    """A table: the points of the first column, each with `layers` of the styles taken from the points of the first row.

    T. Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 3.1 and figure 3.
    The first row and column show the points themselves, the corner the mean style (of the class, if there are classes). The
    centre is the first point of the column; a point without a class takes that of the centre.

    sources: the other points of the first column. donors: those of the first row. layers: numbers of layers; () for those of
    `zone`. weight: how far the layers are replaced, 1 for entirely.
    """

    sources: tuple[Recipe, ...] = ()
    donors: tuple[Recipe, ...] = ()
    zone: str = ZONES[0]
    layers: tuple[int, ...] = ()
    weight: float = 1.0

    def shape(self, space: Space) -> tuple[int, int]:
        return len(self.sources) + 2, len(self.donors) + 1

    def chosen(self, styles: Styles) -> tuple[int, ...]:
        """Return the numbers of the layers that are replaced."""
        return self.layers or styles.zone(self.zone)

    def recipes(self, space: Space) -> Sequence[Recipe]:
        styles = space.styles
        if styles is None:
            raise ZscapeError("Style mixing needs a model with styles, such as a StyleGAN2: this one has none.")
        layers = self.chosen(styles)
        sources, donors = ([self._of_class(each, space) for each in some] for some in (self.sources, self.donors))
        mean = self.centre.with_value(styles.name, StylesValue(truncation=0.0))
        found = [mean, *donors]
        for source in (self.centre, *sources):
            value = source.value(styles)
            assert isinstance(value, StylesValue)
            found.append(source)
            found += [source.with_value(styles.name, value.with_mix(layers, each, self.weight)) for each in donors]
        return tuple(found)

    def _of_class(self, recipe: Recipe, space: Space) -> Recipe:
        """Return `recipe`, in the centre's classes if it has none itself."""
        classes = {each.name: self.centre.value(each) for each in space.every(Classes) if recipe.get(each.name) is None}
        return recipe.with_values(classes)

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        row, column = divmod(index, len(self.donors) + 1)
        if not row and not column:
            return f"{caption(recipe, space)}, the mean style"
        if not row or not column:
            return f"{caption(recipe, space)}, {'takes layers' if row else 'gives layers'}"
        return f"{caption(recipe, space)}, layers of column {column}"
