"""The shelf: points a person has kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea

from zscape.app.panels.base import Panel
from zscape.app.widgets.frame import Frame
from zscape.app.widgets.pixels import image_of
from zscape.app.widgets.thumbs import Thumbs
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import show_menu
from zscape.models.inputs.recipe import Recipe

CHANNEL = "shelf"
WORDS = "Press K to keep the point you are looking at, or drag any tile here."


class ShelfPanel(Panel):
    """Thumbnails of scene.shelf."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.thumbs = Thumbs(WORDS)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(72)
        area.setWidget(self.thumbs)
        self.column.addWidget(area, 1)
        self.animate = QPushButton("Animate the shelf…")
        self.animate.setToolTip("Play the kept points, one after the other")
        self.animate.setAccessibleName("Animate the shelf")
        self.animate.clicked.connect(self.session.animation_requested)
        self.column.addWidget(self.animate)
        self._asked: tuple[object, tuple[Recipe, ...]] = (None, ())
        self.thumbs.clicked.connect(lambda place: self.session.edit_point("go to a kept point", self._shelf[place]))
        self.thumbs.removed.connect(self._remove)
        self.thumbs.moved.connect(self._move)
        self.thumbs.dropped.connect(self._insert)
        self.thumbs.hovered.connect(self._point)
        self.thumbs.menu_asked.connect(self._menu)
        context.renderer.frame_ready.connect(self._take_frame)
        self.refresh()

    @property
    def _shelf(self) -> tuple[Recipe, ...]:
        return self.session.scene.shelf

    def refresh(self) -> None:
        self.thumbs.words = "\n".join([WORDS, *map(_elsewhere, self.session.kept_elsewhere)])
        self.thumbs.show_recipes(self._shelf)
        self.animate.setVisible(len(self._shelf) > 1)
        wanted = (self.session.model, self._shelf)
        if wanted == self._asked or self.session.model is None:
            return
        self._asked = wanted
        if self._shelf:
            from zscape.models.sweeps.single import Gallery

            self.context.renderer.request(CHANNEL, Gallery(self._shelf[0], self._shelf[1:]))

    def _take_frame(self, frame: Frame) -> None:
        if frame.channel != CHANNEL or frame.model is not self.session.model or tuple(frame.points.recipes) != self._shelf:
            return
        captions = [frame.caption(place) for place in range(len(self._shelf))]
        self.thumbs.show_pictures([image_of(frame.images[place : place + 1], 1) for place in range(len(self._shelf))], captions)

    def _tile(self, place: int) -> Tile:
        caption = self.thumbs.captions[place] if place < len(self.thumbs.captions) else ""
        return Tile(self._shelf[place], self.thumbs.picture(place), caption)

    def _point(self, place: int) -> None:
        self.session.tile_pointed.emit(self._tile(place) if place >= 0 else None)

    def _menu(self, place: int, where: QPoint) -> None:
        show_menu(self.session, self._tile(place), where, self)

    def _remove(self, place: int) -> None:
        self.session.edit_shelf("remove from the shelf", self._shelf[:place] + self._shelf[place + 1 :])

    def _move(self, source: int, target: int) -> None:
        shelf = list(self._shelf)
        shelf.insert(target, shelf.pop(source))
        self.session.edit_shelf("move on the shelf", shelf)

    def _insert(self, recipe: Recipe, place: int) -> None:
        if recipe in self._shelf:
            self.session.keep(recipe)
        else:
            self.session.edit_shelf("keep", (*self._shelf[:place], recipe, *self._shelf[place:]))


def _elsewhere(kept: tuple[str, int]) -> str:
    """Where points are that a model of another kind has."""
    words, count = kept
    return f"\n{count} kept point{'s' * (count > 1)} of {words}: open it again to see {'them' if count > 1 else 'it'}."
