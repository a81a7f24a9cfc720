"""About this tile: what is under the mouse, and everything that can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from zscape.app.panels.base import Panel
from zscape.app.widgets.pixels import Pixels
from zscape.app.work.context import Context
from zscape.app.work.tiles import TILE_ACTIONS, Tile, TileAction, tool_for

SIDE = 84
"""Of the picture: three screen pixels for each of the 28 a digit has."""


class AboutPanel(Panel):
    """The last tile that was pointed at: class, seed, norm, truncation, actions."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tile: Tile | None = None
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
        self.values: dict[str, QLabel] = {}
        for name in ("Class", "Seed", "|z|", "Trunc."):
            self.values[name] = QLabel()
            self.values[name].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.values[name].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = QLabel(name)
            label.setProperty("role", "dim")
            self.facts.addRow(label, self.values[name])
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self.facts, 1)
        self.column.addWidget(self.top)
        self.top.hide()
        self.words = QLabel("Point at any tile to see what it is.")
        self.words.setWordWrap(True)
        self.words.setProperty("role", "small")
        self.column.addWidget(self.words)
        grid = QGridLayout()
        grid.setSpacing(4)
        self.buttons = {name: tool_for(action, partial(self._run, action)) for name, action in TILE_ACTIONS.items()}
        for number, button in enumerate(self.buttons.values()):
            button.setEnabled(False)
            grid.addWidget(button, number // 4, number % 4)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.session.tile_pointed.connect(self._show)

    def _run(self, action: TileAction) -> None:
        if self.tile is not None:
            action.run(self.session, self.tile)

    def refresh(self) -> None:
        if self.tile is not None:
            self._show(self.tile)

    def _show(self, tile: Tile | None) -> None:
        """Show `tile`; None leaves the last one, so that its buttons can be reached."""
        space = self.session.space
        if tile is None or space is None:
            return
        from zscape.models.errors import ZscapeError
        from zscape.models.inputs.points import resolve
        from zscape.models.sweeps.sweeps import name_of_class

        try:
            point = resolve([tile.recipe], space, 1, 1)
        except ZscapeError:  # it was pointed at before a model of another kind was opened
            self.tile = None
            for button in self.buttons.values():
                button.setEnabled(False)
            return
        self.tile = tile
        self.top.show()
        recipe = tile.recipe
        self.picture.show_picture(tile.image)
        self.values["Class"].setText(name_of_class(recipe.classes, space.class_names))
        seeds = " + ".join(str(seed) for seed, _ in recipe.seeds)
        self.values["Seed"].setText("stored" if recipe.latent is not None else seeds + (" edited" if recipe.overrides else ""))
        self.values["|z|"].setText(f"{float((point.z[0] ** 2).sum()) ** 0.5:.2f}")
        self.values["Trunc."].setText(f"{recipe.truncation:.2f}")
        self.words.setText(tile.caption)
        for button in self.buttons.values():
            button.setEnabled(True)
