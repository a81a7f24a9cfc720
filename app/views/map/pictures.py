"""The pictures of a collection as tiles: images, captions, points."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.work.tile_actions import Tile
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.maps.collection import Collection, recipes_of

DRAGGED = 56


class Pictures:
    """The pictures of one collection. space: that of its model."""

    def __init__(self, collection: Collection, space: Space) -> None:
        self.collection = collection
        self._format = QImage.Format.Format_Grayscale8 if collection.images.shape[3] == 1 else QImage.Format.Format_RGB888
        self._recipe: Callable[[int], Recipe] | None = None
        try:
            self._recipe = recipes_of(collection, space)
            self.unknown = ""
        except ZscapeError as error:
            self.unknown = str(error)

    def image(self, place: int) -> QImage:
        """The picture at `place`; it shares the memory of the collection, which must exist as long."""
        pixels = self.collection.images[place]
        height, width, channels = pixels.shape
        return QImage(pixels.data, width, height, width * channels, self._format)

    def recipe(self, place: int) -> Recipe | None:
        """Its point, None if unknown."""
        return self._recipe(place) if self._recipe is not None else None

    def caption(self, place: int, attribute: str = "") -> str:
        """Its class; below that the requested attribute."""
        names = self.collection.class_names
        words = f"picture {place}" if names == ("all",) else self.collection.label(place)
        values = self.collection.attributes.get(attribute)
        return words if values is None else f"{words}\n{attribute} {values[place]:.3g}"

    def tile(self, place: int) -> Tile | None:
        """The tile with its point, None if the point is unknown."""
        recipe = self.recipe(place)
        return None if recipe is None else Tile(recipe, self.image(place).copy(), self.caption(place))


def drag(source: QWidget, tile: Tile) -> None:
    """Let the user drag `tile` to the shelf, a slot, the timeline, or another program."""
    drag = QDrag(source)
    drag.setMimeData(DraggedTile(tile.recipe, tile.image, tile.caption))
    drag.setPixmap(QPixmap.fromImage(tile.image.scaled(DRAGGED, DRAGGED)))
    drag.exec(Qt.DropAction.CopyAction)
