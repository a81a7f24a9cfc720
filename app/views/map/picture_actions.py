"""Actions on a single picture of the map: go there, drag it, add it as a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from zscape.app.views.map.pictures import drag
from zscape.app.views.map.shown import ShownMap
from zscape.app.widgets.pictures.pixels import drawn_by
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import same_weights, show_menu
from zscape.models.errors import ZscapeError
from zscape.models.timeline.stops import LEG, append_stop
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.encoding import Encoded


class PictureActions(QObject):
    """The actions on pictures that `shown` has, by index; -1 is none. Errors are shown in one line."""

    def __init__(self, context: Context, shown: ShownMap, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.session, self._shown, self._parent = context, context.session, shown, parent
        self._finding = LatestJob(context.jobs, self)
        self._finds: Model | None = None
        self._finding.finished.connect(self._found)
        self._finding.failed.connect(lambda line: self.session.message.emit(line, True))

    def go(self, place: int) -> None:
        """Make the picture at `place` the current point; if its point is unknown, the encoder finds it."""
        pictures, model = self._shown.pictures, self.session.model
        if pictures is None or place < 0:
            return
        recipe = pictures.recipe(place)
        if recipe is not None:
            self.session.edit_point("go to a picture on the map", recipe)
        elif model is not None and model.encoder is not None:
            from zscape.models.inference.encoding import encode

            images = pictures.collection.images[place : place + 1]
            self._finds = model
            self._finding.start("Find a picture", partial(encode, model, images, device=self.session.device or "auto"))
        else:
            self.session.message.emit(pictures.unknown, True)

    def _found(self, encoded: Encoded) -> None:
        if self.session.space is not None and same_weights(self._finds, self.session.model):  # else another model was opened
            self.session.edit_point("go to a picture on the map", encoded.recipes(self.session.space)[0])

    def point_at(self, place: int) -> None:
        """The mouse is on the picture."""
        self.session.tile_pointed.emit(self._tile(place))

    def drag(self, source: QWidget, place: int) -> None:
        """Drag the picture out of `source`."""
        tile = self._tile(place)
        if tile is not None:
            drag(source, tile)

    def show_menu(self, place: int, where: QPoint) -> None:
        """Show the picture's menu, at `where` on the screen."""
        tile = self._tile(place)
        if tile is not None:

            def add(menu: QMenu) -> None:
                key = menu.addAction("Add to the timeline", partial(self.add_key, place))
                key.setToolTip("A key at this point, after the last")

            show_menu(self.session, tile, where, self._parent, add)

    def add_key(self, place: int) -> None:
        """Add the picture at `place` as a key of the timeline, after the last one."""
        space, recipe = self.session.space, self._shown.pictures.recipe(place) if self._shown.pictures else None
        if space is None or recipe is None:
            return
        try:
            line = self.session.scene.timeline or Timeline(LEG, recipe)
            self.session.edit_timeline("add a key", append_stop(line, recipe, space))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)

    def _tile(self, place: int) -> Tile | None:
        tile = self._shown.pictures.tile(place) if self._shown.pictures is not None and place >= 0 else None
        if tile is not None and self.session.model is not None:
            drawn_by(tile.image, self.session.model.spec)  # it is for this model, whoever drew it
        return tile
