"""The latent panel: where the current point lies, coordinate by coordinate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton

from zscape.app.panels.base import Panel
from zscape.app.state.scene import Scene
from zscape.app.widgets.latent_tiles import LatentTiles
from zscape.app.widgets.number_list import Entry, NumberList
from zscape.app.widgets.number_row import NumberRow
from zscape.app.widgets.undo_keys import leave_undo
from zscape.app.window.theme import set_icon
from zscape.app.work.bind import Gesture, bind
from zscape.app.work.context import Context
from zscape.models.inputs.recipe import SEED_LIMIT

SLIDER = (-4.0, 4.0)
"""Range of the sliders in standard deviations: one draw in 16,000 lies outside."""
SPIN = (-20.0, 20.0)


class SeedBox(QDoubleSpinBox):
    """A whole number from 0 to SEED_LIMIT - 1; -1 stands for a latent that no one seed gives."""

    def __init__(self) -> None:
        super().__init__()
        self.setDecimals(0)
        self.setRange(-1, SEED_LIMIT - 1)
        self.setSpecialValueText("stored latent")
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        leave_undo(self)
        self.setAccessibleName("Seed")
        self.setToolTip("Each seed is another draw of the whole latent, the same for good")


class LatentPanel(Panel):
    """Seed, truncation, the latent as tiles, and a slider for each coordinate."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gesture = Gesture(self.session, context.jobs)
        self._entries: list[Entry] = []
        self._build_top()
        self.tiles = LatentTiles()
        self.column.addWidget(self.tiles)
        self._build_search()
        self.rows = NumberList(SLIDER, SPIN, label_width=52)
        self.column.addWidget(self.rows, 1)
        self.tiles.painted.connect(self._set)
        self.rows.valueChanged.connect(self._set)
        for source in (self.tiles.pressed, self.rows.sliderPressed):
            source.connect(self._gesture.begin)
        for source in (self.tiles.released, self.rows.sliderReleased):
            source.connect(self._gesture.end)
        for asked in (self.tiles.reset_asked, self.rows.reset_asked):
            asked.connect(self.reset)
        self.session.model_changed.connect(self._list)
        self._list()
        self.refresh()

    def _build_top(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.seed = SeedBox()
        bind(self.seed, self.session, self.context.jobs, "change the seed", _seed, _with_seed)
        self.re_roll = QToolButton()
        set_icon(self.re_roll, "mdi6.dice-5-outline")
        self.re_roll.setAccessibleName("Re-roll")
        self.re_roll.setToolTip("Draw a fresh latent from a random seed (R)")
        self.re_roll.clicked.connect(self.roll)
        self.truncation = NumberRow((0.0, 1.5), (0.0, 2.0), label_width=0)
        self.truncation.label.hide()
        self.truncation.describe(
            "",
            "Truncation",
            "Scales the whole latent: smaller is more typical and less varied, 1 is as trained; double-click for 1",
        )
        bind(self.truncation, self.session, self.context.jobs, "change the truncation", _truncation, _with_truncation)
        self.truncation.reset_asked.connect(
            lambda: self.session.edit_point("reset the truncation", replace(self.session.point, truncation=1.0))
        )
        for row, (words, control) in enumerate((("Seed", self.seed), ("Truncation", self.truncation))):
            label = QLabel(words)
            label.setBuddy(control)
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1, 1, 1 if row == 0 else 2)
        grid.addWidget(self.re_roll, 0, 2)
        self.column.addLayout(grid)

    def _build_search(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText("Find a coordinate")
        self.search.setAccessibleName("Find a coordinate")
        self.search.setToolTip("Show only the sliders whose number or name holds this")
        self.search.textChanged.connect(self._filter)
        self.reset_all_button = QToolButton()
        set_icon(self.reset_all_button, "mdi6.restore")
        self.reset_all_button.setAccessibleName("Reset all coordinates")
        self.reset_all_button.setToolTip(
            "Put every coordinate back to what the seed gives; double-click a slider to put back one"
        )
        self.reset_all_button.clicked.connect(self.reset_all)
        line.addWidget(self.search, 1)
        line.addWidget(self.reset_all_button)
        self.column.addLayout(line)

    def roll(self) -> None:
        """Go to a random seed."""
        seed = QRandomGenerator.global_().generate()
        self.session.edit_point("re-roll", self.session.point.with_seed(seed))

    def reset(self, coordinate: int) -> None:
        """Put one coordinate back."""
        self.session.edit_point(f"reset z[{coordinate}]", self.session.point.without_coordinate(coordinate))

    def reset_all(self) -> None:
        """Put every coordinate back."""
        self.session.edit_point("reset the coordinates", replace(self.session.point, overrides=(), moves=()))

    def refresh(self) -> None:
        point, space = self.session.point, self.session.space
        self.reset_all_button.setEnabled(bool(point.overrides or point.moves))
        if space is None:
            return
        from zscape.models.inputs.points import latent

        values = latent(point, space).tolist()
        marked = {index for index, _ in point.overrides}
        self.tiles.show_values(values, marked)
        self.rows.show_values(values, marked)

    def _list(self) -> None:
        """One entry a coordinate, those with a name first."""
        space = self.session.space
        if space is None:
            return
        named = {coordinate: name for name, coordinate in space.knobs.items()}
        order = sorted(range(space.z_size), key=lambda index: (index not in named, index))
        self._entries = [
            Entry(
                index,
                named.get(index, f"z {index}"),
                f"{named[index]}, coordinate {index}" if index in named else f"Coordinate {index}",
                f"Changes the {named[index]} of the picture, in standard deviations; double-click to reset"
                if index in named
                else f"Moves the picture along coordinate {index} of the latent; double-click to reset",
            )
            for index in order
        ]
        self._filter()
        self.refresh()

    def _filter(self) -> None:
        wanted = self.search.text().strip().lower()
        exact = [entry for entry in self._entries if str(entry.number) == wanted]
        found = [entry for entry in self._entries if wanted in entry.name.lower() and entry not in exact]
        self.rows.set_entries([*exact, *found] if wanted else self._entries)

    def _set(self, coordinate: int, value: float) -> None:
        point = self.session.point.with_coordinate(coordinate, value)
        self.session.edit_point(f"change z[{coordinate}]", point, self._gesture.move())


def _seed(scene: Scene) -> float:
    return -1.0 if scene.point.seed is None else float(scene.point.seed)


def _with_seed(scene: Scene, seed: float) -> dict[str, Any]:
    return {"point": scene.point.with_seed(int(seed)) if seed >= 0 else scene.point}


def _truncation(scene: Scene) -> float:
    return scene.point.truncation


def _with_truncation(scene: Scene, value: float) -> dict[str, Any]:
    return {"point": replace(scene.point, truncation=value)}
