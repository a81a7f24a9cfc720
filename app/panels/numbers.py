"""The numbers panel: quantities such as an angle or an age, each with a slider over its range."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.widgets.numbers.number_row import HEIGHT, NumberRow
from zscape.app.work.context import Context
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.numbers import Numbers, NumbersValue


class NumbersControl(InputControl):
    """One row per number."""

    target: Numbers

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        self.rows: list[NumberRow] = []
        units = self.target.units or ("",) * len(self.target.labels)
        for index, (label, limits, unit) in enumerate(zip(self.target.labels, self.target.ranges, units, strict=True)):
            row = NumberRow(limits, limits, label_width=72)
            row.setFixedHeight(HEIGHT)
            what = f"{label}, from {limits[0]:g} to {limits[1]:g} {unit}".strip()
            row.describe(label, what, f"{what}; double-click for the middle")
            row.valueChanged.connect(lambda number, index=index: self._set(index, number))
            row.sliderPressed.connect(self.gesture.begin)
            row.sliderReleased.connect(self.gesture.end)
            row.reset_asked.connect(lambda index=index: self._reset(index))
            self.rows.append(row)
            self.column.addWidget(row)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        usual = self.target.numbers(NumbersValue())
        for row, number, middle in zip(self.rows, self.target.numbers(self.value), usual, strict=True):
            row.setValue(number)
            row.mark(number != middle)

    def _set(self, index: int, number: float) -> None:
        label = self.target.labels[index]
        self.edit(f"change {label}", self.target.with_number(self.value, index, number), self.gesture.move(index))

    def _reset(self, index: int) -> None:
        middle = self.target.numbers(NumbersValue())[index]
        self.edit(f"reset {self.target.labels[index]}", self.target.with_number(self.value, index, middle))


class NumbersPanel(InputPanel):
    """A control for each number input."""

    kind = Numbers
    control_type = NumbersControl
