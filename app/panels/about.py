"""The About this tile panel: the tile under the mouse, and its actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from zscape.app.panels.base import Panel
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.pictures.pixels import Pixels
from zscape.app.work.context import Context
from zscape.app.work.rest import RestingPointer
from zscape.app.work.tile_actions import OF_ANY_VIEW, TILE_ACTIONS, Tile, TileAction
from zscape.app.work.tiles import same_weights, tool_for
from zscape.app.work.use_button import UseButton
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

HINT = "Point at a tile to see what it is."
SIDE, SMALL = 84, 64
"""The side of the picture, and its side in a narrow panel: a 28-pixel digit three or two times, or 64 pixels unscaled."""
TALL = 40
"""The height of a button with a word below its icon."""
NARROW = 248
"""The width of the panel below which the large picture would leave too little space for the facts."""

TIPS = {
    "Class": "What is drawn",
    "Seed": "The number that the latent was drawn from; stored: a latent that has no seed",
    "Length": "The length of the latent, |z|: about 8 with 64 numbers. Shorter is more average, longer more unusual",
    "Trunc.": "Truncation, a factor on the latent: below 1 pictures are more typical, above 1 more unusual",
}
"""The tooltips of a tile's facts, by the first word of their names."""


class AboutPanel(Panel):
    """The last tile that was pointed at: class, seed, norm, truncation, actions. Tiles that the mouse crosses on its way to the
    panel change nothing.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tile: Tile | None = None
        self._model: Model | None = None  # the model of the tile
        self.top = QWidget()
        top = QHBoxLayout(self.top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        self.picture = Pixels()
        self.picture.setFixedSize(SIDE, SIDE)
        self.facts = QFormLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setHorizontalSpacing(8)
        self.facts.setVerticalSpacing(2)
        self.values: dict[str, Elided] = {}
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self.facts, 1)
        self.column.addWidget(self.top)
        self.top.hide()
        self.words = QLabel(HINT)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "small")
        self.column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.buttons = {name: tool_for(TILE_ACTIONS[name], partial(self._run, TILE_ACTIONS[name])) for name in OF_ANY_VIEW}
        for name, button in self.buttons.items():
            button.setText(TILE_ACTIONS[name].short)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setProperty("role", "under")
            button.setFixedHeight(TALL)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.column.addLayout(row)
        self.use = UseButton(self._run)
        self.column.addWidget(self.use)
        self._enable(False)
        self.column.addStretch(1)
        self._pointer = RestingPointer(self._show, self)
        self.session.tile_pointed.connect(self._point)
        self.session.model_changed.connect(self._pointer.forget)  # a pending tile was drawn by the previous model

    def _enable(self, on: bool) -> None:
        for button in (*self.buttons.values(), self.use):
            grey(button, "" if on else "Put the mouse on a picture first")

    def _run(self, action: TileAction) -> None:
        if self.tile is not None:
            action.run(self.session, self.tile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = SMALL if self.width() < NARROW else SIDE
        if self.picture.width() != side:
            self.picture.setFixedSize(side, side)

    def refresh(self) -> None:
        if self.tile is not None and same_weights(self._model, self.session.model):
            self._show(self.tile)
        else:
            self._forget()

    def _point(self, tile: Tile | None) -> None:
        if tile is not None and self.tile is None:
            self._pointer.tell_now(tile)  # there is no shown tile to keep
        else:
            self._pointer.point(tile)

    def _forget(self) -> None:
        """The tile was drawn by a model that is no longer open: remove it."""
        self.tile = None
        self._pointer.forget()
        self.top.hide()
        self.words.setText(HINT)
        self._enable(False)

    def _show(self, tile: Tile) -> None:
        space = self.session.space
        if space is None:
            return
        from zscape.models.errors import ZscapeError

        try:
            facts = facts_of(tile.recipe, space)
        except ZscapeError:  # it was pointed at before a model of another kind was opened
            self._forget()
            return
        self.tile, self._model = tile, self.session.model
        self.top.show()
        self.picture.show_picture(tile.image)
        self._list(facts)
        self.words.setText(tile.caption)
        self._enable(True)
        self.use.suit(space)

    def _list(self, facts: dict[str, str]) -> None:
        if list(facts) != list(self.values):
            while self.facts.rowCount():
                self.facts.removeRow(0)
            self.values = {}
            for name in facts:
                value = self.values[name] = Elided("")
                value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label = QLabel(name)
                label.setProperty("role", "dim")
                label.setToolTip(TIPS.get(name.split(" ")[0], ""))
                self.facts.addRow(label, value)
        for name, text in facts.items():
            self.values[name].show_text(text)
            self.values[name].setToolTip(text)


def facts_of(recipe: Recipe, space: Space) -> dict[str, str]:
    """What a recipe says about each input of a model: name -> text. Raises ZscapeError if it does not fit the model."""
    import numpy as np

    space.check(recipe)
    facts: dict[str, str] = {}
    for each in space.said_by(recipe):
        value = recipe.value(each)
        if isinstance(each, Classes):
            facts[_named("Class", each, space)] = each.describe(value)
        elif isinstance(value, LatentValue) and isinstance(each, Latent):
            seeds = "stored" if value.numbers is not None else " + ".join(str(seed) for seed, _ in value.seeds)
            edited = " edited" if value.coordinates or value.moves else ""
            facts[_named("Seed", each, space)] = seeds + edited
            facts[_named("Length", each, space)] = f"{float(np.linalg.norm(each.row(value, space))):.2f}"
            facts[_named("Trunc.", each, space)] = f"{value.truncation:.2f}"
        elif words := each.describe(value):
            facts[each.name] = words
    return facts


def _named(fact: str, each: Input, space: Space) -> str:
    """The fact's name, with the input's name if the model has several of its kind."""
    return f"{fact} {each.name}" if len(space.every(type(each))) > 1 else fact
