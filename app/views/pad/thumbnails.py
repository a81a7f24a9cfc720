"""The thumbnails on a pad: drawn by the renderer once nothing has moved for a while."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QPixmap

from zscape.app.state.session import Session
from zscape.app.widgets.dragged_tile import DraggedTile
from zscape.app.widgets.frame import Frame
from zscape.app.widgets.pad.ground import Tiles
from zscape.app.widgets.pad.pad import PadWidget
from zscape.app.widgets.pixels import to_image
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import show_menu
from zscape.models.sweeps.pad_sheet import PadSheet

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

CHANNEL = "pad thumbnails"
REST_MS = 120


class Thumbnails(QObject):
    """Draws the sheet that is wanted. changed(): there are other thumbnails. tiles: those there are, also of the last sheet."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tiles: Tiles | None = None
        self._frame: Frame | None = None
        self._wanted: PadSheet | None = None
        self._drawn: tuple[Model, PadSheet] | None = None
        self._asked = -1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self._ask)
        context.renderer.frame_ready.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether those that are wanted are not there yet."""
        return self._wanted is not None and self._drawn != (self.context.session.model, self._wanted)

    def show(self, sheet: PadSheet | None) -> None:
        """Have the thumbnails of `sheet`, None for none."""
        if sheet == self._wanted:
            return
        self._wanted = sheet
        self._later.stop()
        if sheet is None:
            self._clear()
        elif self.busy:
            self._later.start()

    def forget(self) -> None:
        """Another model is open, or nothing is seen: those that are wanted are asked for anew."""
        self._later.stop()
        self.context.renderer.forget(CHANNEL)
        self._wanted, self._drawn, self._asked = None, None, -1

    def clear(self) -> None:
        """Show none of the last model's."""
        self.forget()
        self._clear()

    def tile(self, number: int) -> Tile:
        """One of those that are shown."""
        assert self.tiles is not None
        assert self._frame is not None
        return Tile(self._frame.recipe(number), self.tiles.picture(number), self._frame.caption(number))

    def _clear(self) -> None:
        self._drawn = self._frame = None
        if self.tiles is not None:
            self.tiles = None
            self.changed.emit()

    def _ask(self) -> None:
        if self._wanted is not None and self.context.session.model is not None:
            self._asked = self.context.renderer.request(CHANNEL, self._wanted)

    def _take(self, frame: Frame) -> None:
        model = self.context.session.model
        if frame.channel != CHANNEL or frame.request != self._asked or frame.model is not model or not frame.complete:
            return
        sheet = frame.sweep
        assert isinstance(sheet, PadSheet)
        if not frame.draft:
            self._drawn = frame.model, sheet
        self._frame = frame
        near = 1e-6 * sheet.view[2]
        places = [each if math.dist(sheet.pad.within(each), each) <= near else None for each in sheet.places()]
        self.tiles = Tiles(to_image(frame.pixels), sheet.columns, places, sheet.view[2] / sheet.columns)
        self.changed.emit()


def connect_tiles(session: Session, pad: PadWidget, thumbnails: Thumbnails) -> None:
    """Give the thumbnails on `pad` what tiles of a sheet have: the panel about them, the menu, and that they can be dragged."""

    def point(number: int) -> None:
        session.tile_pointed.emit(thumbnails.tile(number) if number >= 0 else None)

    def drag_out(number: int) -> None:
        tile = thumbnails.tile(number)
        drag = QDrag(pad)
        drag.setMimeData(DraggedTile(tile.recipe, tile.image, tile.caption))
        drag.setPixmap(QPixmap.fromImage(tile.image.scaled(56, 56)))
        drag.exec(Qt.DropAction.CopyAction)

    pad.hovered.connect(point)
    pad.menu_asked.connect(lambda number, place: show_menu(session, thumbnails.tile(number), place, pad))
    pad.dragged_out.connect(drag_out)
