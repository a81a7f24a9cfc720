"""The fields of a training run: their names, their tooltips, and which kind of run has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from zscape.app.views.train.data_box import DataBox
from zscape.app.views.train.preset_box import PresetBox
from zscape.app.views.train.time_box import TimeBox
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.wrapped_label import WrappedLabel
from zscape.app.widgets.numbers.number_box import inset
from zscape.app.widgets.numbers.whole_number import WholeNumber
from zscape.models.inputs.value import SEED_LIMIT

if TYPE_CHECKING:
    from zscape.app.work.training_run import EarlierRun

EARLIER = "Fixed by the run that is continued"
LENGTH = "The run keeps its length, as its learning rate or losses depend on it. A new run can begin with its model"
LARGEST_SEED = min(SEED_LIMIT, 2**31) - 1
"""QSpinBox holds signed 32-bit integers."""
KEEP_TIP = "Keep a checkpoint every so many steps, each in a file of its own: Compare has a slider over them"
Option = tuple[str, Any]
"""The text of a list entry, and its value."""


class TrainForm(QWidget):
    """Labels on the left, fields on the right.

    changed(name, value): a field was changed, but not by `show_values` or `offer`. `summary` describes what the preset
    makes.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.run, self.begin, self.model, self.device, self.size_box, self.colours = (QComboBox() for _ in range(6))
        self.preset = PresetBox()
        self.data, self.time = DataBox(), TimeBox()
        combos = (self.run, self.preset, self.begin, self.model, self.data, self.time, self.device, self.size_box, self.colours)
        for combo in combos:
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(3 if combo in (self.size_box, self.colours) else 8)
        self.steps, self.keep, self.seed, self.name = WholeNumber(), WholeNumber(), WholeNumber(), QLineEdit()
        self.steps.setRange(1, 10_000_000)
        self.steps.setSingleStep(500)
        self.steps.setGroupSeparatorShown(True)
        self.keep.setRange(0, 10_000_000)
        self.keep.setSingleStep(100)
        self.keep.setGroupSeparatorShown(True)
        self.keep.setPrefix("Every ")
        self.keep.setSuffix(" steps")
        self.keep.setSpecialValueText("No checkpoints")
        self.seed.setRange(0, LARGEST_SEED)
        for box in (self.steps, self.keep, self.seed):
            inset(box)
        self.summary = WrappedLabel()
        self.summary.setProperty("role", "small")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.pictures = QWidget()
        pair = QHBoxLayout(self.pictures)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self.size_box, 5)
        pair.addWidget(self.colours, 6)
        self.size_box.setAccessibleName("Size of the pictures")
        self.size_box.setToolTip("Width and height of its pictures in pixels: larger ones take much longer")
        self.colours.setAccessibleName("Colours of the pictures")
        self.colours.setToolTip("Whether it will draw in grey or in colour")
        labels: list[QLabel] = []
        for words, field, tip in (
            ("Run", self.run, "A new run, or an earlier one, continued exactly where it stopped"),
            ("Model", self.model, "The generator whose encoder is trained; it stays as it is"),
            ("Data", self.data, "The real pictures it learns to imitate; a folder of them, or an npz, may be dropped here"),
            ("Preset", self.preset, "The networks and how they learn: larger ones draw sharper pictures and take longer"),
            ("", self.summary, ""),
            ("Draws", self.pictures, "How large its pictures will be, and whether in colour"),
            ("Begin with", self.begin, "What both networks know at first: nothing, or what a model of the same shape has learnt"),
            ("Time", self.time, "How long it may take on this computer: the steps follow from what is measured before the start"),
            ("Steps", self.steps, "How long: pictures get better with every step, quickly at first and then slowly"),
            ("Keep", self.keep, KEEP_TIP),
            ("Seed", self.seed, "Seed of the random numbers: another seed gives another model of the same kind"),
            ("Device", self.device, "Where to compute: Auto takes the fastest device"),
            ("Name", self.name, "The name of the run's folder among the trained models"),
        ):
            if not words:
                self._rows.addRow(field)
                continue
            label = QLabel(words)
            label.setProperty("role", "dim")
            label.setToolTip(tip)
            label.setBuddy(field)
            if tip:
                field.setAccessibleName(words)
                field.setToolTip(tip)
            self._rows.addRow(label, field)
            labels.append(label)
        wide = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(wide)  # keeps the fields aligned, whichever of them are shown

    def _connect(self) -> None:
        boxes = {"run": self.run, "preset": self.preset, "begin": self.begin, "model": self.model, "device": self.device}
        boxes["time"] = self.time
        for name, box in {**boxes, "size": self.size_box, "channels": self.colours}.items():
            box.currentIndexChanged.connect(partial(self._tell, name, box.currentData))
        self.data.chosen.connect(lambda spec: self._tell("data", lambda: spec))
        self.steps.valueChanged.connect(partial(self._tell, "steps", self.steps.value))
        self.keep.valueChanged.connect(partial(self._tell, "keep_steps", self.keep.value))
        self.seed.valueChanged.connect(partial(self._tell, "seed", self.seed.value))
        self.name.textChanged.connect(partial(self._tell, "name", self.name.text))

    def _tell(self, name: str, value: Callable[[], object], *_: object) -> None:
        if not self._quiet:
            self.changed.emit(name, value())

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def offer(self, box: QComboBox, options: Sequence[Option], tips: Mapping[Any, str] | None = None) -> None:
        """Fill a list; the choice stays if it still exists. tips: by the option's value."""
        if [(box.itemText(row), box.itemData(row)) for row in range(box.count())] == list(options):
            return
        with self._quietly():
            chosen = box.currentData()
            box.clear()
            for words, value in options:
                box.addItem(words, value)
                if tips and value in tips:
                    box.setItemData(box.count() - 1, tips[value], Qt.ItemDataRole.ToolTipRole)
            box.setCurrentIndex(max(0, self._row(box, chosen)))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Set values by field name; a list that does not contain one selects its first option."""
        boxes = {"run": self.run, "preset": self.preset, "begin": self.begin, "model": self.model, "time": self.time}
        with self._quietly():
            for name, box in {**boxes, "size": self.size_box, "channels": self.colours}.items():
                if name in values:
                    box.setCurrentIndex(max(0, self._row(box, values[name])))
            if "data" in values:
                self.data.choose(values["data"])
            for name, number in (("steps", self.steps), ("keep_steps", self.keep), ("seed", self.seed)):
                if name in values:
                    number.setValue(values[name])
            if "name" in values and self.name.text() != values["name"]:
                self.name.setText(values["name"])

    @staticmethod
    def _row(box: QComboBox, value: object) -> int:
        return next((row for row in range(box.count()) if box.itemData(row) == value), -1)

    def show_rows(self, encoder: bool, earlier: EarlierRun | None) -> None:
        """Show the fields of an encoder or generator run; those fixed by an earlier run cannot be changed."""
        for field in (self.preset, self.pictures):
            self._rows.setRowVisible(field, not encoder and not earlier)  # otherwise `summary` describes the original settings
        for field in (self.summary, self.keep, self.seed):
            self._rows.setRowVisible(field, not encoder)
        self._rows.setRowVisible(self.begin, not encoder and not earlier)
        self._rows.setRowVisible(self.model, encoder)
        self._rows.setRowVisible(self.run, self.run.count() > 1)
        for field in (self.seed, self.name):
            grey(field, EARLIER if earlier else "")
        for field in (self.time, self.steps):
            grey(field, "" if earlier is None or not earlier.length_fixed else EARLIER if encoder else LENGTH)
        with self._quietly():
            self.steps.setMinimum(1 if earlier is None or earlier.length_fixed else earlier.step + 1)
