"""The edits of the selected units: a row for each number, and controls for all edits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.numbers.number_row import STEPS, NumberRow
from zscape.models.inputs.units import AS_DRAWN, RANGES, Setting, UnitsValue

WIDTH = 264
SELECT = "Click or drag over units, or Ctrl+A"
NO_UNIT = "Select units of the layer first"
NO_EDIT = "No unit has been changed yet"
ROWS = {
    "gain": ("Gain", (-2.0, 4.0), "A factor on the unit's map: 0 switches it off, above 1 amplifies it, below 0 flips its sign"),
    "right": ("Right", (-1.0, 1.0), "Moves the map to the right, as a share of its width"),
    "down": ("Down", (-1.0, 1.0), "Moves the map downwards, as a share of its height"),
    "turn": ("Turn", (-180.0, 180.0), "Turns the map clockwise about its middle, in degrees"),
    "scale": ("Scale", (0.25, 3.0), "Enlarges the map about its middle"),
}


class EditBox(QWidget):
    """changed(field of Setting, number): for the selected units. strength_changed(number). off_asked(): switch them off or on.
    reset_asked(), reset_all_asked(), open_asked(), save_asked(). pressed(), released(): a slider is held, and released.
    """

    changed = Signal(str, float)
    strength_changed = Signal(float)
    off_asked = Signal()
    reset_asked = Signal()
    reset_all_asked = Signal()
    open_asked = Signal()
    save_asked = Signal()
    pressed = Signal()
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self.words = Elided(SELECT)
        self.words.setProperty("role", "dim")
        column.addWidget(self.words)
        self.rows: dict[str, NumberRow] = {}
        for name, (label, reach, tip) in ROWS.items():
            self.rows[name] = row = NumberRow(reach, RANGES[name])
            row.describe(label, f"{label} of the selected units", f"{tip}; double-click for {getattr(AS_DRAWN, name):g}")
            row.valueChanged.connect(partial(self.changed.emit, name))
            row.reset_asked.connect(partial(self.changed.emit, name, getattr(AS_DRAWN, name)))
            self._add(column, row)
        turn = self.rows["turn"]
        turn.slider.setSingleStep(STEPS)
        turn.slider.setPageStep(15 * STEPS)
        turn.spin.setSingleStep(1.0)
        turn.spin.setDecimals(1)
        self.off = text_button("Switch off", "Set the maps of the selected units to 0: what they draw is gone", self.off_asked)
        self.reset = text_button("Reset", "Reset the selected units", self.reset_asked)
        column.addLayout(_line(self.off, self.reset))
        column.addSpacing(4)
        self.strength = NumberRow((0.0, 2.0), (0.0, 10.0))
        self.strength.describe(
            "Edits",
            "Strength of all unit edits",
            "How strongly all edits of this point apply: 0 not at all, 1 as set; double-click for 1. A timeline can move it",
        )
        self.strength.valueChanged.connect(self.strength_changed)
        self.strength.reset_asked.connect(lambda: self.strength_changed.emit(1.0))
        self._add(column, self.strength)
        self.all = text_button("Reset all", "Reset every unit of every layer", self.reset_all_asked)
        self.open = text_button("Open\u2026", "Use the unit edits in a file", self.open_asked)
        self.save = text_button(
            "Save\u2026", "Save all unit edits of this point in a file, also for zscape sample --units", self.save_asked
        )
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for place, button in enumerate((self.all, self.open, self.save)):
            buttons.addWidget(button, 0, place)
        column.addLayout(buttons)

    def _add(self, column: QVBoxLayout, row: NumberRow) -> None:
        row.sliderPressed.connect(self.pressed)
        row.sliderReleased.connect(self.released)
        column.addWidget(row)

    def show_units(self, selected: Sequence[int], settings: Sequence[Setting], value: UnitsValue, words: str) -> None:
        """Show the edits of the selected units, one of `settings` for each, and those of all. words: which units are selected."""
        some, edited = bool(selected), bool(value.edits)
        self.words.show_text(words)
        for name, row in self.rows.items():
            numbers = {getattr(each, name) for each in settings}
            usual = getattr(AS_DRAWN, name)
            grey(row, "" if some else NO_UNIT)
            row.setValue(getattr(settings[0], name) if some else usual)
            row.mark(bool(numbers - {usual}))
        off = some and all(each.gain == 0 for each in settings)
        self.off.setText("Switch on" if off else "Switch off")
        grey(self.off, "" if some else NO_UNIT)
        as_drawn = all(each == AS_DRAWN for each in settings)
        grey(self.reset, NO_UNIT if not some else "The selected units have not been changed" if as_drawn else "")
        grey(self.strength, "" if edited else NO_EDIT)
        self.strength.setValue(value.strength)
        self.strength.mark(value.strength != 1)
        for button in (self.all, self.save):
            grey(button, "" if edited else NO_EDIT)


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget, 1)
    return line
