"""The latent panel: the coordinates of the current point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.state.scene import Scene
from zscape.app.widgets.controls.search_field import search_field
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.keyed import tip_with_keys
from zscape.app.widgets.numbers.number_list import Entry, NumberList
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.widgets.numbers.seed_box import SeedBox
from zscape.app.widgets.pictures.latent_tiles import LatentTiles
from zscape.app.widgets.theme import set_icon
from zscape.app.work.bind import bind
from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.latent import Latent, LatentValue

SLIDER = (-4.0, 4.0)
"""The range of the sliders in standard deviations: one draw in 16,000 is outside."""
SPIN = (-20.0, 20.0)


class LatentControl(InputControl):
    """Seed, truncation, the latent as tiles, and a slider for each coordinate."""

    target: Latent

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        self._entries: list[Entry] = []
        self._named: Mapping[str, int] = {}
        self._build_top()
        self.tiles = LatentTiles()
        self.column.addWidget(self.tiles)
        self._found = QVBoxLayout()
        self._found.setSpacing(2)  # the rows have space of their own; with less, nothing scrolls for a letter model at 1024x700
        self.column.addLayout(self._found, 1)
        self._build_search()
        self.rows = NumberList(SLIDER, SPIN, label_width=52)
        self.rows.setAccessibleName("Coordinates")
        self._found.addWidget(self.rows, 1)
        self.tiles.painted.connect(self._set)
        self.rows.valueChanged.connect(self._set)
        for source in (self.tiles.pressed, self.rows.sliderPressed):
            source.connect(self.gesture.begin)
        for source in (self.tiles.released, self.rows.sliderReleased):
            source.connect(self.gesture.end)
        for asked in (self.tiles.reset_asked, self.rows.reset_asked):
            asked.connect(self.reset)
        self._list()
        self.refresh()

    @property
    def latent(self) -> LatentValue:
        """The value of the latent at the current point."""
        value = self.value
        assert isinstance(value, LatentValue)
        return value

    def _build_top(self) -> None:
        self._top = grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.seed = SeedBox()
        self.seed.refused.connect(lambda line: self.session.message.emit(line, True))
        bind(self.seed, self.session, self.context.jobs, "change the seed", self._seed, self._with_seed)
        self.re_roll = QToolButton()
        set_icon(self.re_roll, "dice-5-outline")
        self.re_roll.setAccessibleName("Re-roll")
        tip_with_keys(self.re_roll, "Draw a fresh latent from a random seed; it stays moved along directions", "roll")
        self.re_roll.clicked.connect(self.roll)
        self.truncation = NumberRow((0.0, 1.5), (0.0, 2.0), label_width=0)
        self.truncation.label.hide()
        self.truncation.describe(
            "",
            "Truncation",
            "Scales the whole latent: smaller is more typical and less varied, 1 is as trained; double-click for 1",
        )
        bind(
            self.truncation,
            self.session,
            self.context.jobs,
            "change the truncation",
            lambda _: self.latent.truncation,
            lambda scene, number: self._put(scene, replace(self.latent, truncation=number)),
        )
        self.truncation.reset_asked.connect(lambda: self.edit("reset the truncation", replace(self.latent, truncation=1.0)))
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
        self.search = search_field(
            "Find a coordinate", "Find a coordinate", "Show only the sliders whose number or name contains this"
        )
        self.search.textChanged.connect(self._filter)
        self.reset_all_button = QToolButton()
        set_icon(self.reset_all_button, "restore")
        self.reset_all_button.setAccessibleName("Reset all coordinates")
        self.reset_all_button.setToolTip("Reset every coordinate to what the seed gives; double-click a slider to reset one")
        self.reset_all_button.clicked.connect(self.reset_all)
        line.addWidget(self.search, 1)
        line.addWidget(self.reset_all_button)
        self._found.addLayout(line)

    @property
    def top_height(self) -> int:
        """The height of seed, truncation and tiles."""
        return self._top.sizeHint().height() + self.column.spacing() + self.tiles.sizeHint().height()

    def roll(self) -> None:
        """Go to a random seed."""
        self.edit("re-roll", self.latent.drawn_again(QRandomGenerator.global_().generate()))
        styles = self.session.space.styles if self.session.space is not None else None
        if styles is None:
            return
        mixed = {layer for mix in styles.mixes(self.session.point) for layer in mix.layers}
        if mixed:  # otherwise re-rolling would seem to have no effect
            line = f"{len(mixed)} of {styles.layers} layers still come from other points: Unmix in Styles removes them."
            self.session.message.emit(line, False)

    def reset(self, number: int) -> None:
        """Reset one coordinate."""
        self.edit(f"reset {self._name(number)}", self.latent.without_coordinate(number))

    def reset_all(self) -> None:
        """Reset every coordinate."""
        self.edit("reset the coordinates", self.latent.plain())

    def refresh(self) -> None:
        space, value = self.session.space, self.latent
        grey(self.reset_all_button, "" if value.coordinates or value.moves else "No coordinate has been moved")
        if space is None or self.target not in space.inputs:
            return
        if space.coordinates != self._named:
            self._list()
        try:
            numbers = self.target.before_truncation(value, space).tolist()
        except ZscapeError:  # moved along an unknown direction: the renderer reports it
            numbers = self.target.before_truncation(replace(value, moves=()), space).tolist()
        marked = {index for index, _ in value.coordinates}
        self.tiles.show_values(numbers, marked)
        self.rows.show_values(numbers, marked)

    def _name(self, number: int) -> str:
        return next((entry.name for entry in self._entries if entry.number == number), f"coordinate {number}")

    def _list(self) -> None:
        """Create one entry per coordinate, those with a name first."""
        space = self.session.space
        if space is None:
            return
        self._named = space.coordinates if space.first(Latent) == self.target else {}
        named = {coordinate: name for name, coordinate in self._named.items()}
        order = sorted(range(self.target.size), key=lambda index: (index not in named, index))
        coordinates = [
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
        self._entries = coordinates
        self._filter()

    def _filter(self) -> None:
        wanted = self.search.text().strip().lower()
        exact = [entry for entry in self._entries if str(entry.number) == wanted]
        found = [entry for entry in self._entries if wanted in entry.name.lower() and entry not in exact]
        self.rows.set_entries([*exact, *found] if wanted else self._entries)

    def _set(self, number: int, amount: float) -> None:
        self.edit(f"change {self._name(number)}", self.latent.with_coordinate(number, amount), self.gesture.move(number))

    def _put(self, scene: Scene, value: LatentValue) -> Scene:
        return scene.with_point(scene.point.with_value(self.target.name, value))

    def _seed(self, scene: Scene) -> float:
        seed = self.latent.seed
        return -1.0 if seed is None else float(seed)

    def _with_seed(self, scene: Scene, seed: float) -> Scene:
        return self._put(scene, self.latent.drawn_again(int(seed))) if seed >= 0 else scene


class LatentPanel(InputPanel):
    """A control for each latent."""

    kind = Latent
    control_type = LatentControl

    @property
    def first(self) -> LatentControl | None:
        """The control of the first latent, used by the shortcuts."""
        return next((each for each in self.controls if isinstance(each, LatentControl)), None)

    @property
    def least(self) -> int:
        """Enough to show seed, truncation and tiles together."""
        return super().least if self.first is None else max(super().least, self.first.top_height)

    def roll(self) -> None:
        """Go to a random seed."""
        if self.first is not None:
            self.first.roll()

    def reset_all(self) -> None:
        """Reset every coordinate."""
        if self.first is not None:
            self.first.reset_all()
