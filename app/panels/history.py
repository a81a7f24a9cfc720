"""The history panel: the last visited points, latest first; a click goes back."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from zscape.app.panels.base import Panel
from zscape.app.widgets.pictures.thumbs import Thumbs
from zscape.app.widgets.pictures.thumbs_area import ThumbsArea
from zscape.app.work.context import Context
from zscape.app.work.rendering.thumbnails import Thumbnails
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import show_menu

MOST = 24
"""The most points shown."""
SIDE = 34
"""The side of a picture: four fit side by side in a narrow panel, beside its scroll bar."""
WORDS = "Points you have left appear here."


class HistoryPanel(Panel):
    """Thumbnails of the points of the last undo steps."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.thumbs = Thumbs(WORDS, fixed=True, side=SIDE)
        self.thumbs.setAccessibleName("Where you have been")
        self.thumbs.setToolTip("Points you have left, the latest first: click to go back, drag to use one somewhere")
        self.column.addWidget(ThumbsArea(self.thumbs), 1)
        self.pictures = Thumbnails(context, "history", self)
        self.pictures.drawn.connect(self._show_pictures)
        self.thumbs.clicked.connect(lambda place: self.session.edit_point("go back to a point", self.thumbs.recipes[place]))
        self.thumbs.hovered.connect(lambda place: self.session.tile_pointed.emit(self._tile(place) if place >= 0 else None))
        self.thumbs.menu_asked.connect(self._menu)
        self.refresh()

    def refresh(self) -> None:
        space = self.session.space
        been = self.session.visited(MOST)
        # A point moved along an unknown direction cannot be drawn.
        points = tuple(each for each in been if space is None or space.draws(each))
        self.thumbs.show_recipes(points)
        self.pictures.want(points)
        self._show_pictures()

    def _show_pictures(self) -> None:
        points = self.thumbs.recipes
        self.thumbs.show_pictures(
            [self.pictures.picture(each) for each in points], [self.pictures.caption(each) for each in points]
        )

    def _tile(self, place: int) -> Tile:
        recipe = self.thumbs.recipes[place]
        return Tile(recipe, self.thumbs.picture(place), self.pictures.caption(recipe))

    def _menu(self, place: int, where: QPoint) -> None:
        show_menu(self.session, self._tile(place), where, self)
