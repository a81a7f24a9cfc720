"""The sheet on the right: the same points, drawn by another model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage

from zscape.app.state.clipboard import recipe_json
from zscape.app.widgets.pictures.dragged_tile import PNG_RECIPE
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.models.inputs.recipe import Recipe


class OtherSheet(Sheet):
    """Its tiles stand for points of the open model, even if the other model was given converted ones.

    sources: those points. drawn_by: the name of that model, "" for the open one.
    """

    sources: Sequence[Recipe] = ()
    drawn_by = ""

    def recipe(self, tile: int) -> Recipe:
        return self.sources[tile] if tile < len(self.sources) else super().recipe(tile)

    def tile_image(self, tile: int) -> QImage:
        """Its picture with the recipe given to the model that drew it: a file of it is opened in that model."""
        image = super().tile_image(tile)
        image.setText(PNG_RECIPE, recipe_json(super().recipe(tile)))
        return image

    def caption(self, tile: int) -> str:
        words = super().caption(tile)
        return f"{words}, drawn by {self.drawn_by}" if self.drawn_by else words
