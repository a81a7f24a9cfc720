"""The slider over the checkpoints of a run."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.numbers.number_row import CalmSlider
from zscape.models.files.run_checkpoints import Checkpoints


class AgesRow(QWidget):
    """moved(step): the user has selected the checkpoint of that step. export_asked(): export all of them as a film or a sheet.

    slider: one position per checkpoint, the earliest at the left.
    """

    moved = Signal(int)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[int, ...] = ()
        self.title = QLabel("Checkpoint")
        self.title.setProperty("role", "dim")
        self.slider = CalmSlider()
        self.slider.setPageStep(1)
        self.slider.setMinimumWidth(96)
        self.slider.setAccessibleName("Checkpoint of the run")
        self.slider.setToolTip("Which checkpoint of the run is shown on the right: from its first to its newest")
        self.slider.valueChanged.connect(self._tell)
        self.title.setBuddy(self.slider)
        self.words = QLabel()
        self.export = text_button("Export…", "This point at every checkpoint, as a film or a contact sheet", self.export_asked)
        self.export.setAccessibleName("Export the checkpoints")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.slider, 1)
        row.addWidget(self.words)
        row.addWidget(self.export)

    def show_ages(self, ages: Checkpoints | None, step: int) -> None:
        """Set the checkpoints and the selected one; the row is shown only if there are several."""
        self.setVisible(ages is not None and len(ages.ages) > 1)
        if ages is None or len(ages.ages) < 2:
            self._steps = ()
            return
        self._steps = tuple(each.step for each in ages.ages)
        chosen = ages.at(step)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(self._steps) - 1)
            self.slider.setValue(self._steps.index(chosen.step))
        self._say(self.slider.value())

    def _tell(self, place: int) -> None:
        if place < len(self._steps):
            self._say(place)
            self.moved.emit(self._steps[place])

    def _say(self, place: int) -> None:
        last = len(self._steps)
        metrics = self.words.fontMetrics()
        self.words.setMinimumWidth(metrics.horizontalAdvance(f"step {self._steps[-1]:,}, {last} of {last}"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words.setText(f"step {self._steps[place]:,}, {place + 1} of {last}")
