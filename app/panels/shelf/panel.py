"""The shelf panel: points the user has kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QMenu, QPushButton, QWidget

from zscape.app.panels.base import Panel
from zscape.app.panels.shelf.chooser import ShelfChooser
from zscape.app.panels.shelf.elsewhere import ElsewhereButton
from zscape.app.state.shelf_state import ShelfState, moved_to, tagged
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.controls.search_field import search_field
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.keyed import keys_of
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.widgets.pictures.thumbs import Thumbs
from zscape.app.widgets.pictures.thumbs_area import ThumbsArea
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import Tile
from zscape.app.work.tiles import show_menu
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe

CHANNEL = "shelf"
NOTHING = "No point on this shelf has these words."


class ShelfPanel(Panel):
    """Thumbnails of scene.shelf, or of its points that match the search."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.chooser = ShelfChooser(self.session)
        self.search = search_field(
            "Find", "Find on the shelf", "Shows only the points whose tags, class or seed have these words"
        )
        self.search.textChanged.connect(self.refresh)
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.chooser)
        head.addWidget(self.search, 1)
        self.column.addWidget(self.head)
        self.thumbs = Thumbs("")
        self.area = ThumbsArea(self.thumbs)
        self.column.addWidget(self.area, 1)
        self.elsewhere = ElsewhereButton(self.session)
        self.column.addWidget(self.elsewhere)
        self.animate = QPushButton("Animate the shelf…")
        self.animate.setToolTip("Play the kept points, one after the other")
        self.animate.setAccessibleName("Animate the shelf")
        self.animate.clicked.connect(self.session.animation_requested)
        self.column.addWidget(self.animate)
        self._asked: tuple[object, tuple[Recipe, ...]] = (None, ())
        self._places: list[int] = []  # the indices on the shelf of the thumbnails
        self._captions: tuple[str, ...] = ()
        self._tags: tuple[str, ...] = ()
        self.thumbs.clicked.connect(lambda place: self.session.edit_point("go to a kept point", self._point_at(place)))
        self.thumbs.removed.connect(self._remove)
        self.thumbs.moved.connect(self._move)
        self.thumbs.dropped.connect(self._insert)
        self.thumbs.hovered.connect(self._point)
        self.thumbs.menu_asked.connect(self._menu)
        context.renderer.frame_ready.connect(self._take_frame)
        self._seen: tuple[object, ...] = ()  # the state at the last refresh
        self.refresh()

    @property
    def _shelf(self) -> tuple[Recipe, ...]:
        return self.session.scene.shelf

    @staticmethod
    def _words() -> str:
        keys = keys_of("keep")
        how = f"Press {keys}" if keys else "Use Edit > Keep point"
        return f"{how} to keep the point you are looking at, or drag any tile here."

    def refresh(self) -> None:
        shelf, state = self._shelf, self.session.scene.view(ShelfState)
        seen = (shelf, state, self.session.kept_elsewhere, self.session.model, self.search.text(), keys_of("keep"))
        if seen == self._seen:  # unchanged, as at each move of a slider, which a full shelf must not slow down
            return
        self._seen = seen
        self.chooser.refresh()
        self.elsewhere.refresh()
        if state.used_tags != self._tags:
            self._tags = state.used_tags
            completer = QCompleter(list(self._tags), self.search)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.search.setCompleter(completer)
        self._places = self._found()
        searching = bool(shelf) and not self._places
        self.thumbs.words = NOTHING if searching else self._words()
        self.thumbs.update()
        before, now = self.thumbs.recipes, [shelf[place] for place in self._places]
        self.thumbs.show_recipes(now)
        known = set(before)
        if before and len(came := [place for place, each in enumerate(now) if each not in known]) == 1:
            QTimer.singleShot(0, self, partial(self._reveal, came[0]))  # after the thumbnails have their height
        self.thumbs.show_marks([bool(state.tags_of(shelf[place])) for place in self._places])
        self._say_captions()
        # With a single point neither is needed: the panel stays small.
        self.head.setVisible(len(shelf) > 1 or len(state.names) > 1 or bool(self.search.text()))
        self.animate.setVisible(len(shelf) > 1)
        shown = tuple(self.thumbs.recipes)
        wanted = (self.session.model, shown)
        if wanted == self._asked or self.session.model is None:
            return
        self._asked = wanted
        if shown:
            from zscape.models.sweeps.single import Gallery

            self.context.renderer.request(CHANNEL, Gallery(shown[0], shown[1:]))

    def _reveal(self, place: int) -> None:
        """Scroll to the thumbnail at `place`, so that a new one below the others is visible."""
        if place < len(self.thumbs.recipes):
            middle, side = self.thumbs.rect_of(place).center().toPoint(), self.thumbs.side
            self.area.ensureVisible(middle.x(), middle.y(), side // 2, side // 2 + 4)

    def _found(self) -> list[int]:
        """The indices of the points that contain all words of the search."""
        words = self.search.text().casefold().split()
        if not words:
            return list(range(len(self._shelf)))
        return [place for place, recipe in enumerate(self._shelf) if all(word in self._words_of(recipe) for word in words)]

    def _words_of(self, recipe: Recipe) -> str:
        """The text of a point that is searched."""
        space = self.session.space
        said = [each.describe(recipe.value(each)) for each in space.inputs] if space is not None and space.takes(recipe) else []
        return " ".join([*said, *self.session.scene.view(ShelfState).tags_of(recipe)]).casefold()

    def _take_frame(self, frame: Frame) -> None:
        shown = tuple(self.thumbs.recipes)
        if frame.channel != CHANNEL or frame.model is not self.session.model or tuple(frame.points.recipes) != shown:
            return
        self._captions = tuple(frame.caption(place) for place in range(len(shown)))
        self.thumbs.show_pictures([image_of(frame.images[place : place + 1], 1) for place in range(len(shown))], self._captions)
        self._say_captions()

    def _say_captions(self) -> None:
        """Set the caption of each thumbnail, with its tags."""
        state, given = self.session.scene.view(ShelfState), self._captions
        if len(given) == len(self.thumbs.recipes):
            tags = [", ".join(state.tags_of(recipe)) for recipe in self.thumbs.recipes]
            self.thumbs.captions = [f"{words}: {tag}" if tag else words for words, tag in zip(given, tags, strict=True)]

    def _point_at(self, place: int) -> Recipe:
        return self.thumbs.recipes[place]

    def _tile(self, place: int) -> Tile:
        caption = self.thumbs.captions[place] if place < len(self.thumbs.captions) else ""
        return Tile(self._point_at(place), self.thumbs.picture(place), caption)

    def _point(self, place: int) -> None:
        self.session.tile_pointed.emit(self._tile(place) if place >= 0 else None)

    def _menu(self, place: int, where: QPoint) -> None:
        recipe = self._point_at(place)

        def add(menu: QMenu) -> None:
            menu.addAction("Tags…", partial(self._ask_tags, recipe)).setToolTip("Words to find this point by")
            others = menu.addMenu("Move to shelf")
            for name, _ in self.session.scene.view(ShelfState).others:
                others.addAction(menu_words(others, name), partial(self._move_to, recipe, name))
            grey(others, "There is no other shelf: make one first" if others.isEmpty() else "")

        show_menu(self.session, self._tile(place), where, self, add)

    def _ask_tags(self, recipe: Recipe) -> None:
        before = ", ".join(self.session.scene.view(ShelfState).tags_of(recipe))
        words = ask_words(self, "Tags", "Tags to find the point by, separated by commas:", "Save", before)
        if words is not None:
            self.tag(recipe, words)

    def tag(self, recipe: Recipe, words: str) -> None:
        """Replace the tags of a kept point by those in `words`, separated by commas."""
        try:
            self.session.edit("tag a point", tagged(self.session.scene, recipe, words.split(",")))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)

    def _move_to(self, recipe: Recipe, name: str) -> None:
        self.session.edit("move to another shelf", moved_to(self.session.scene, recipe, name))

    def _remove(self, place: int) -> None:
        gone = self._point_at(place)
        self._edit("remove from the shelf", (each for each in self._shelf if each != gone))

    def _move(self, source: int, target: int) -> None:
        """Move the thumbnail at `source` before the one that is then at `target`."""
        moved, shelf = self._point_at(source), list(self._shelf)
        shown = [each for each in self.thumbs.recipes if each != moved]
        shelf.remove(moved)
        shelf.insert(shelf.index(shown[target]) if target < len(shown) else shelf.index(shown[-1]) + 1 if shown else 0, moved)
        self._edit("move on the shelf", shelf)

    def _insert(self, recipe: Recipe, place: int) -> None:
        if recipe in self._shelf:
            self.session.keep(recipe)
        else:
            at = self._places[place] if place < len(self._places) else len(self._shelf)
            self._edit("keep", (*self._shelf[:at], recipe, *self._shelf[at:]))

    def _edit(self, label: str, shelf: Iterable[Recipe]) -> None:
        self.session.edit_shelf(label, shelf)
        self.refresh()  # at once, because the next click refers to what is shown then
