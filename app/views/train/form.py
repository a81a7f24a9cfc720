"""The fields of a training run: what they are called, what they do, and which a kind of run has."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from zscape.app.views.train.data_box import DataBox
from zscape.models.inputs.value import SEED_LIMIT

LARGEST_SEED = min(SEED_LIMIT, 2**31) - 1
"""QSpinBox counts in 32 bits with a sign."""


class TrainForm(QWidget):
    """Names on the left, fields on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run, self.preset, self.begin, self.model, self.device = (QComboBox() for _ in range(5))
        self.data = DataBox()
        for combo in (self.run, self.preset, self.begin, self.model, self.data, self.device):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self.steps, self.seed, self.name = QSpinBox(), QSpinBox(), QLineEdit()
        self.steps.setRange(1, 10_000_000)
        self.steps.setSingleStep(500)
        self.steps.setGroupSeparatorShown(True)
        self.seed.setRange(0, LARGEST_SEED)
        for box in (self.steps, self.seed):
            box.lineEdit().setTextMargins(4, 0, 0, 0)
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field, tip in (
            ("Run", self.run, "A new run, or an earlier one that goes on exactly where it stopped"),
            ("Preset", self.preset, "The networks and how they learn: larger ones draw sharper pictures and take longer"),
            ("Begin with", self.begin, "What both networks know at first: nothing, or what a model of the same shape has learnt"),
            ("Model", self.model, "The generator whose encoder is trained; it stays as it is"),
            ("Data", self.data, "The real pictures it learns to imitate; a folder of them, or an npz, may be dropped here"),
            ("Steps", self.steps, "How long: pictures get better with every step, quickly at first and then slowly"),
            ("Seed", self.seed, "Where the random numbers start: another seed gives another model of the same kind"),
            ("Device", self.device, "What computes: auto takes the fastest there is"),
            ("Name", self.name, "The name of the run's folder among the trained models"),
        ):
            label = QLabel(words)
            label.setProperty("role", "dim")
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.setToolTip(tip)
            self._rows.addRow(label, field)

    def show_rows(self, encoder: bool, earlier: bool) -> None:
        """Show the fields of an encoder's or a generator's run; those that an earlier run has fixed cannot be changed."""
        self._rows.setRowVisible(self.preset, not encoder)
        self._rows.setRowVisible(self.seed, not encoder)
        self._rows.setRowVisible(self.begin, not encoder and not earlier)
        self._rows.setRowVisible(self.model, encoder)
        for field in (self.preset, self.seed, self.name):
            field.setEnabled(not earlier)
        self.steps.setEnabled(not (encoder and earlier))
