"""The styles panel: truncation towards the mean, and zones of layers taken from another point."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from zscape.app.panels.base import InputControl, InputPanel
from zscape.app.widgets.controls.framed_button import framed_button
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.numbers.number_box import inset
from zscape.app.widgets.numbers.number_row import NumberRow
from zscape.app.widgets.numbers.whole_number import WholeNumber
from zscape.app.work.context import Context
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.styles import ZONES, Styles, StylesValue
from zscape.models.inputs.recipe import Recipe

OWN = "This point"
TIPS = {
    "coarse": "The first layers: where things are and how they are turned",
    "middle": "The layers between: shapes and features",
    "fine": "The last layers: colours and fine detail",
}


class StylesControl(InputControl):
    """Truncation, and a chooser for each zone."""

    target: Styles

    def __init__(self, context: Context, target: Input, parent: QWidget | None = None) -> None:
        super().__init__(context, target, parent)
        self.column.setSpacing(6)  # so that all three zones are visible in a window of 720 pixels
        self.truncation = NumberRow((0.0, 1.5), (0.0, 2.0), label_width=72)
        self.truncation.describe(
            "Truncation",
            "Truncation of the styles",
            "How far from the mean style: smaller is more typical and less varied, 1 is as trained; double-click for 1",
        )
        self.column.addWidget(self.truncation)
        self.cutoff = WholeNumber()
        self.cutoff.setRange(0, self.target.layers)
        self.cutoff.setSpecialValueText("All layers")
        self.cutoff.setToolTip("Truncate only the first so many layers")
        self.cutoff.setAccessibleName("Layers that are truncated")
        inset(self.cutoff)
        self._add_line("Truncate", self.cutoff)
        self.zones: dict[str, QComboBox] = {}
        for zone in ZONES:
            if self.target.zone(zone):
                self.zones[zone] = box = QComboBox()
                box.setToolTip(f"{TIPS[zone]}. Take them from a point on the shelf, or keep this point's own")
                box.setAccessibleName(f"{zone} layers from")
                box.activated.connect(partial(self._mix, zone))
                self._add_line(zone.capitalize(), box)
        self.clear = framed_button("Unmix", "Take all layers from this point again", self._unmix, "Unmix the styles")
        self.column.addWidget(self.clear)
        self.column.addStretch(1)
        self._choices: list[Recipe | None] = [None]
        self.truncation.valueChanged.connect(self._truncate)
        self.truncation.sliderPressed.connect(self.gesture.begin)
        self.truncation.sliderReleased.connect(self.gesture.end)
        self.truncation.reset_asked.connect(lambda: self._truncate(1.0))
        self.cutoff.valueChanged.connect(self._cut)
        self.refresh()

    def _add_line(self, words: str, control: QComboBox | QSpinBox) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        label = QLabel(words)
        label.setFixedWidth(72)
        label.setBuddy(control)
        line.addWidget(label)
        line.addWidget(control, 1)
        self.column.addLayout(line)

    @property
    def styles(self) -> StylesValue:
        """The value of the styles at the current point."""
        value = self.value
        assert isinstance(value, StylesValue)
        return value

    def refresh(self) -> None:
        value = self.styles
        self.truncation.setValue(value.truncation)
        self.truncation.mark(value.truncation != 1)
        self.cutoff.blockSignals(True)
        self.cutoff.setValue(value.cutoff or 0)
        self.cutoff.blockSignals(False)
        grey(self.clear, "" if value.mixes else "No layer has the style of another point")
        mixed = [mix.recipe for mix in value.mixes]
        self._choices = [None, *dict.fromkeys((*self.session.scene.shelf, *mixed))]
        words = [OWN, *(f"Point {place}" for place in range(1, len(self._choices)))]
        for zone, box in self.zones.items():
            layers = set(self.target.zone(zone))
            source = next((mix.recipe for mix in reversed(value.mixes) if layers <= set(mix.layers)), None)
            box.blockSignals(True)
            if [box.itemText(place) for place in range(box.count())] != words:
                box.clear()
                box.addItems(words)
            box.setCurrentIndex(self._choices.index(source))
            box.blockSignals(False)

    def _truncate(self, amount: float) -> None:
        self.edit("change the truncation", replace(self.styles, truncation=amount), self.gesture.move())

    def _cut(self, layers: int) -> None:
        self.edit("choose truncated layers", replace(self.styles, cutoff=layers or None), self.gesture.move())

    def _unmix(self) -> None:
        self.edit("unmix the styles", replace(self.styles, mixes=()))

    def _mix(self, zone: str, place: int) -> None:
        value = self.styles.with_mix(self.target.zone(zone), self._choices[place])
        self.edit(f"mix {zone} layers", value)


class StylesPanel(InputPanel):
    """A control for the styles."""

    kind = Styles
    control_type = StylesControl
