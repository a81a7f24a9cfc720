"""The thumbnails on a pad: drawn by the renderer, a few at a time, while nothing moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QImage, QPainter, QPixmap

from zscape.app.state.session import Session
from zscape.app.widgets.pad.ground import Tiles
from zscape.app.widgets.pad.pad import PadWidget
from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import drawn_by, image_of
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import show_menu
from zscape.models.sweeps.single import Gallery

if TYPE_CHECKING:
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.pad_sheet import PadSheet

CHANNEL = "pad thumbnails"
REST_MS = 120
"""Milliseconds without other requests before they are drawn."""
PART_SECONDS = 0.02
"""The longest time to draw one part, so that the picture that is dragged can be drawn in between."""


class Thumbnails(QObject):
    """Draws the sheet `wanted`. changed(): there are new thumbnails. tiles: those available, also of the last sheet."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tiles: Tiles | None = None
        self.wanted: PadSheet | None = None
        self._shown: tuple[PadSheet, Sequence[Recipe], Space] | None = None  # what the tiles show
        self._drawn = 0  # how many of the wanted ones are drawn
        self._recipes: Sequence[Recipe] = ()
        self._places: list[tuple[float, float] | None] = []
        self._asked = (-1, 0, 0)  # request, first tile, count
        self._part = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask)
        context.renderer.frame_ready.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether the wanted thumbnails are not complete yet."""
        return self.wanted is not None and self._drawn < self.wanted.rows * self.wanted.columns

    def show(self, sheet: PadSheet | None) -> None:
        """Request the thumbnails of `sheet`, None for none."""
        if sheet == self.wanted:
            return
        self.wanted, self._drawn, self._asked = sheet, 0, (-1, 0, 0)
        self.context.renderer.forget(CHANNEL)
        if sheet is None:
            self._later.stop()
            self._clear()
        else:
            self._part = sheet.columns
            self._later.start(REST_MS)

    def forget(self) -> None:
        """Request the next sheet again, even if unchanged."""
        self._later.stop()
        self.context.renderer.forget(CHANNEL)
        self.wanted, self._drawn, self._asked = None, 0, (-1, 0, 0)

    def clear(self) -> None:
        """Remove the thumbnails of the last model."""
        self.forget()
        self._clear()

    def tile(self, number: int) -> Tile:
        """One of the shown thumbnails."""
        assert self.tiles is not None
        assert self._shown is not None
        sheet, recipes, space = self._shown
        return Tile(recipes[number], self.tiles.picture(number), sheet.caption(number, recipes[number], space))

    def _clear(self) -> None:
        self._shown = None
        if self.tiles is not None:
            self.tiles = None
            self.changed.emit()

    def _ask(self) -> None:
        """Request the next few, once nothing moves."""
        sheet, space = self.wanted, self.context.session.space
        rest = self.context.jobs.seconds_to_quiet()
        if sheet is None or space is None:
            return
        if rest > 0:
            self._later.start(math.ceil(1000 * rest))
            return
        if not self._drawn:
            self._recipes = sheet.recipes(space)
        some = self._recipes[self._drawn : self._drawn + self._part]
        request = self.context.renderer.request(CHANNEL, Gallery(some[0], tuple(some[1:])))
        self._asked = request, self._drawn, len(some)

    def _take(self, frame: Frame) -> None:
        sheet, (request, first, count) = self.wanted, self._asked
        if frame.channel != CHANNEL or frame.request != request or frame.model is not self.context.session.model:
            return
        if sheet is None or not frame.complete:
            return
        if first == 0:
            self._begin(sheet, frame)
        assert self.tiles is not None
        with QPainter(self.tiles.sheet) as painter:
            _, height, width, _ = frame.images.shape
            for number in range(first, first + count):
                row, column = divmod(number, sheet.columns)
                painter.drawImage(column * width, row * height, image_of(frame.images[number - first : number - first + 1], 1))
                self.tiles.places[number] = self._places[number]
        self.changed.emit()
        again = self._drawn > first  # the exact ones after a draft
        self._drawn = first + count
        if self.busy and not again:
            fast = PART_SECONDS / max(1e-6, frame.seconds / count)
            self._part = max(1, min(int(fast), 4 * self._part))
            self._later.start(0)

    def _begin(self, sheet: PadSheet, frame: Frame) -> None:
        """The first of them have arrived: remove those of the last sheet."""
        _, height, width, _ = frame.images.shape
        picture = QImage(sheet.columns * width, sheet.rows * height, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.black)
        near = 1e-6 * sheet.view[2]
        self._places = [each if math.dist(sheet.pad.within(each), each) <= near else None for each in sheet.places()]
        places: list[tuple[float, float] | None] = [None] * len(self._places)
        self.tiles = Tiles(drawn_by(picture, frame.model.spec), sheet.columns, places, sheet.view[2] / sheet.columns)
        self._shown = sheet, self._recipes, frame.model.space


def connect_tiles(session: Session, pad: PadWidget, thumbnails: Thumbnails) -> None:
    """Give the thumbnails on `pad` the behaviour of a sheet's tiles: the panel about them, the menu, and dragging."""

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
